import { describe, expect, it } from 'vitest';
import { readPlainQuestions } from './plain-questions';

describe('questions of a table', () => {
  it('have a passage for each line of their context, titled by its first words', () => {
    const context = 'Ada wrote.\n\n One two three four five six seven eight nine. ';
    expect(
      readPlainQuestions([{ line: 4, value: { question: 'Who?', answer: 'Ada', context } }]),
    ).toEqual([
      {
        id: 'line 4',
        question: 'Who?',
        answer: 'Ada',
        context: [
          { title: 'Ada wrote.', sentences: ['Ada wrote.'] },
          {
            title: 'One two three four five six seven eight…',
            sentences: ['One two three four five six seven eight nine.'],
          },
        ],
      },
    ]);
  });

  it('name line and field of what is empty', () => {
    const value = { question: 'Who?', answer: 'Ada', context: ' ' };
    expect(() => readPlainQuestions([{ line: 4, value }])).toThrow(
      /^line 4, field "context": the field is empty$/,
    );
    expect(() => readPlainQuestions([{ line: 4, value: 'x' }])).toThrow(
      /^line 4, field "question"/,
    );
  });
});

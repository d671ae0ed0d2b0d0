import { describe, expect, it } from 'vitest';
import { DataError } from './data-error';
import { readHotpotQa, type HotpotQuestion } from './hotpotqa';
import { recordsOf } from './testing/rows';

const ROW = {
  id: 'q1',
  question: 'Who?',
  answer: 'Ada',
  context: [['Ada Lovelace', ['She wrote.', ' She counted.']]],
};

const read = (...rows: unknown[]): HotpotQuestion[] =>
  readHotpotQa(rows.map((value, i) => ({ line: i + 1, value })));

/** A second row, on line 2, with fields replaced; `undefined` takes one away. */
function errorOf(fields: Readonly<Record<string, unknown>>): DataError {
  const row = JSON.parse(JSON.stringify({ ...ROW, id: 'q2', ...fields })) as unknown;
  try {
    read(ROW, row);
  } catch (error) {
    expect(error).toBeInstanceOf(DataError);
    return error as DataError;
  }
  throw new Error('the row was taken');
}

const QUESTION = {
  id: 'q1',
  question: 'Who?',
  answer: 'Ada',
  context: [{ title: 'Ada Lovelace', sentences: ['She wrote.', ' She counted.'] }],
};

describe('HotpotQA files', () => {
  it("are read in the authors' form: a JSON array with _id", async () => {
    const { id, ...rest } = ROW;
    const text = JSON.stringify([{ _id: id, ...rest, type: 'bridge', level: 'hard' }], null, 1);
    expect(readHotpotQa(await recordsOf(text))).toEqual([QUESTION]);
  });

  it('are read as JSON lines with id', async () => {
    const text = `${JSON.stringify(ROW)}\n${JSON.stringify({ ...ROW, id: 'q2' })}\n`;
    expect(readHotpotQa(await recordsOf(text))).toEqual([QUESTION, { ...QUESTION, id: 'q2' }]);
  });

  it('are read in the column form of data-set hubs', () => {
    const context = { title: ['A', 'B'], sentences: [['a.'], ['b.', 'c.']] };
    expect(read({ ...ROW, context })[0]!.context).toEqual([
      { title: 'A', sentences: ['a.'] },
      { title: 'B', sentences: ['b.', 'c.'] },
    ]);
  });

  it('may have numbers for ids, and space around question and answer', () => {
    const [question] = read({ ...ROW, id: 7, question: ' Who? ', answer: 'Ada\n' });
    expect(question).toEqual({ ...QUESTION, id: '7' });
  });
});

describe('a row that cannot be used', () => {
  it('names line and field of what is missing', () => {
    for (const field of ['question', 'answer', 'context', 'id']) {
      const error = errorOf({ [field]: undefined });
      expect([error.line, error.field]).toEqual([2, field]);
      expect(error.message).toMatch(new RegExp(`^line 2, field "${field}": .*missing`));
    }
  });

  it('names line, field and type of what is no text', () => {
    expect(errorOf({ question: 5 }).message).toMatch(
      /^line 2, field "question": expected a text, got a number/,
    );
    expect(errorOf({ answer: null }).message).toMatch(
      /^line 2, field "answer": expected a text, got null/,
    );
    expect(errorOf({ answer: ['Ada'] }).message).toMatch(/"answer": expected a text, got a list/);
    expect(errorOf({ id: {} }).message).toMatch(/"id": expected a text, got an object/);
  });

  it('names line and field of an empty text', () => {
    expect(errorOf({ answer: ' ' }).message).toMatch(/^line 2, field "answer": .*empty/);
    expect(errorOf({ id: '' }).message).toBe('line 2, field "id": the text is empty');
  });

  it('says when titles and sentences differ in number', () => {
    for (const context of [
      { title: ['A', 'B'], sentences: [['a.']] },
      { title: [], sentences: [['a.']] },
    ]) {
      expect(errorOf({ context }).message).toBe(
        'line 2, field "context": titles and sentences differ in number',
      );
    }
  });

  it('says which form of a context is expected', () => {
    for (const context of ['text', 5, [['title only']], [['title', 'no list']], { title: ['A'] }]) {
      expect(errorOf({ context }).message).toBe(
        'line 2, field "context": expected a list of [title, [sentences]]',
      );
    }
  });

  it('names line and field of a context of another form', () => {
    for (const context of [
      'text',
      5,
      [['title only']],
      [['title', 'no list']],
      [['title', [1]]],
      { title: ['A'] },
      { title: ['A', 'B'], sentences: [['a.']] },
    ]) {
      expect(errorOf({ context })).toMatchObject({ line: 2, field: 'context' });
    }
  });

  it('names line and field of an empty context', () => {
    for (const context of [[], { title: [], sentences: [] }]) {
      expect(errorOf({ context }).message).toMatch(/^line 2, field "context": .*no paragraph/);
    }
  });

  it('says what it is when it is no object', () => {
    expect(() => read(ROW, 'text')).toThrow(/^line 2: expected an object .*got a string/);
    expect(() => read(ROW, null)).toThrow(/^line 2: .*got null/);
    expect(() => read(ROW, [ROW])).toThrow(/^line 2: .*got a list/);
  });

  it('has an id that stood on another line, which is named too', () => {
    expect(errorOf({ id: 'q1' }).message).toMatch(/^line 2, field "id": .*"q1".*line 1/);
    expect(() => read({ ...ROW, id: 1 }, { ...ROW, id: '1' })).toThrow(/line 2/);
  });
});

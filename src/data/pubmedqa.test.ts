import { describe, expect, it } from 'vitest';
import { DataError } from './data-error';
import { readPubmedQa, type PubMedQuestion } from './pubmedqa';

const AUTHORS = {
  id: '123',
  QUESTION: 'Does it\n fall?',
  CONTEXTS: ['We asked. ', 'It  fell.'],
  LABELS: ['METHODS', 'RESULTS'],
  MESHES: ['Humans'],
  YEAR: '2007',
  final_decision: 'yes',
  LONG_ANSWER: 'SECRET conclusion.',
};
const QUESTION: PubMedQuestion = {
  id: '123',
  question: 'Does it fall?',
  context: 'METHODS: We asked.\nRESULTS: It fell.',
  answer: 'yes',
};
const read = (...rows: unknown[]): PubMedQuestion[] =>
  readPubmedQa(rows.map((value, i) => ({ line: i + 1, value })));

/** A second row, on line 2, with fields replaced; `undefined` takes one away. */
function errorOf(fields: Readonly<Record<string, unknown>>): DataError {
  const row = JSON.parse(JSON.stringify({ ...AUTHORS, id: '2', ...fields })) as unknown;
  try {
    read(AUTHORS, row);
  } catch (error) {
    expect(error).toBeInstanceOf(DataError);
    return error as DataError;
  }
  throw new Error('the row was taken');
}

describe('PubMedQA files', () => {
  it("are read in the authors' form, without the long answer", () => {
    expect(read(AUTHORS)).toEqual([QUESTION]);
    expect(JSON.stringify(read(AUTHORS))).not.toContain('SECRET');
  });

  it('are read as one object of PMID → record', () => {
    const { id, ...rest } = AUTHORS;
    expect(read({ [id]: rest, '7': { ...rest, final_decision: 'no' } })).toEqual([
      { ...QUESTION, id: '7', answer: 'no' },
      QUESTION,
    ]);
  });

  it('are read in the form of data-set hubs', () => {
    const row = {
      pubid: 123,
      question: 'Does it fall?',
      context: { contexts: AUTHORS.CONTEXTS, labels: AUTHORS.LABELS, meshes: ['Humans'] },
      long_answer: 'SECRET conclusion.',
      final_decision: 'Yes',
    };
    expect(read(row)).toEqual([QUESTION]);
  });

  it('are read as JSON lines without labels', () => {
    const row = {
      index: 'PubMedQA_train_0',
      key: '123',
      question: 'Does it fall?',
      context: AUTHORS.CONTEXTS,
      groundtruth: 'yes',
    };
    expect(read(row)).toEqual([{ ...QUESTION, context: 'We asked.\nIt fell.' }]);
  });

  it('are read from a table with a text for context and no ids', () => {
    const row = { question: 'Q?', context: 'One.\n\nTwo.', answer: 'maybe' };
    expect(read(row, row)).toEqual([
      { id: 'line 1', question: 'Q?', context: 'One.\nTwo.', answer: 'maybe' },
      { id: 'line 2', question: 'Q?', context: 'One.\nTwo.', answer: 'maybe' },
    ]);
  });

  it('leave out labels that are not as many as the paragraphs', () => {
    expect(read({ ...AUTHORS, LABELS: ['RESULTS'] })[0]!.context).toBe('We asked.\nIt fell.');
  });
});

describe('a row that cannot be used', () => {
  it('names line and field of a label outside of yes, no and maybe', () => {
    expect(errorOf({ final_decision: 'perhaps' }).message).toBe(
      'line 2, field "final_decision": expected yes, no or maybe, got "perhaps"',
    );
  });

  it('names line and field of what is empty', () => {
    expect(errorOf({ QUESTION: ' ' }).message).toBe('line 2, field "QUESTION": the text is empty');
    expect(errorOf({ CONTEXTS: [' ', ''], LABELS: [] }).message).toBe(
      'line 2, field "CONTEXTS": the text is empty',
    );
    expect(errorOf({ final_decision: '' })).toMatchObject({ line: 2, field: 'final_decision' });
    expect(errorOf({ id: '' })).toMatchObject({ line: 2, field: 'id' });
  });

  it('names line and field of what is missing', () => {
    expect(errorOf({ QUESTION: undefined }).message).toBe(
      'line 2, field "question": the field is missing (or "QUESTION")',
    );
    expect(errorOf({ CONTEXTS: undefined })).toMatchObject({ line: 2, field: 'context' });
    expect(errorOf({ final_decision: undefined })).toMatchObject({ line: 2, field: 'answer' });
  });

  it('names line, field and type of what is no text', () => {
    expect(errorOf({ QUESTION: 5 }).message).toBe(
      'line 2, field "QUESTION": expected a text, got a number',
    );
    expect(errorOf({ CONTEXTS: ['a', 5] }).message).toBe(
      'line 2, field "CONTEXTS": expected a text or a list of texts',
    );
    expect(errorOf({ final_decision: true })).toMatchObject({ line: 2, field: 'final_decision' });
  });

  it('has an id that stood on another line', () => {
    expect(errorOf({ id: '123' }).message).toMatch(/^line 2, field "id": .*"123".*line 1/);
  });

  it('says what it is when it is no object', () => {
    expect(() => read(AUTHORS, 'text')).toThrow(/^line 2: expected an object .*got a string/);
    expect(() => read([AUTHORS])).toThrow(/got a list/);
    expect(() => read(null)).toThrow(/got null/);
  });
});

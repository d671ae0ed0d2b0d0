import { describe, expect, it } from 'vitest';
import { applyMapping, columnsOf, mappingProblems, proposeMapping } from './mapping';
import { requiredFields, type RequiredField } from './required-fields';

const FIELDS: readonly RequiredField[] = [
  { name: 'question', words: 'the question', also: ['query', 'q'] },
  { name: 'answer', words: 'the answer', also: ['label', 'target'] },
  { name: 'context', words: 'texts', optional: true, also: ['passages'] },
];

describe('the columns of records', () => {
  it('are all that any record has, inner ones by their path', () => {
    expect(
      columnsOf([
        { q: 1, c: { texts: [], n: { a: { deep: 1 } } } },
        { q: 2, d: null },
      ]),
    ).toEqual(['q', 'c.texts', 'c.n.a', 'd']);
    expect(columnsOf([1, null, ['x']])).toEqual([]);
  });
});

describe('a proposed mapping', () => {
  it('takes a field’s own name before all others', () => {
    expect(proposeMapping(FIELDS, ['query', 'label', 'answer', 'question'])).toEqual({
      question: 'question',
      answer: 'answer',
    });
  });

  it('takes the same name in other letters, then usual names, the most usual first', () => {
    expect(proposeMapping(FIELDS, ['Target', 'LABEL', 'Question', 'passages'])).toEqual({
      question: 'Question',
      answer: 'LABEL',
      context: 'passages',
    });
    expect(proposeMapping(requiredFields('entity-ranking'), ['Query', 'Answer IDs'])).toEqual({
      query: 'Query',
      answer_ids: 'Answer IDs',
    });
  });

  it('takes the end of a path', () => {
    expect(proposeMapping(FIELDS, ['data.question', 'data.gold.label'])).toEqual({
      question: 'data.question',
      answer: 'data.gold.label',
    });
  });

  it('gives no column to two fields, and leaves open what it cannot tell', () => {
    const fields = [
      { name: 'a', words: '', optional: true, also: ['x'] },
      { name: 'b', words: '', also: ['x'] },
    ];
    expect(proposeMapping(fields, ['x', 'y'])).toEqual({ b: 'x' });
  });

  it('finds what published files have', () => {
    expect(
      proposeMapping(requiredFields('evidence-qa'), ['QUESTION', 'CONTEXTS', 'final_decision']),
    ).toEqual({ question: 'QUESTION', context: 'CONTEXTS', answer: 'final_decision' });
  });
});

describe('a mapping', () => {
  const columns = ['q', 'a', 'c.x'];
  const problems = (mapping: Record<string, string>): string[] =>
    mappingProblems(FIELDS, mapping, columns).map(({ field, message }) => `${field}: ${message}`);

  it('needs a column for every field that is not optional', () => {
    expect(problems({ question: 'q', answer: 'a' })).toEqual([]);
    expect(problems({ question: 'q', answer: '' })).toEqual([
      'answer: choose the column that holds the answer',
    ]);
    expect(problems({})).toHaveLength(2);
  });

  it('needs columns and fields that are there; a column may be a whole object', () => {
    expect(problems({ question: 'q', answer: 'b' })).toEqual([
      'answer: the file has no column "b"; it has q, a and c.x',
    ]);
    expect(problems({ question: 'q', answer: 'a', context: 'c' })).toEqual([]);
    expect(problems({ question: 'q', answer: 'a', other: 'q' })).toEqual([
      'other: there is no such field; there are question, answer and context',
    ]);
  });
});

describe('a mapped record', () => {
  const mapping = { question: 'q', answer: 'a.b', context: 'c' };
  const apply = (record: unknown): unknown => applyMapping(FIELDS, mapping, record, 7);

  it('has a text for each field', () => {
    expect(apply({ q: ' Who? ', a: { b: 12 }, c: ['one\ntwo', ['T', ['s.', 't.']], ''] })).toEqual({
      question: 'Who?',
      answer: '12',
      context: 'one two\nT s. t.',
    });
    expect(apply({ q: 'x', 'a.b': false, c: [{ id: 1 }] })).toEqual({
      question: 'x',
      answer: 'false',
      context: '{"id":1}',
    });
  });

  it('lacks optional fields that are empty', () => {
    expect(apply({ q: 'x', a: { b: 'y' }, c: ' ' })).toEqual({ question: 'x', answer: 'y' });
  });

  it('names line, field and column of what is empty', () => {
    for (const a of [undefined, null, {}, { b: '' }, { b: ' \n' }, { b: [] }, 'text']) {
      expect(() => apply({ q: 'x', a })).toThrow(
        /^line 7, field "answer": the column "a.b" is empty$/,
      );
    }
    expect(() => apply(['x'])).toThrow(/^line 7: expected an object/);
  });
});

describe('required fields', () => {
  it('are known for the systems that read files, and said for others', () => {
    expect(requiredFields('verified-code').map(({ name }) => name)).toEqual([
      'task',
      'tests',
      'solutions',
    ]);
    for (const name of ['other', 'toString']) {
      expect(() => requiredFields(name)).toThrow(/can be read for multihop-qa, evidence-qa/);
    }
  });
});

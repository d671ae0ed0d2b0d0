import { describe, expect, it } from 'vitest';
import { readAmazon, type AmazonSession } from './amazon';
import { parseChoiceList } from './amazon-choices';
import { DataError } from './data-error';

const ROW = {
  question: 'The user viewed a printer.',
  choices: '["Ink", "Paper, white"]',
  answer: 'Ink',
};

const read = (...rows: unknown[]): AmazonSession[] =>
  readAmazon(rows.map((value, i) => ({ line: i + 2, value })));

function errorOf(fields: Readonly<Record<string, unknown>>): DataError {
  try {
    read(ROW, { ...ROW, ...fields });
  } catch (error) {
    expect(error).toBeInstanceOf(DataError);
    return error as DataError;
  }
  throw new Error('the row was taken');
}

describe('a list of choices in a cell', () => {
  it.each([
    ['["Ink", "Paper, white"]', ['Ink', 'Paper, white']],
    ["['Ink', \"Children's paper\", 'It\\'s tape']", ['Ink', "Children's paper", "It's tape"]],
    ["['Ink' 'Paper, white'\n 'Tape']", ['Ink', 'Paper, white', 'Tape']],
    ["('Ink', 'Paper')", ['Ink', 'Paper']],
    ['[1, 2.5]', ['1', '2.5']],
    ['Ink\nPaper, white\n', ['Ink', 'Paper, white']],
    ['A) Ink\nB) Paper', ['Ink', 'Paper']],
    ['1. Ink | 2. Paper', ['Ink', 'Paper']],
    ['Ink; Paper', ['Ink', 'Paper']],
    ['Paper, white', ['Paper, white']],
    ["['Ink', 'Pap", ["['Ink', 'Pap"]],
    ["['Ink', 'Pap]", ["['Ink', 'Pap]"]],
    ['(new) Ink\n(old) Ink', ['(new) Ink', '(old) Ink']],
  ])('%j', (cell, choices) => {
    expect(parseChoiceList(cell)).toEqual(choices);
  });
});

describe('Amazon sessions', () => {
  it('have an id by their line, unless they bring one', () => {
    expect(read(ROW, { ...ROW, id: 7 })).toEqual([
      { id: 'line 2', question: ROW.question, choices: ['Ink', 'Paper, white'], answer: 'Ink' },
      { id: '7', question: ROW.question, choices: ['Ink', 'Paper, white'], answer: 'Ink' },
    ]);
  });

  it.each([
    ['ink ', 'Ink'],
    ['B', 'Paper, white'],
    ['(b)', 'Paper, white'],
    ['0', 'Ink'],
    [1, 'Paper, white'],
    ['1.0', 'Paper, white'],
  ])('answered with %j', (answer, right) => {
    expect(read({ ...ROW, answer })[0]!.answer).toBe(right);
  });

  it('count from 1 where an answer is as large as the number of choices', () => {
    expect(read({ ...ROW, answer: '1' }, { ...ROW, answer: '2' }).map((s) => s.answer)).toEqual([
      'Ink',
      'Paper, white',
    ]);
  });

  it('take a text before a letter or a number', () => {
    const numbers = { ...ROW, choices: ['2', '1', 'A'] };
    expect(read({ ...numbers, answer: '1' })[0]!.answer).toBe('1');
    expect(read({ ...numbers, answer: 'a' })[0]!.answer).toBe('A');
  });
});

describe('a row that cannot be used', () => {
  it.each([
    [{ answer: 'Tape' }, 'answer', /"Tape" is none of the 2 choices/],
    [{ answer: 'C' }, 'answer', /none of the 2 choices/],
    [{ answer: '9' }, 'answer', /none of the 2 choices/],
    [{ answer: ' ' }, 'answer', /empty/],
    [{ answer: undefined }, 'answer', /missing/],
    [{ question: '' }, 'question', /empty/],
    [{ question: undefined }, 'question', /missing/],
    [{ choices: '' }, 'choices', /empty/],
    [{ choices: 'Ink' }, 'choices', /at least two choices, got 1/],
    [{ choices: [] }, 'choices', /at least two choices, got 0/],
    [{ choices: ['Ink', ' '] }, 'choices', /choice 2 is empty/],
    [{ choices: ['Ink', 'ink'] }, 'choices', /"ink" stands there twice/],
    [{ choices: Array.from({ length: 27 }, (_, i) => `c${i}`) }, 'choices', /at most 26/],
  ])('%j names line and field', (fields, field, message) => {
    const error = errorOf(fields);
    expect([error.line, error.field]).toEqual([3, field]);
    expect(error.message).toMatch(message);
  });

  it('has both a 0 and an answer as large as the number of choices', () => {
    expect(() => read({ ...ROW, answer: '0' }, { ...ROW, answer: '2' })).toThrow(
      /^line 3, field "answer": "2" is none/,
    );
  });

  it('has an id that stood on another line, or is no row at all', () => {
    expect(() => read({ ...ROW, id: 'x' }, { ...ROW, id: 'x' })).toThrow(
      /^line 3, field "id": .*line 2/,
    );
    expect(() => read('text')).toThrow(/^line 2: expected a row/);
  });
});

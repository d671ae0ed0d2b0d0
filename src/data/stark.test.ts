import { describe, expect, it } from 'vitest';
import { readStark } from './stark';

const read = (...values: unknown[]) =>
  readStark(values.map((value, i) => ({ value, line: i + 2 })));
const ROW = { id: '7', query: 'Which drug?', answer_ids: '[12, 40]' };
const OWN = {
  ...ROW,
  candidates: '[12, 40, 9]',
  relations: '["treats a", "treats b", ""]',
};

describe('rows in the published form of STaRK', () => {
  it('have a query and the ids of the answers', () => {
    expect(read(ROW)).toEqual([{ id: '7', query: 'Which drug?', answers: ['12', '40'], line: 2 }]);
  });

  it.each([
    ['[12, 40]', ['12', '40']],
    ['[12 40]', ['12', '40']],
    ['12', ['12']],
    ['["Lion"]', ['Lion']],
    [`['Lion', "P. David's deer"]`, ['Lion', "P. David's deer"]],
    [[3], ['3']],
  ])('take a list in any usual form: %s', (answer_ids, answers) => {
    expect(read({ ...ROW, answer_ids })[0]!.answers).toEqual(answers);
  });

  it('may bring their candidates with what is known of them', () => {
    expect(read(OWN)[0]!.candidates).toEqual([
      { name: '12', relations: 'treats a', description: '' },
      { name: '40', relations: 'treats b', description: '' },
      { name: '9', relations: '', description: '' },
    ]);
  });

  it.each([
    [7, /line 2: expected a row/],
    [{ ...ROW, id: ' ' }, /line 2, field "id": the text is empty/],
    [{ id: '1', answer_ids: '[1]' }, /field "query": the field is missing/],
    [{ ...ROW, query: ['x'] }, /field "query": expected a text/],
    [{ ...ROW, answer_ids: undefined }, /field "answer_ids": the field is missing/],
    [{ ...ROW, answer_ids: '[]' }, /there is no right answer/],
    [{ ...ROW, answer_ids: 'twelve' }, /expected a list such as \[12, 40\]/],
    [{ ...ROW, answer_ids: '{"a": 1}' }, /expected a list such as/],
    [{ ...OWN, candidates: '[12, 9]' }, /the right answer "40" is not among the candidates/],
    [{ ...OWN, candidates: '[12, 12, 40]' }, /a candidate stands there twice/],
    [
      { ...OWN, answer_ids: '[12]', candidates: '[12]' },
      /there are 1 candidates, expected 2 to 20/,
    ],
    [{ ...OWN, relations: '["a"]' }, /field "relations": there are 1 items for 3 candidates/],
    [{ ...OWN, relations: '' }, /nothing is known of the candidates; add a column/],
  ])('are refused with the line and the field: %#', (row, message) => {
    expect(() => read(row)).toThrow(message);
  });

  it('need different ids', () => {
    expect(() => read(ROW, ROW)).toThrow(/line 3, field "id": the id "7" stands on line 2 already/);
  });
});

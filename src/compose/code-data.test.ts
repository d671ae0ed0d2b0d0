import { describe, expect, it } from 'vitest';
import { codeData } from './code-data';

const rows = (change: Readonly<Record<string, string>> = {}) =>
  Array.from({ length: 12 }, (_, i) => ({
    line: i + 2,
    value: {
      task: `Write a function add${i}(a, b) that adds two numbers.`,
      tests: `equal(add${i}(1, 2), 3)\n\nequal(add${i}(0, 0), 0)`,
      solutions: `[1]\nconst add${i} = (a, b) => a - b;\n[2]\nconst add${i} = (a, b) => a + b;`,
      ...(i === 3 && change),
    },
  }));

const data = (change?: Readonly<Record<string, string>>) =>
  codeData({ name: 'tasks.csv', records: rows(change), notes: ['Cut.'] });

describe('a table of programming tasks', () => {
  it('becomes tasks with hidden tests and a pool', () => {
    const { splits, notes } = data();
    const all = [...splits.train, ...splits.validation, ...splits.test];
    expect(all).toHaveLength(12);
    const third = all.find(({ id }) => id === 'line 5')!;
    expect(third.expected.slice(1)).toEqual(['equal(add3(1, 2), 3)', 'equal(add3(0, 0), 0)']);
    expect(third.inputs['pool']).toContain('[2]\nconst add3 = (a, b) => a + b;');
    expect(notes).toEqual(['Cut.']);
  });

  it('says how many bring no programs', () => {
    expect(data({ solutions: '' }).notes[1]).toBe(
      '1 of 12 tasks bring no programs to choose from: only a language model can write theirs.',
    );
  });

  it.each([
    ['task', 'Add two numbers.', /names no function.*/],
    ['tests', ' \n', /no test/],
  ])('names the line where %s cannot be used', (field, text, message) => {
    expect(() => data({ [field]: text })).toThrow(message);
    expect(() => data({ [field]: text })).toThrow(expect.objectContaining({ line: 5, field }));
  });
});

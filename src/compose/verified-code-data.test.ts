import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nodeCodeRunner } from '../sandbox/node';
import { hiddenTests } from '../systems/verified-code/judge';
import { passRate, runWithTests } from '../systems/verified-code/harness';
import { poolPrograms } from '../systems/verified-code/pool';
import { functionName } from '../systems/verified-code/texts';
import { rightAnswer } from '../systems/verified-code/data/answer';
import { makeRows } from '../systems/verified-code/data/make';
import { programText } from '../systems/verified-code/data/programs';
import { exampleOf, isRight } from '../systems/verified-code/data/task';
import type { TaskRow, TaskSpec } from '../systems/verified-code/data/types';

const rows = JSON.parse(
  readFileSync(new URL('../systems/verified-code/data/tasks.json', import.meta.url), 'utf8'),
) as readonly TaskRow[];
const runner = nodeCodeRunner();

const SPEC: TaskSpec = {
  name: 'sumGreater',
  parameter: 'scores',
  source: 'numbers',
  filter: 'greater',
  filterBy: 3,
  map: 'double',
  aggregate: 'sum',
  by: 0,
  rules: { type: -1, first: 4, skip: true, empty: null, cap: 20 },
};

describe('what a task gives', () => {
  it.each([
    // 2 · (4 + 5); 3 is not greater than 3, and 9 is the fifth.
    [[4, 3, 5, 1, 9], 18],
    [[4, 8], 20],
    [[4, '8', null], 8],
    [[1, 2], null],
    [[], null],
    ['abc', -1],
  ])('%j: %j', (input, expected) => {
    expect(rightAnswer(SPEC, input)).toBe(expected);
  });

  it('is unknown where the task does not say', () => {
    expect(rightAnswer({ ...SPEC, rules: {} }, 7)).toBeUndefined();
    expect(rightAnswer({ ...SPEC, rules: {} }, [])).toBeUndefined();
    expect(rightAnswer({ ...SPEC, rules: {} }, ['a'])).toBeUndefined();
  });
});

describe('programs', () => {
  it('are written from the description', () => {
    expect(programText(SPEC, { style: 'loop' })).toBe(
      [
        'function sumGreater(scores) {',
        '  if (!Array.isArray(scores)) return -1;',
        '  const kept = [];',
        '  for (const entry of scores.slice(0, 4)) {',
        "    if (typeof entry !== 'number') continue;",
        '    if (entry > 3) kept.push(2 * entry);',
        '  }',
        '  if (kept.length === 0) return null;',
        '  const limit = 20;',
        '  return Math.min(limit, kept.reduce((all, one) => all + one, 0));',
        '}',
      ].join('\n'),
    );
  });

  it('show their mistake', () => {
    const lines = (variant: Parameters<typeof programText>[1]) => programText(SPEC, variant);
    expect(lines({ style: 'loop', wrong: 'filter' })).toContain('entry >= 3');
    expect(lines({ style: 'methods', forgets: 'map' })).not.toContain('2 *');
    expect(lines({ style: 'loop', without: ['cap'] })).not.toContain('20');
    expect(lines({ style: 'loop', throws: ['empty'] })).toContain('throw');
    expect(lines({ style: 'loop', name: 'solve' })).toContain('function solve(');
    expect(lines({ style: 'loop', prints: true })).toContain('console.log(');
  });
});

describe('the shipped tasks', () => {
  it('are what the build makes, but for the programs that it leaves out', async () => {
    const made = await makeRows(async (row) => {
      const kept = rows.find(({ id }) => id === row.id);
      if (kept?.spec.name !== row.spec.name) return undefined;
      const names = new Set(row.pool.map((variant) => JSON.stringify(variant)));
      for (const variant of kept.pool) expect(names.has(JSON.stringify(variant))).toBe(true);
      return { ...row, pool: kept.pool };
    });
    expect(made).toEqual(rows);
  });

  it('are enough, and no two parts share a task', () => {
    const count = (split: string): number => rows.filter((row) => row.split === split).length;
    expect([count('train'), count('validation'), count('test')]).toEqual([100, 80, 130]);
    const steps = rows.map(({ spec }) =>
      [spec.source, spec.filter, spec.map, spec.aggregate].join(),
    );
    expect(new Set(steps).size).toBe(rows.length);
    expect(new Set(rows.map(({ spec }) => spec.name)).size).toBe(rows.length);
  });

  it('have a right program that passes all hidden tests, and wrong ones that miss some', async () => {
    for (const row of rows) {
      const example = exampleOf(row);
      const tests = hiddenTests(example);
      const name = functionName(example.inputs['task']!)!;
      expect(tests.length).toBeGreaterThanOrEqual(6);
      expect(row.pool.length).toBeGreaterThanOrEqual(4);
      expect(row.pool.filter(isRight).length).toBeGreaterThanOrEqual(1);
      const programs = poolPrograms(example.inputs['pool']!);
      for (const [i, variant] of row.pool.entries()) {
        const rate = passRate(await runWithTests(runner, name, programs[i]!, tests));
        expect(rate === 1, `${row.id}, program ${i + 1}`).toBe(isRight(variant));
      }
      expect(programs).toContain(example.expected[0]);
    }
  });

  it('hide their tests: none is an example of the task', () => {
    for (const { examples, hidden } of rows) {
      const shown = new Set(examples.map(([call]) => call));
      expect(hidden.filter(([call]) => shown.has(call))).toEqual([]);
    }
  });
});

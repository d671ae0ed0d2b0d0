import { describe, expect, it } from 'vitest';
import { Budget } from '../core/run/budget';
import { initialConfiguration } from '../core/system/compound-system';
import { Executor } from '../core/system/execute';
import { reader } from '../engines/reader';
import { nextItem } from '../systems/next-item';
import { nextItemReferences } from '../systems/next-item/references';
import { amazonData } from './amazon-data';

const records = Array.from({ length: 20 }, (_, i) => ({
  line: i + 2,
  value: {
    question: `The user viewed the following products.\nLumen desk lamp ${i}\nOak desk, brown, $120`,
    choices: `['Desk chair ${i}', 'Garden hose', 'Bulb for a lamp', "Cat's bed"]`,
    answer: String(i % 4),
  },
}));

describe('a file of Amazon sessions as data', () => {
  const data = amazonData({ name: 'sessions.csv', records: records, notes: [] });
  const all = Object.values(data.splits).flat();

  it('has every session in one part, always the same', () => {
    expect([data.name, data.notes]).toEqual(['sessions.csv', []]);
    expect(new Set(all.map(({ id }) => id)).size).toBe(20);
    expect(amazonData({ name: 'other.csv', records: records, notes: [] }).splits).toEqual(
      data.splits,
    );
    expect(all.find(({ id }) => id === 'line 5')).toEqual({
      id: 'line 5',
      inputs: {
        session: records[3]!.value.question,
        choices: "A) Desk chair 3\nB) Garden hose\nC) Bulb for a lamp\nD) Cat's bed",
      },
      expected: ["Cat's bed"],
    });
  });

  it('runs through the system without a failure, free text as it is', async () => {
    const system = nextItem(() => []);
    const executor = new Executor(system, reader(), 1);
    const configuration = initialConfiguration(system);
    for (const example of all) {
      const budget = new Budget(Infinity, 3);
      const trace = await executor.execute(example, { configuration, budget });
      expect(trace.failure).toBeUndefined();
      expect([0, 1]).toContain(trace.reward);
    }
    expect(nextItemReferences(data.splits).chance).toBe(0.25);
  });

  it('refuses too few sessions, and a broken row by its line', () => {
    expect(() => amazonData({ name: 'few.csv', records: records.slice(0, 5), notes: [] })).toThrow(
      /5 questions/,
    );
    const broken = [...records, { line: 22, value: { ...records[0]!.value, answer: 'none' } }];
    expect(() => amazonData({ name: 'broken.csv', records: broken, notes: [] })).toThrow(
      /^line 22, field "answer"/,
    );
  });
});

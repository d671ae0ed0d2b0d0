import { describe, expect, it } from 'vitest';
import { starkData } from './stark-data';

const located = (rows: readonly object[]) => rows.map((value, i) => ({ value, line: i + 2 }));
const rows = (count: number, answer: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => ({
    id: `s${i}`,
    query: `Question ${i}?`,
    answer_ids: answer(i),
  }));

describe('a STaRK file as data', () => {
  it('is answered from the shipped knowledge base by id or name', async () => {
    const file = located(rows(20, (i) => (i === 0 ? '["red FOX"]' : `[${i}, ${i + 1}]`)));
    const data = await starkData({ name: 'mine.csv', records: file, notes: [] });
    const all = [...data.splits.train, ...data.splits.validation, ...data.splits.test];
    expect(all).toHaveLength(20);
    for (const { inputs, expected } of all) {
      const names = inputs['candidates']!.split('\n');
      expect(new Set(names).size).toBe(12);
      for (const name of expected) expect(names).toContain(name);
    }
    expect(all.find(({ id }) => id === 's0')!.expected).toEqual(['Red fox']);
    expect(data.notes).toHaveLength(1);
    expect(await starkData({ name: 'mine.csv', records: file, notes: [] })).toEqual(data);
  });

  it('needs no knowledge base where the rows bring their candidates', async () => {
    const file = located(
      rows(20, () => '[5001]').map((row) => ({
        ...row,
        candidates: '[5001, 5002]',
        descriptions: '["right", "wrong"]',
      })),
    );
    const { splits, notes } = await starkData({ name: 'mine.csv', records: file, notes: [] });
    expect(notes).toEqual([]);
    const first = splits.test[0]!;
    expect(first.inputs['descriptions']!.split('\n').sort()).toEqual([
      '5001: right',
      '5002: wrong',
    ]);
    expect(first.inputs['relations']).toContain('5001: nothing is known');
    expect(first.expected).toEqual(['5001']);
  });

  it('says what an entity from elsewhere would need', async () => {
    const file = located(rows(20, (i) => `[${i === 3 ? 99999 : 1}]`));
    await expect(starkData({ name: 'mine.csv', records: file, notes: [] })).rejects.toThrow(
      /line 5, field "answer_ids": the entity "99999" is not in the shipped knowledge base.*"candidates", "relations" and "descriptions"/,
    );
  });
});

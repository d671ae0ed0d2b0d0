import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { LocatedRecord } from '../data/records';
import { recordsOf } from '../data/testing/rows';
import { hotpotData } from './hotpotqa-data';

const REAL = fileURLToPath(new URL('../../../shared/data/hotpotqa-dev.jsonl', import.meta.url));

const row = (i: number) => ({
  id: `q${i}`,
  question: `Question ${i}?`,
  answer: `Answer ${i}`,
  context: [
    ['Shared', ['The same', '  in all.']],
    [`Own ${i}`, ['Only  here.\n']],
    ['Blank', ['', ' ']],
  ],
});
const rows = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ line: i + 1, value: row(i) }));

const dataOf = (name: string, records: readonly LocatedRecord[]) =>
  hotpotData({ name, records, notes: [] });

describe('a HotpotQA file as data', () => {
  it('has each distinct passage once, with single spaces, and no blank one', () => {
    const { passages } = dataOf('mine.jsonl', rows(20));
    expect(passages).toHaveLength(21);
    expect(passages.filter(({ title }) => title === 'Shared')).toMatchObject([
      { text: 'The same in all.' },
    ]);
    expect(passages.find(({ title }) => title === 'Own 3')!.text).toBe('Only here.');
    expect(new Set(passages.map(({ id }) => id)).size).toBe(21);
  });

  it('has every question in one part, always the same', () => {
    const data = dataOf('mine.jsonl', rows(20));
    const { train, validation, test } = data.splits;
    const all = [...train, ...validation, ...test];
    expect(new Set(all.map(({ id }) => id)).size).toBe(20);
    const third = all.find(({ id }) => id === 'q3');
    expect(third).toEqual({
      id: 'q3',
      inputs: { question: 'Question 3?' },
      expected: ['Answer 3'],
    });
    expect(dataOf('other name', rows(20)).splits).toEqual(data.splits);
    expect([data.name, data.notes]).toEqual(['mine.jsonl', []]);
  });

  it('reads a table whose context is a text, a passage a line', () => {
    const records = Array.from({ length: 12 }, (_, i) => ({
      line: i + 2,
      value: {
        question: `Q ${i}?`,
        answer: 'A',
        context: `Vienna: It lies on the Danube.\nPassage ${i} has no title at all.`,
      },
    }));
    const { passages } = hotpotData({ name: 'table.csv', records, notes: ['Cut.'] });
    expect(passages[0]).toMatchObject({ title: 'Vienna', text: 'It lies on the Danube.' });
    expect(passages[1]).toMatchObject({
      title: 'Passage 0 has no title at all.',
      text: 'Passage 0 has no title at all.',
    });
    expect(passages).toHaveLength(13);
  });

  it('refuses too few questions', () => {
    expect(() => dataOf('few.jsonl', rows(5))).toThrow(/5 questions/);
  });
});

describe('the published questions', () => {
  it.skipIf(!existsSync(REAL))(
    'are all 60 read (skipped where shared/data/hotpotqa-dev.jsonl is not there)',
    async () => {
      const records = await recordsOf(readFileSync(REAL, 'utf8'));
      const { splits, passages, notes } = dataOf('hotpotqa-dev.jsonl', records);
      expect([splits.train.length, splits.validation.length, splits.test.length]).toEqual([
        21, 15, 24,
      ]);
      expect(passages.length).toBeGreaterThan(500);
      expect(notes).toEqual([]);
      const all = [...splits.train, ...splits.validation, ...splits.test];
      expect(all.map(({ expected }) => expected[0])).toContain(
        'Gesellschaft mit beschränkter Haftung',
      );
    },
  );
});

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { LocatedRecord } from '../data/records';
import { recordsOf } from '../data/testing/rows';
import { pubmedqaData } from './pubmedqa-data';

const REAL = fileURLToPath(new URL('../../../shared/data/pubmedqa-dev.jsonl', import.meta.url));

const records = (count: number): LocatedRecord[] =>
  Array.from({ length: count }, (_, i) => ({
    line: i + 1,
    value: {
      id: `p${i}`,
      QUESTION: `Question ${i}?`,
      CONTEXTS: ['One.', 'Two.'],
      LABELS: ['METHODS', 'RESULTS'],
      final_decision: ['yes', 'no', 'maybe'][i % 3],
      LONG_ANSWER: 'SECRET',
    },
  }));

describe('a PubMedQA file as data', () => {
  it('has every question in one part, always the same, and never the long answer', () => {
    const data = pubmedqaData({
      name: 'mine.json',
      records: records(20),
      notes: ['One row was left out.'],
    });
    const { train, validation, test } = data.splits;
    expect([train.length, validation.length, test.length]).toEqual([7, 5, 8]);
    const all = [...train, ...validation, ...test];
    expect(new Set(all.map(({ id }) => id)).size).toBe(20);
    expect(all.find(({ id }) => id === 'p4')).toEqual({
      id: 'p4',
      inputs: { question: 'Question 4?', context: 'METHODS: One.\nRESULTS: Two.' },
      expected: ['no'],
    });
    expect(pubmedqaData({ name: 'other', records: records(20), notes: [] }).splits).toEqual(
      data.splits,
    );
    expect([data.name, data.notes]).toEqual(['mine.json', ['One row was left out.']]);
    expect(JSON.stringify(data)).not.toContain('SECRET');
  });

  it('refuses too few questions', () => {
    expect(() => pubmedqaData({ name: 'few.json', records: records(5), notes: [] })).toThrow(
      /5 questions/,
    );
  });
});

describe('the published questions', () => {
  it.skipIf(!existsSync(REAL))(
    'are all 500 read (skipped where shared/data/pubmedqa-dev.jsonl is not there)',
    async () => {
      const data = pubmedqaData({
        name: 'dev',
        records: await recordsOf(readFileSync(REAL, 'utf8')),
        notes: [],
      });
      const { train, validation, test } = data.splits;
      expect([train.length, validation.length, test.length]).toEqual([175, 125, 200]);
      const yes = [...train, ...validation, ...test].filter(
        ({ expected }) => expected[0] === 'yes',
      );
      expect(yes).toHaveLength(276);
    },
  );
});

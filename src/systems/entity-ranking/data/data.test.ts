import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { entityRows, questionRows, readFacts, toLines, type QuestionRow } from './build';
import { readThings } from './knowledge';

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
const things = readFacts(fileURLToPath(new URL('.', import.meta.url)));
const questions = JSON.parse(read('questions.json')) as QuestionRow[];

describe('the knowledge base and its questions', () => {
  it('are what the build makes', () => {
    expect(read('entities.json')).toBe(toLines(entityRows(things)));
    expect(read('questions.json')).toBe(toLines(questionRows(things)));
  });

  it('are enough in every part, and small', () => {
    expect(things.length).toBeGreaterThanOrEqual(150);
    const of = (split: string) => questions.filter((row) => row.split === split).length;
    expect(of('train')).toBeGreaterThanOrEqual(100);
    expect(of('validation')).toBeGreaterThanOrEqual(80);
    expect(of('test')).toBeGreaterThanOrEqual(200);
    expect(read('questions.json').length + read('entities.json').length).toBeLessThan(400_000);
  });

  it('ask nothing twice', () => {
    expect(new Set(questions.map(({ question }) => question)).size).toBe(questions.length);
  });

  it('have 8 to 15 distinct candidates with one to three right ones', () => {
    for (const { id, candidates, answers } of questions) {
      expect(candidates.length, id).toBeGreaterThanOrEqual(8);
      expect(candidates.length, id).toBeLessThanOrEqual(15);
      expect(new Set(candidates).size, id).toBe(candidates.length);
      expect(answers.length, id).toBeLessThanOrEqual(3);
      for (const answer of answers) expect(candidates, id).toContain(answer);
    }
  });

  it('give the place of a candidate away in no part', () => {
    for (const split of ['train', 'validation', 'test']) {
      const rows = questions.filter((row) => row.split === split);
      const places = rows.flatMap(({ candidates, answers }) =>
        answers.map((answer) => candidates.indexOf(answer) / (candidates.length - 1)),
      );
      const mean = places.reduce((sum, place) => sum + place, 0) / places.length;
      // Standard error of a mean of uniform places: 0.29 / √140 = 0.025.
      expect(Math.abs(mean - 0.5)).toBeLessThan(0.08);
    }
  });
});

describe('the fact tables', () => {
  const row = 'Lion|mammal|savanna|Africa|zebras|people|group|stripes|It is sandy.';

  it('are refused where a row is broken, named twice or has an unknown trait', () => {
    expect(readThings('animal', row)).toHaveLength(1);
    expect(() => readThings('animal', 'Lion|mammal')).toThrow(/wrong number of cells: Lion/);
    expect(() => readThings('animal', `${row}\n${row}`)).toThrow(/Lion stands twice/);
    expect(() => readThings('animal', row.replace('group', 'brave'))).toThrow(/trait "brave"/);
  });
});

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { buildDrafts, buildPassages, buildQuestions, readFacts, toLines } from './build';
import { mentions } from './questions/bridge';
import type { Passage, Question } from './types';

const dir = dirname(fileURLToPath(import.meta.url));
const read = (name: string): string => readFileSync(join(dir, name), 'utf8');
const passages = JSON.parse(read('passages.json')) as Passage[];
const questions = JSON.parse(read('questions.json')) as Question[];
const text = new Map(passages.map((p) => [p.title, p.text]));
const bridge = questions.filter((q) => q.type === 'bridge');
const facts = readFacts(dir);

describe('multi-hop data', () => {
  it('is what the build makes', () => {
    expect(read('passages.json')).toBe(toLines(buildPassages(facts)));
    expect(read('questions.json')).toBe(toLines(buildQuestions(facts)));
  });

  it('is large enough, in every split', () => {
    expect(passages.length).toBeGreaterThanOrEqual(300);
    expect(questions.length).toBeGreaterThanOrEqual(360);
    const size = (split: string): number => questions.filter((q) => q.split === split).length;
    expect(size('train')).toBeGreaterThanOrEqual(100);
    expect(size('validation')).toBeGreaterThanOrEqual(80);
    expect(size('test')).toBeGreaterThanOrEqual(160);
  });

  it('has unique ids, titles and questions', () => {
    expect(new Set(passages.map((p) => p.id)).size).toBe(passages.length);
    expect(text.size).toBe(passages.length);
    expect(new Set(questions.map((q) => q.id)).size).toBe(questions.length);
    expect(new Set(questions.map((q) => q.question)).size).toBe(questions.length);
  });

  it('has passages of three sentences or more', () => {
    for (const p of passages)
      expect(p.text.split(/[.?!](?= |$)/).filter(Boolean).length, p.title).toBeGreaterThanOrEqual(
        3,
      );
  });

  it('keeps every chain in one split', () => {
    const splits = new Map<string, string>();
    for (const q of questions) {
      const chain = [...q.supporting].sort().join('|');
      expect(splits.get(chain) ?? q.split, q.question).toBe(q.split);
      splits.set(chain, q.split);
    }
  });

  it('supports every question with two passages', () => {
    for (const q of questions) {
      expect(new Set(q.supporting).size).toBe(2);
      for (const title of q.supporting) expect(text.has(title), title).toBe(true);
    }
  });

  it('leads over a bridge that the question does not name', () => {
    for (const q of bridge) {
      const [first = '', second = ''] = q.supporting;
      expect(mentions(text.get(first) ?? '', second), q.question).toBe(true);
      expect(mentions(q.question, second), q.question).toBe(false);
    }
  });

  it('has each bridge answer in the second passage only, and not in the question', () => {
    for (const q of bridge) {
      const [first = '', second = ''] = q.supporting;
      expect(mentions(text.get(second) ?? '', q.answer, true), q.question).toBe(true);
      expect(mentions(text.get(first) ?? '', q.answer), q.question).toBe(false);
      expect(mentions(q.question, q.answer), q.question).toBe(false);
    }
  });

  it('names the first entity in most second passages, but not in all', () => {
    const named = bridge.filter(({ supporting: [first = '', second = ''] }) =>
      mentions(text.get(second) ?? '', first),
    );
    expect(named.length / bridge.length).toBeGreaterThanOrEqual(0.8);
    expect(named.length / bridge.length).toBeLessThanOrEqual(0.95);
  });

  it('answers each comparison with yes, no or one of the two titles', () => {
    for (const q of questions.filter((x) => x.type === 'comparison'))
      expect(['yes', 'no', ...q.supporting]).toContain(q.answer);
  });

  it('balances yes and no, and the kinds of answers', () => {
    const yes = questions.filter((q) => q.answer === 'yes').length;
    const no = questions.filter((q) => q.answer === 'no').length;
    expect(yes / (yes + no)).toBeGreaterThanOrEqual(0.4);
    expect(yes / (yes + no)).toBeLessThanOrEqual(0.6);
    const drafts = buildDrafts(facts);
    for (const kind of ['person', 'place', 'number', 'other', 'yesno'])
      expect(drafts.filter((d) => d.kind === kind).length / drafts.length, kind).toBeLessThan(0.35);
  });

  it('asks over many relation pairs', () => {
    const pairs = buildDrafts(facts)
      .filter((d) => d.type === 'bridge')
      .map((d) => d.relation);
    expect(new Set(pairs).size).toBeGreaterThanOrEqual(25);
  });
});

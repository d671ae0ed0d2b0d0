/**
 * Makes the corpus and the questions of the multi-hop demo from the fact tables in `facts/`.
 * `npx tsx src/systems/multihop-qa/data/build.ts` writes `passages.json` and `questions.json`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPassages } from './passages';
import { bridgeDrafts } from './questions/bridge';
import { comparisonDrafts } from './questions/comparison';
import { hash } from './text';
import type { Draft, Facts, Passage, Question, Split } from './types';
import { makeWorld } from './world';

export { buildPassages };

/** The split of a chain: the same for every question on the same two passages. */
export function splitOf(supporting: readonly string[]): Split {
  const share = hash(`split:${[...supporting].sort().join('|')}`) % 100;
  return share < 30 ? 'train' : share < 55 ? 'validation' : 'test';
}

/** All drafts with the relation each was made from, before ids are given. */
export function buildDrafts(facts: Facts, passages: Passage[] = buildPassages(facts)): Draft[] {
  const world = makeWorld(facts);
  const drafts = [...bridgeDrafts(world, passages), ...comparisonDrafts(world)];
  const seen = new Map<string, string>();
  for (const d of drafts) {
    const other = seen.get(d.question);
    if (other !== undefined) throw new Error(`asked twice: ${d.question} (${other}, ${d.answer})`);
    seen.set(d.question, d.answer);
  }
  return drafts;
}

/** The questions in a mixed but fixed order, with ids and splits. */
export function buildQuestions(
  facts: Facts,
  passages: Passage[] = buildPassages(facts),
): Question[] {
  const drafts = buildDrafts(facts, passages);
  const rank = (d: Draft): number => hash(`order:${d.question}`);
  drafts.sort((a, b) => rank(a) - rank(b));
  return drafts.map((d, i) => ({
    id: `q${String(i + 1).padStart(4, '0')}`,
    question: d.question,
    answer: d.answer,
    type: d.type,
    supporting: d.supporting,
    split: splitOf(d.supporting),
  }));
}

/** One record a line, so that a change of one fact shows as a change of few lines. */
export function toLines(records: readonly object[]): string {
  return `[\n${records.map((r) => JSON.stringify(r)).join(',\n')}\n]\n`;
}

/** Reads the fact tables from the folder `facts/` in `dir`. */
export function readFacts(dir: string): Facts {
  const table = <T>(name: string): T[] =>
    JSON.parse(readFileSync(join(dir, 'facts', `${name}.json`), 'utf8')) as T[];
  return {
    people: table('people'),
    works: table('works'),
    cities: table('cities'),
    countries: table('countries'),
    rivers: table('rivers'),
    mountains: table('mountains'),
    institutions: table('institutions'),
    structures: table('structures'),
    elements: table('elements'),
    space: table('space'),
    inventions: table('inventions'),
  };
}

const here = fileURLToPath(import.meta.url);
if (process.argv[1] === here) {
  const dir = dirname(here);
  const facts = readFacts(dir);
  const passages = buildPassages(facts);
  const questions = buildQuestions(facts, passages);
  writeFileSync(join(dir, 'passages.json'), toLines(passages));
  writeFileSync(join(dir, 'questions.json'), toLines(questions));
  console.log(`${passages.length} passages, ${questions.length} questions`);
}

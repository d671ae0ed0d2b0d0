/**
 * Makes the knowledge base and the questions from the fact tables in `facts/`.
 * `npx tsx src/systems/entity-ranking/data/build.ts` writes `entities.json` and `questions.json`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { randomStream, shuffled } from '../../../core/random/stream';
import { descriptionText, readThings, relationsText, type Thing } from './knowledge';
import { askable, draftOf, keyOf, type Asked, type Draft } from './questions';

/** Of every choice of a wording, an order or a candidate. */
const SEED = 20250703;
const SIZES = { train: 140, validation: 110, test: 220 } as const;
type Split = keyof typeof SIZES;

/** So often may one entity be the right one in one part. */
const ANSWERED_AT_MOST = { train: 4, validation: 4, test: 6 } as const;

/** Shares of questions by their numbers of relations and traits. */
const SHARES: Readonly<Record<string, number>> = { '1+1': 0.2, '1+2': 0.4, '2+1': 0.4 };

const shapeOf = ({ conditions, traits }: Asked): string => `${conditions.length}+${traits.length}`;

export interface EntityRow {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly relations: string;
  readonly description: string;
}

export interface QuestionRow {
  readonly id: string;
  readonly split: Split;
  readonly question: string;
  /** Ids of entities, in the order in which they are shown. */
  readonly candidates: readonly number[];
  readonly answers: readonly number[];
}

export function readFacts(directory: string): Thing[] {
  const table = (name: string): string => readFileSync(join(directory, 'facts', name), 'utf8');
  return [
    ...readThings('animal', table('animals.txt')),
    ...readThings('plant', table('plants.txt')),
  ];
}

export function entityRows(things: readonly Thing[]): EntityRow[] {
  return things.map((thing, i) => ({
    id: i + 1,
    name: thing.name,
    type: thing.kind,
    relations: relationsText(thing),
    description: descriptionText(thing, SEED),
  }));
}

export function questionRows(things: readonly Thing[]): QuestionRow[] {
  const ids = new Map(things.map((thing, i) => [thing, i + 1]));
  const drafts = chosenDrafts(things);
  return drafts.map(({ split, draft }, i) => ({
    id: `e${String(i + 1).padStart(4, '0')}`,
    split,
    question: draft.question,
    candidates: draft.candidates.map((thing) => ids.get(thing)!),
    answers: draft.answers.map((thing) => ids.get(thing)!),
  }));
}

/** A seeded walk over all that can be asked; each key of conditions is asked once. */
function chosenDrafts(things: readonly Thing[]): { split: Split; draft: Draft }[] {
  const order = shuffled(askable(things), randomStream(SEED, 'order'));
  const splits = Object.keys(SIZES) as Split[];
  const used = new Set<string>();
  const answered = new Map<string, number>();
  const found: Record<Split, Draft[]> = { train: [], validation: [], test: [] };
  for (const asked of order) {
    // The part that is least full takes the next question.
    const split = splits.reduce((a, b) =>
      found[b].length / SIZES[b] < found[a].length / SIZES[a] ? b : a,
    );
    if (found[split].length >= SIZES[split]) break;
    if (used.has(keyOf(asked))) continue;
    // Most combinations are pairs of traits or of relations; parts shall have as many of each.
    const shape = shapeOf(asked);
    const alike = found[split].filter((other) => shapeOf(other.asked) === shape).length;
    if (alike >= SIZES[split] * SHARES[shape]!) continue;
    const draft = draftOf(asked, things, SEED);
    if (draft === undefined) continue;
    const counts = draft.answers.map(({ name }) => `${split}|${name}`);
    if (counts.some((key) => (answered.get(key) ?? 0) >= ANSWERED_AT_MOST[split])) continue;
    for (const key of counts) answered.set(key, (answered.get(key) ?? 0) + 1);
    used.add(keyOf(asked));
    found[split].push(draft);
  }
  return splits.flatMap((split) => found[split].map((draft) => ({ split, draft })));
}

/** One record a line, so that a change of one fact shows as a change of few lines. */
export function toLines(records: readonly object[]): string {
  return `[\n${records.map((record) => JSON.stringify(record)).join(',\n')}\n]\n`;
}

const here = fileURLToPath(import.meta.url);
if (process.argv[1] === here) {
  const directory = dirname(here);
  const things = readFacts(directory);
  writeFileSync(join(directory, 'entities.json'), toLines(entityRows(things)));
  writeFileSync(join(directory, 'questions.json'), toLines(questionRows(things)));
}

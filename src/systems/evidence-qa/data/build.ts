/**
 * Makes the invented studies of evidence-qa.
 * `npx tsx src/systems/evidence-qa/data/build.ts` writes `studies.json`.
 */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pick, randomStream, shuffled } from '../../../core/random/stream';
import { FIELDS } from './fields';
import { abstractOf, ANSWERS } from './study';
import type { Field, Kind, Measure, Outcome, Row, Split } from './types';

const SEED = 'evidence-qa 1';

/** Shares of the kinds, in hundredths: half of the answers are yes, 35 no, 15 maybe. */
const SHARES: Readonly<Record<Kind, number>> = {
  'numbers-yes': 20,
  'wording-yes': 15,
  'buried-yes': 15,
  'numbers-null': 10,
  'numbers-opposite': 7,
  'wording-null': 6,
  'wording-opposite': 4,
  'buried-no': 8,
  'numbers-mixed': 6,
  hedged: 9,
};

/** Things tried in each split: all studies of one thing are in the same one. */
const SPLITS: readonly (readonly [Split, number])[] = [
  ['train', 18],
  ['validation', 15],
  ['test', 35],
];

interface Topic {
  readonly field: Field;
  readonly measure: Measure;
  readonly outcome: Outcome;
}

export function buildRows(): Row[] {
  const tried = shuffled(
    FIELDS.flatMap((field) => field.measures.map((measure) => ({ field, measure }))),
    randomStream(SEED, 'splits'),
  );
  let from = 0;
  return SPLITS.flatMap(([split, count]) => {
    const topics = tried
      .slice(from, (from += count))
      .flatMap(({ field, measure }): Topic[] =>
        field.outcomes.map((outcome) => ({ field, measure, outcome })),
      );
    const random = randomStream(SEED, split);
    const kinds = shuffled(kindsOf(topics.length), random);
    return shuffled(topics, random).map(({ field, measure, outcome }, i): Row => {
      const kind = kinds[i]!;
      const others = field.outcomes.filter((other) => other !== outcome);
      const group = pick(field.groups, random);
      const study = { measure, outcome, beside: pick(others, random), group, kind };
      const id = `${split}-${String(i + 1).padStart(3, '0')}`;
      return { id, ...abstractOf(study), answer: ANSWERS[kind], kind, split };
    });
  });
}

/** As many of each kind as its share says, by the largest remainders. */
function kindsOf(count: number): Kind[] {
  const exact = Object.entries(SHARES).map(([kind, share]) => ({
    kind: kind as Kind,
    whole: Math.floor((share * count) / 100),
    rest: ((share * count) / 100) % 1,
  }));
  const missing = count - exact.reduce((sum, { whole }) => sum + whole, 0);
  const order = [...exact].sort((a, b) => b.rest - a.rest).slice(0, missing);
  return exact.flatMap((entry) =>
    new Array<Kind>(entry.whole + (order.includes(entry) ? 1 : 0)).fill(entry.kind),
  );
}

/** One record a line. */
export function toLines(rows: readonly Row[]): string {
  return `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`;
}

const here = fileURLToPath(import.meta.url);
if (process.argv[1] === here) {
  const rows = buildRows();
  writeFileSync(join(dirname(here), 'studies.json'), toLines(rows));
  console.log(`${rows.length} studies`);
}

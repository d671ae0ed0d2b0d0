/** Scores of methods that learn nothing, on the same test examples: what a result must beat. */
import type { DataSplits } from '../../core/optimize/optimizer';
import type { References } from '../../core/run/references';
import { mean } from '../../core/statistics/bootstrap';
import { normaliseAnswer, bestOver, tokenF1 } from './metric';
import type { PassageIndex } from './passages';

const bestF1 = bestOver(tokenF1);

/**
 * - chance: makes no sense for free-text answers;
 * - majority: the most frequent train answer, whatever the question;
 * - heuristic: search with the question itself and answer with the title of the best passage that
 *   the question does not name.
 */
export function multihopReferences(passages: PassageIndex, data: DataSplits): References {
  const { train, test } = data;
  if (test.length === 0) return { chance: null, majority: null, heuristic: null };
  const frequent = mostFrequent(train.flatMap((example) => example.expected));
  const score = (answer: (question: string) => string): number =>
    mean(test.map((example) => bestF1(answer(example.inputs['question']!), example.expected)));
  return {
    chance: null,
    majority: frequent === undefined ? null : score(() => frequent),
    heuristic: score((question) => {
      const asked = ` ${normaliseAnswer(question)} `;
      const found = passages
        .search(question, 10)
        .find(({ title }) => !asked.includes(` ${normaliseAnswer(title)} `));
      return found?.title ?? '';
    }),
  };
}

/** The first of the most frequent values. */
function mostFrequent(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best: string | undefined;
  for (const [value, count] of counts) {
    if (best === undefined || count > counts.get(best)!) best = value;
  }
  return best;
}

/** Scores of methods that learn nothing, on the same test examples: what a result must beat. */
import type { DataSplits } from '../../core/optimize/optimizer';
import type { References } from '../../core/run/references';
import { mean } from '../../core/statistics/bootstrap';
import type { Example } from '../../core/system/compound-system';
import { FUNCTION_WORDS } from '../../core/reward/text-profile';
import { parseChoices, type Choice } from './choices';
import { wordsOf } from './kinds';
import { accuracy } from './metric';

/**
 * - chance: mean of 1 / number of choices;
 * - majority: the position that is right most often in train;
 * - heuristic: token overlap, the choice with the largest share of its words in the session (the
 *   first of equals).
 */
export function nextItemReferences({ train, test }: DataSplits): References {
  if (test.length === 0) return { chance: null, majority: null, heuristic: null };
  const position = mostFrequentPosition(train);
  const score = (place: (example: Example, choices: readonly Choice[]) => number): number =>
    mean(
      test.map((example) => {
        const choices = choicesOf(example);
        return accuracy(example, choices[place(example, choices)]?.letter ?? '');
      }),
    );
  return {
    chance: mean(test.map((example) => 1 / Math.max(1, choicesOf(example).length))),
    majority: position === undefined ? null : score(() => position),
    heuristic: score(mostShared),
  };
}

function choicesOf(example: Example): Choice[] {
  return parseChoices(example.inputs['choices']!);
}

function mostFrequentPosition(train: readonly Example[]): number | undefined {
  const counts: number[] = [];
  for (const example of train) {
    const place = choicesOf(example).findIndex(({ letter }) => accuracy(example, letter) === 1);
    if (place >= 0) counts[place] = (counts[place] ?? 0) + 1;
  }
  const filled = Array.from(counts, (count) => count ?? 0);
  return filled.length === 0 ? undefined : filled.indexOf(Math.max(...filled));
}

function mostShared(example: Example, choices: readonly Choice[]): number {
  const seen = new Set(wordsOf(example.inputs['session']!));
  const shares = choices.map(({ text }) => {
    const words = new Set(wordsOf(text).filter((word) => !FUNCTION_WORDS.has(word)));
    return [...words].filter((word) => seen.has(word)).length / Math.max(1, words.size);
  });
  return shares.indexOf(Math.max(...shares));
}

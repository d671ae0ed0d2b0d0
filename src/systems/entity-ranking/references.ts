/** Scores of methods that learn nothing, on the same test examples: what a result must beat. */
import type { DataSplits } from '../../core/optimize/optimizer';
import type { References } from '../../core/run/references';
import { mean } from '../../core/statistics/bootstrap';
import type { Example } from '../../core/system/compound-system';
import { candidateNames } from './data-set';
import { chanceReciprocalRank, reciprocalRank } from './metric';
import { linesByName, ranked } from './scores';

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Share of the distinct words of the question that a text has, whole and as they are. */
export function wordOverlap(question: string, text: string): number {
  const asked = new Set(wordsOf(question));
  const given = new Set(wordsOf(text));
  return asked.size === 0 ? 0 : [...asked].filter((word) => given.has(word)).length / asked.size;
}

/**
 * - chance: exact expected MRR of a random order, for the numbers of candidates and right ones;
 * - majority: candidates in the order of how often they were right in train;
 * - heuristic: candidates in the order of the words that the question shares with their relations
 *   and description together.
 * Ties keep the order of the candidates, which is random in the shipped data.
 */
export function rankingReferences({ train, test }: DataSplits): References {
  if (test.length === 0) return { chance: null, majority: null, heuristic: null };
  const counts = new Map<string, number>();
  for (const name of train.flatMap(({ expected }) => expected)) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const over = (score: (example: Example, names: readonly string[]) => number): number =>
    mean(test.map((example) => score(example, candidateNames(example.inputs['candidates']!))));
  return {
    chance: over(({ expected }, names) =>
      chanceReciprocalRank(names.length, names.filter((name) => expected.includes(name)).length),
    ),
    majority:
      train.length === 0
        ? null
        : over(({ expected }, names) => reciprocalRank(ranked(names, counts), expected)),
    heuristic: over(({ inputs, expected }, names) => {
      const relations = linesByName(inputs['relations']!, names);
      const descriptions = linesByName(inputs['descriptions']!, names);
      const shared = new Map(
        names.map((name) => [
          name,
          wordOverlap(
            inputs['question']!,
            `${relations.get(name) ?? ''} ${descriptions.get(name) ?? ''}`,
          ),
        ]),
      );
      return reciprocalRank(ranked(names, shared), expected);
    }),
  };
}

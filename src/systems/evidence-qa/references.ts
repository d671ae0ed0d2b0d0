/** Scores of methods that learn nothing, on the same test examples: what a result must beat. */
import type { DataSplits } from '../../core/optimize/optimizer';
import type { References } from '../../core/run/references';
import { mean } from '../../core/statistics/bootstrap';
import type { Example } from '../../core/system/compound-system';
import { decisionAccuracy, DECISIONS, type Decision } from './metric';

const NEGATION = /\b(no|not|nor|neither|never|without|fail(s|ed)?|lack(s|ed|ing)?)\b|n't\b/i;
const HEDGE = /\b(may|might|could|uncertain|unclear|inconclusive)\b/i;

/**
 * - chance: one of the three decisions, drawn evenly;
 * - majority: the most frequent train decision;
 * - heuristic: words of the abstract's last sentence; a hedge makes maybe, a negation no, else yes.
 */
export function evidenceReferences({ train, test }: DataSplits): References {
  if (test.length === 0) return { chance: null, majority: null, heuristic: null };
  const score = (decide: (example: Example) => string): number =>
    mean(test.map((example) => decisionAccuracy(decide(example), example.expected)));
  const counts = DECISIONS.map(
    (decision) => train.filter(({ expected }) => expected[0] === decision).length,
  );
  const majority = DECISIONS[counts.indexOf(Math.max(...counts))]!;
  return {
    chance: 1 / DECISIONS.length,
    majority: train.length === 0 ? null : score(() => majority),
    heuristic: score(({ inputs }) => byLastSentence(inputs['context']!)),
  };
}

export function byLastSentence(context: string): Decision {
  const last =
    context
      .trim()
      .split(/(?<=[.!?])\s+|\n+/)
      .at(-1) ?? '';
  if (HEDGE.test(last)) return 'maybe';
  return NEGATION.test(last) ? 'no' : 'yes';
}

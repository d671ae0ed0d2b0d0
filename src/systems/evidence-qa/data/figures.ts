/** Sentences of figures: means of two groups with the p value of their difference. */
import { pick, type RandomStream } from '../../../core/random/stream';
import { bare } from './sentences';
import type { Outcome } from './types';

export interface Comparison {
  /** Whether the mean with the measure is the higher one. */
  readonly higher: boolean;
  readonly significant: boolean;
}

const P_SMALL = ['p = 0.001', 'p = 0.004', 'p = 0.01', 'p = 0.02', 'p = 0.03', 'p < 0.01'];
const P_LARGE = ['p = 0.11', 'p = 0.18', 'p = 0.27', 'p = 0.42', 'p = 0.61', 'p = 0.83'];

/** "Mean back pain was 4.1 days a month with x and 5.2 days a month with usual practice (p = …)." */
export function figures(
  x: string,
  outcome: Outcome,
  comparison: Comparison,
  random: RandomStream,
  when = '',
): string {
  const usual = outcome.low + (outcome.high - outcome.low) * random.uniform();
  const size = comparison.significant
    ? 0.18 + 0.22 * random.uniform()
    : 0.02 + 0.04 * random.uniform();
  const own = usual * (comparison.higher ? 1 + size : 1 - size);
  const { unit } = outcome;
  const arms = [
    `${own.toFixed(1)} ${unit} with ${x}`,
    `${usual.toFixed(1)} ${unit} with usual practice`,
  ];
  // The order says nothing: a reader has to see which figure belongs to whom.
  if (random.uniform() < 0.5) arms.reverse();
  const p = pick(comparison.significant ? P_SMALL : P_LARGE, random);
  const mean = `ean ${bare(outcome.name)} was ${arms.join(' and ')} (${p}).`;
  return when === '' ? `M${mean}` : `${when} m${mean}`;
}

/** Interval of a paired difference by the percentile bootstrap (Efron & Tibshirani 1993, ch. 13). */
import { randomStream } from '../random/stream';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * 95 % interval of the mean of `differences` (one per example, final − initial on the same one).
 * @param differences at least one; in the unit of the reward
 * @param seed parts of the stream's name
 * @param resamples number of bootstrap samples
 * @throws RangeError when there is no difference
 */
export function pairedBootstrap(
  differences: readonly number[],
  seed: readonly (string | number)[],
  resamples = 2000,
): Interval {
  const n = differences.length;
  if (n === 0) throw new RangeError('a bootstrap interval needs at least one difference');
  const random = randomStream('bootstrap', ...seed);
  const means = new Float64Array(resamples);
  for (let b = 0; b < resamples; b++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += differences[random.below(n)]!;
    means[b] = sum / n;
  }
  means.sort();
  return { low: quantile(means, 0.025), high: quantile(means, 0.975) };
}

/** Linear interpolation between order statistics (type 7 of Hyndman & Fan 1996). */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0) throw new RangeError('quantile of nothing');
  const position = (sorted.length - 1) * p;
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (position - below) * (sorted[above]! - sorted[below]!);
}

/** Arithmetic mean. @throws RangeError of nothing: a mean over no examples is not 0. */
export function mean(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('mean of nothing');
  return values.reduce((a, b) => a + b, 0) / values.length;
}

/** Points of the alignment scatter. */
import type { ScoredOutput } from '../../core/reward/alignment';

export interface ScatterPoint {
  /** Local reward minus the mean local reward of the same input's outputs. */
  readonly local: number;
  readonly global: number;
}

export const POINTS_SHOWN = 400;

/**
 * Centres the local rewards within each input: `r_k(x, y)` is known only up to a term in `x`, so
 * outputs of different inputs could not share an axis otherwise.
 */
export function centredByInput(outputs: readonly ScoredOutput[]): ScatterPoint[] {
  const sums = new Map<string, { sum: number; n: number }>();
  for (const { group, local } of outputs) {
    const { sum, n } = sums.get(group) ?? { sum: 0, n: 0 };
    sums.set(group, { sum: sum + local, n: n + 1 });
  }
  return outputs.map(({ group, local, global }) => {
    const { sum, n } = sums.get(group)!;
    return { local: local - sum / n, global };
  });
}

/** At most `limit` points, evenly taken, so that no part of the data is favoured. */
export function thinned<T>(points: readonly T[], limit = POINTS_SHOWN): readonly T[] {
  if (points.length <= limit) return points;
  const step = points.length / limit;
  return Array.from({ length: limit }, (_, i) => points[Math.floor(i * step)]!);
}

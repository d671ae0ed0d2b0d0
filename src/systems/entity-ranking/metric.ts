/** Metrics of a ranking with one or several right candidates. */
import { leadingName } from './scores';

/** 1-based place of the first right candidate; infinite where none is in the ranking. */
function firstRight(ranking: readonly string[], right: readonly string[]): number {
  const at = ranking.findIndex((name) => right.includes(name));
  return at < 0 ? Infinity : at + 1;
}

/** Reciprocal rank, in [0, 1]: its mean over examples is the MRR. */
export const reciprocalRank = (ranking: readonly string[], right: readonly string[]): number =>
  1 / firstRight(ranking, right);

/** 1 where a right candidate is first, else 0. */
export const hitAtOne = (ranking: readonly string[], right: readonly string[]): number =>
  firstRight(ranking, right) === 1 ? 1 : 0;

/** The candidates that a ranking text names, one a line, each counted where it is named first. */
export function readRanking(text: string, names: readonly string[]): string[] {
  const found = new Set<string>();
  for (const line of text.split('\n')) {
    const named = leadingName(line, names);
    if (named !== undefined) found.add(named.name);
  }
  return [...found];
}

/**
 * Expected reciprocal rank of a random order of n candidates of which m are right:
 * Σ_{k=1}^{n−m+1} (1/k) · C(n−k, m−1) / C(n, m), where the factor behind 1/k is the probability
 * that the first right one is at place k.
 */
export function chanceReciprocalRank(n: number, m: number): number {
  if (m < 1 || m > n) return 0;
  let sum = 0;
  // None of the first k − 1 is right.
  let noneBefore = 1;
  for (let k = 1; k <= n - m + 1; k++) {
    const left = n - k + 1;
    sum += (noneBefore * (m / left)) / k;
    noneBefore *= (left - m) / left;
  }
  return sum;
}

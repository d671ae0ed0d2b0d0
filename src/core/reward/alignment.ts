/**
 * Local–global alignment, measured: how well the order of a local reward within an input agrees
 * with the order of the measured global reward (the property of section 4 of arXiv 2507.03041).
 *
 * `r_k` is known only up to a term in `x`, so every statistic here compares outputs of the same
 * input and never across inputs.
 */
import type { Interval } from '../statistics/bootstrap';

/** One output of one component on one input, with both rewards. */
export interface ScoredOutput {
  /** Outputs are compared within a group: the input `x_k`. */
  readonly group: string;
  /** `r_k(x, y)`, any unit. */
  readonly local: number;
  /** Measured mean global reward `R̄(y)`. */
  readonly global: number;
}

export interface Alignment extends Interval {
  /** Number of strict pairs, i.e. with different global rewards. */
  readonly pairs: number;
  /** Share of strict pairs that the local reward orders alike; an equal local reward counts ½. */
  readonly accuracy: number;
  /** Kendall's τ-b over all within-input pairs, in [-1, 1]; `null` where it is undefined. */
  readonly kendallTau: number | null;
}

/** Counts over all unordered within-group pairs. */
interface PairCounts {
  concordant: number;
  discordant: number;
  /** Equal local reward, different global reward. */
  tiedLocal: number;
  /** Different local reward, equal global reward. */
  tiedGlobal: number;
}

function countPairs(outputs: readonly ScoredOutput[]): PairCounts {
  const groups = new Map<string, ScoredOutput[]>();
  for (const output of outputs) {
    const group = groups.get(output.group);
    if (group === undefined) groups.set(output.group, [output]);
    else group.push(output);
  }
  const counts: PairCounts = { concordant: 0, discordant: 0, tiedLocal: 0, tiedGlobal: 0 };
  for (const group of groups.values()) {
    for (let i = 1; i < group.length; i++) {
      for (let j = 0; j < i; j++) {
        const local = Math.sign(group[i]!.local - group[j]!.local);
        const global = Math.sign(group[i]!.global - group[j]!.global);
        if (local === 0 && global === 0) continue;
        if (local === 0) counts.tiedLocal += 1;
        else if (global === 0) counts.tiedGlobal += 1;
        else if (local === global) counts.concordant += 1;
        else counts.discordant += 1;
      }
    }
  }
  return counts;
}

/**
 * Pair accuracy with its 95 % Wilson interval, and Kendall's τ-b.
 * With no strict pair the accuracy is 0.5 (nothing is known) and the interval is [0, 1].
 */
export function alignment(outputs: readonly ScoredOutput[]): Alignment {
  const { concordant, discordant, tiedLocal, tiedGlobal } = countPairs(outputs);
  const pairs = concordant + discordant + tiedLocal;
  const right = concordant + tiedLocal / 2;
  const scale = Math.sqrt(
    (concordant + discordant + tiedLocal) * (concordant + discordant + tiedGlobal),
  );
  return {
    pairs,
    accuracy: pairs === 0 ? 0.5 : right / pairs,
    ...wilsonInterval(right, pairs),
    kendallTau: scale === 0 ? null : (concordant - discordant) / scale,
  };
}

/**
 * 95 % score interval of a proportion (Wilson 1927).
 * Pairs of one input are not independent, so the true interval is somewhat wider.
 * @param successes may be fractional (ties count ½)
 */
export function wilsonInterval(successes: number, trials: number): Interval {
  if (trials === 0) return { low: 0, high: 1 };
  const z = 1.959963984540054;
  const p = successes / trials;
  const centre = p + (z * z) / (2 * trials);
  const spread = z * Math.sqrt((p * (1 - p)) / trials + (z * z) / (4 * trials * trials));
  const scale = 1 + (z * z) / trials;
  return {
    // Rounding must not push the proportion out of its own interval.
    low: Math.max(0, Math.min(p, (centre - spread) / scale)),
    high: Math.min(1, Math.max(p, (centre + spread) / scale)),
  };
}

/**
 * Seeded random streams. A stream is named by what it is for, `hash(run seed, component, example,
 * configuration, sample)`, so that one more draw in one place changes nothing in another.
 */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { seedOf } from './hash';

export interface RandomStream {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Uniform integer in [0, n). @throws RangeError when n < 1. */
  below(n: number): number;
}

export function randomStream(...parts: readonly (string | number)[]): RandomStream {
  const generator = xoroshiro128plus(seedOf(...parts));
  return {
    uniform: () => uniformFloat64(generator),
    below: (n) => {
      if (!(n >= 1)) throw new RangeError(`cannot draw below ${n}`);
      return uniformInt(generator, 0, n - 1);
    },
  };
}

/** A shuffled copy (Fisher–Yates). */
export function shuffled<T>(items: readonly T[], random: RandomStream): T[] {
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [copy[i], copy[j]] = [copy[j]!, copy[i]!];
  }
  return copy;
}

/** One element, uniformly. @throws RangeError when there is none. */
export function pick<T>(items: readonly T[], random: RandomStream): T {
  return items[random.below(items.length)]!;
}

/**
 * An index drawn with probability ∝ exp(score / temperature) (a Boltzmann or softmax draw).
 * @param scores at least one; ties are equally likely
 * @param temperature > 0, in the unit of the scores
 */
export function boltzmannIndex(
  scores: readonly number[],
  temperature: number,
  random: RandomStream,
): number {
  const probabilities = softmax(scores, temperature);
  let left = random.uniform();
  for (let i = 0; i < probabilities.length; i++) {
    left -= probabilities[i]!;
    if (left < 0) return i;
  }
  return probabilities.length - 1;
}

/** exp(s_i / τ) / Σ exp(s_j / τ), shifted by the maximum so that nothing overflows. */
export function softmax(scores: readonly number[], temperature: number): number[] {
  if (scores.length === 0) throw new RangeError('softmax of no scores');
  if (!(temperature > 0)) throw new RangeError(`temperature must be positive, got ${temperature}`);
  const top = Math.max(...scores);
  const weights = scores.map((s) => Math.exp((s - top) / temperature));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((w) => w / sum);
}

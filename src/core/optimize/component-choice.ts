/**
 * Which component to optimise next: a softmax over fresh reward gaps, i.e. over what the best
 * sampled output of a component gained on the incumbent's in the latest rollouts.
 */
import { boltzmannIndex, softmax, type RandomStream } from '../random/stream';
import { mean } from '../statistics/bootstrap';

export interface ComponentChoice {
  readonly component: string;
  /** Probability with which each eligible component was drawn. */
  readonly probabilities: Readonly<Record<string, number>>;
}

/** Gaps of the latest groups of each component; older ones are forgotten. */
export class RecentGaps {
  readonly #gaps = new Map<string, number[]>();

  constructor(readonly window = 12) {}

  record(component: string, gap: number): void {
    const gaps = this.#gaps.get(component) ?? [];
    gaps.push(gap);
    if (gaps.length > this.window) gaps.shift();
    this.#gaps.set(component, gaps);
  }

  /** Mean gap in the unit of the global reward; 0 for a component never sampled. */
  mean(component: string): number {
    const gaps = this.#gaps.get(component);
    return gaps === undefined ? 0 : mean(gaps);
  }
}

/**
 * @param eligible at least one component
 * @param temperature in the unit of the global reward; small values are greedy
 */
export function chooseComponent(
  eligible: readonly string[],
  gaps: RecentGaps,
  temperature: number,
  random: RandomStream,
): ComponentChoice {
  const scores = eligible.map((component) => gaps.mean(component));
  const probabilities = softmax(scores, temperature);
  const chosen = boltzmannIndex(scores, temperature, random);
  return {
    component: eligible[chosen]!,
    probabilities: Object.fromEntries(eligible.map((name, i) => [name, probabilities[i]!])),
  };
}

/** Preference pairs: of two outputs on one input, the one with the higher mean global reward. */
import type { Fields } from '../system/component';

/** One distinct output of a component on one input, and what it led to. */
export interface RolledOutput {
  readonly output: string;
  /** Mean global reward over the downstream rollouts, `R̄(y)`. */
  readonly reward: number;
  /** Whether the incumbent configuration produced it at temperature 0. */
  readonly incumbent: boolean;
  /** Whether it is a ground truth that no configuration produced. */
  readonly known?: boolean;
}

/** All outputs sampled for one input `x_k` of a component. */
export interface RolloutGroup {
  readonly component: string;
  readonly exampleId: string;
  readonly inputs: Fields;
  readonly outputs: readonly RolledOutput[];
}

export interface PreferencePair {
  readonly component: string;
  readonly exampleId: string;
  readonly inputs: Fields;
  readonly winner: string;
  readonly loser: string;
  /** R̄(winner) − R̄(loser) > 0. */
  readonly gap: number;
}

/** Every strict pair of a group, each once, whichever of the two was sampled first. */
export function strictPairs(group: RolloutGroup): PreferencePair[] {
  const { component, exampleId, inputs, outputs } = group;
  return outputs.flatMap((winner) =>
    outputs
      .filter((loser) => winner.reward > loser.reward)
      .map((loser) => ({
        component,
        exampleId,
        inputs,
        winner: winner.output,
        loser: loser.output,
        gap: winner.reward - loser.reward,
      })),
  );
}

/**
 * What the best sampled output gains over the incumbent's: the head-room this group saw. A ground
 * truth is no head-room: no configuration produced it.
 * `undefined` when the incumbent's output is not among them.
 */
export function rewardGap(group: RolloutGroup): number | undefined {
  const incumbent = group.outputs.find((output) => output.incumbent);
  if (incumbent === undefined) return undefined;
  const sampled = group.outputs.filter((output) => output.known !== true);
  return Math.max(...sampled.map((output) => output.reward)) - incumbent.reward;
}

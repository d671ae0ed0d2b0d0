/**
 * A reward model for tests: one linear scorer a component, fitted by a few perceptron passes, and
 * one more for each fold, fitted without it.
 */
import type { FeaturePair, FitOptions, RewardModel } from '../reward/reward-model';

const PASSES = 5;

type Weights = Map<string, Float32Array>;

export interface LinearRewards extends RewardModel {
  /** What every fit was given. */
  readonly fits: { readonly pairs: readonly FeaturePair[]; readonly options: FitOptions }[];
}

export function linearRewards(): LinearRewards {
  const fits: LinearRewards['fits'] = [];
  let all: Weights = new Map();
  let folds = new Map<number, Weights>();
  return {
    fits,
    describe: async () => ({ backend: 'linear', measured: {}, reason: 'a test' }),
    async fit(pairs, options) {
      fits.push({ pairs, options });
      all = learnt(pairs);
      folds = new Map(
        [...new Set(pairs.map(({ fold }) => fold))].map((fold) => [
          fold,
          learnt(pairs.filter((pair) => pair.fold !== fold)),
        ]),
      );
      return { bestEpoch: PASSES, epochs: PASSES, losses: [0] };
    },
    score: async (component, vectors) => scores(all, component, vectors),
    scoreHeldOut: async (component, vectors, fold) =>
      scores(folds.get(fold) ?? all, component, vectors),
  };
}

function dot(w: Float32Array | undefined, x: Float32Array): number {
  return w === undefined ? 0 : x.reduce((sum, value, j) => sum + value * w[j]!, 0);
}

function scores(
  weights: Weights,
  component: string,
  vectors: readonly Float32Array[],
): Float32Array {
  return Float32Array.from(vectors, (vector) => dot(weights.get(component), vector));
}

function learnt(pairs: readonly FeaturePair[]): Weights {
  const weights: Weights = new Map();
  for (let pass = 0; pass < PASSES; pass++) {
    for (const { component, winner, loser } of pairs) {
      const w = weights.get(component) ?? new Float32Array(winner.length);
      weights.set(component, w);
      if (dot(w, winner) > dot(w, loser)) continue;
      for (let j = 0; j < w.length; j++) w[j]! += winner[j]! - loser[j]!;
    }
  }
  return weights;
}

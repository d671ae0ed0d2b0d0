/**
 * The port to local reward functions `r_k = h_k ∘ φ`: one shared trunk, one head a component.
 * The adapter (tfjs, in a worker) lives in `src/learning`.
 */

/** A preference pair as the trunk sees it: two feature vectors of the same input. */
export interface FeaturePair {
  readonly component: string;
  /** φ(x, y⁺) and φ(x, y⁻), each of length d. */
  readonly winner: Float32Array;
  readonly loser: Float32Array;
  /** R̄(y⁺) − R̄(y⁻) > 0. */
  readonly gap: number;
  /** Examples are dealt into folds; pairs of one example are in one fold. */
  readonly fold: number;
}

/**
 * What a pair teaches, for `Δ = r(x, y⁺) − r(x, y⁻)` and the measured gap `g`:
 * - `hard`: −log σ(Δ), every pair alike (the paper's loss). Teaches the order within an input only.
 * - `gap`: the same, weighted by g over the mean gap of the batch; equal gaps weigh 1.
 * - `soft`: cross-entropy with P(y⁺ ≻ y⁻) = σ(α g), the label model of theorem 4.1: its minimiser
 *   is `r = α R̄` up to a term in x, so means over inputs keep their order too.
 */
export type PairLabels =
  | { readonly kind: 'hard' }
  | { readonly kind: 'gap' }
  | { readonly kind: 'soft'; readonly alpha: number };

export interface FitOptions {
  /** Seed of initial weights and of the order of batches. */
  readonly seed: number;
  /** Default `gap`. */
  readonly labels?: PairLabels;
}

/** The state of all heads as plain data: it crosses to a worker and back, and can be kept. */
export interface RewardSnapshot {
  readonly networks: readonly NetworkSnapshot[];
  /** The fold of all pairs, where there was only one. */
  readonly only?: number;
}

export interface NetworkSnapshot {
  /** The fold this network has not seen; absent for the one trained on all pairs. */
  readonly fold?: number;
  readonly weights: readonly Float32Array[];
  /** Mean and deviation of each feature by component; absent for one that had no pair. */
  readonly scales: readonly ({
    readonly mean: Float32Array;
    readonly deviation: Float32Array;
  } | null)[];
}

export interface FitReport {
  /** Passes over the pairs until the best held-out loss, and in all. */
  readonly bestEpoch: number;
  readonly epochs: number;
  /** Mean ranking loss per epoch on pairs of examples the scoring network had not seen. */
  readonly losses: readonly number[];
}

export interface RewardModel {
  /** `webgpu`, `wasm` or `cpu`, and how it was picked. */
  describe(): Promise<RewardModelDescription>;
  /**
   * Trains all heads anew on the pairs; how long, the held-out folds decide.
   * @throws Error when there is no pair
   */
  fit(pairs: readonly FeaturePair[], options: FitOptions): Promise<FitReport>;
  /**
   * `r_k` of each vector, in the order given.
   * @param vectors feature vectors of length d
   */
  score(component: string, vectors: readonly Float32Array[]): Promise<Float32Array>;
  /** The same by a network that has not seen the examples of `fold`: for honest measurements. */
  scoreHeldOut(
    component: string,
    vectors: readonly Float32Array[],
    fold: number,
  ): Promise<Float32Array>;
  /**
   * Heads as they are, or `null` before the first fit.
   * @param complete to be kept elsewhere: with all that `restore` of another model needs
   */
  snapshot(complete?: boolean): Promise<RewardSnapshot | null>;
  /** Puts heads back as they were; `null` forgets what was learnt. */
  restore(snapshot: RewardSnapshot | null): Promise<void>;
}

export interface RewardModelDescription {
  readonly backend: string;
  /** Median ms of a training step by backend, as measured by the micro-benchmark. */
  readonly measured: Readonly<Record<string, number>>;
  /** One sentence: why this backend. */
  readonly reason: string;
}

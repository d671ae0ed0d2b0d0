/** What crosses between the run worker and the reward worker: types only. */
import type { PolicyTrainer } from '../src/core/policy/policy';
import type { RewardModel, RewardModelDescription } from '../src/core/reward/reward-model';
import type { Activity } from './run-protocol';

/** An error would lose its name on the way. */
export type LoadingOutcome =
  { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** The reward worker's side, behind Comlink on the port it was given. */
export interface RewardWorkerApi extends Omit<RewardModel, 'describe'>, PolicyTrainer {
  /** @param report hears of long work; lives as long as the worker */
  listen(report: (activity: Activity | undefined) => void): Promise<void>;
  /**
   * Fresh heads for a system; the backend is picked by a micro-benchmark. What an earlier run left
   * under way is cancelled.
   * @param encoder whether sentences will be embedded, which decides the backend
   * @param busy whether a language model keeps the GPU busy meanwhile: what is measured then holds for
   *   such a run only
   * @throws Error when no backend runs here
   */
  open(
    components: readonly string[],
    d: number,
    encoder: boolean,
    busy: boolean,
  ): Promise<RewardModelDescription>;
  /** Loads the sentence encoder from this site, once; what failed is tried again by the next call. */
  loadEncoder(): Promise<LoadingOutcome>;
  /** Sentence embeddings of length 512. @throws Error when the encoder cannot be loaded */
  embed(texts: readonly string[]): Promise<Float32Array[]>;
  /** Ends a download or an embedding that is under way: it fails. */
  cancel(): Promise<void>;
}

/** The one message outside Comlink: it carries the port to talk on. */
export interface RewardConnect {
  readonly type: 'connect';
}

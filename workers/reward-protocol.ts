/** What crosses between the run worker and the reward worker: types only. */
import type {
  FeaturePair,
  FitOptions,
  FitReport,
  RewardModelDescription,
} from '../src/core/reward/reward-model';

/** The reward worker's side, behind Comlink on the port it was given. */
export interface RewardWorkerApi {
  /**
   * Fresh heads for a system; the backend is picked once, by a micro-benchmark.
   * @throws Error when no backend runs here
   */
  open(components: readonly string[], d: number): Promise<RewardModelDescription>;
  fit(pairs: readonly FeaturePair[], options: FitOptions): Promise<FitReport>;
  score(component: string, vectors: readonly Float32Array[]): Promise<Float32Array>;
  scoreHeldOut(
    component: string,
    vectors: readonly Float32Array[],
    fold: number,
  ): Promise<Float32Array>;
}

/** The one message outside Comlink: it carries the port to talk on. */
export interface RewardConnect {
  readonly type: 'connect';
}

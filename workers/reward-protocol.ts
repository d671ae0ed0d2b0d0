/** What crosses between the run worker and the reward worker: types only. */
import type { RewardModel, RewardModelDescription } from '../src/core/reward/reward-model';

/** The reward worker's side, behind Comlink on the port it was given. */
export interface RewardWorkerApi extends Omit<RewardModel, 'describe'> {
  /**
   * Fresh heads for a system; the backend is picked once, by a micro-benchmark.
   * @throws Error when no backend runs here
   */
  open(components: readonly string[], d: number): Promise<RewardModelDescription>;
}

/** The one message outside Comlink: it carries the port to talk on. */
export interface RewardConnect {
  readonly type: 'connect';
}

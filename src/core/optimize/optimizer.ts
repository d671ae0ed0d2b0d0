/** What every optimiser of a compound system is: Optimas, and any baseline beside it. */
import type { PolicyTrainer } from '../policy/policy';
import type { FeatureMap } from '../reward/feature-map';
import type { RewardModel } from '../reward/reward-model';
import type { Budget } from '../run/budget';
import type { References } from '../run/references';
import type { RunEvent } from '../run/run-event';
import type { ChatModel } from '../system/chat-model';
import type { CompoundSystem, Example } from '../system/compound-system';

/** Examples in three disjoint parts. */
export interface DataSplits {
  /** Rollouts and local optimisation. */
  readonly train: readonly Example[];
  /** Acceptance of changes. */
  readonly validation: readonly Example[];
  /** Touched by measurements only, never by a decision. */
  readonly test: readonly Example[];
}

export interface OptimizationProblem {
  readonly system: CompoundSystem;
  readonly data: DataSplits;
  /** How the data are called, as it is reported. */
  readonly dataName?: string;
  readonly references: References;
  readonly engine: string;
  readonly model: ChatModel;
  readonly rewardModel: RewardModel;
  /** φ(x, y); dense text features where none are given. Made for one run: they learn from it. */
  readonly features?: FeatureMap;
  /** Trains `weights` slots; without one they are left alone. */
  readonly policyTrainer?: PolicyTrainer;
  /** Name of the set of options, as it is reported. */
  readonly mode?: string;
  readonly seed: number;
  /** Spent by the optimisation; measurements on test examples are counted apart. */
  readonly budget: Budget;
  readonly signal?: AbortSignal;
}

export type Optimizer<Options> = (
  problem: OptimizationProblem,
  options: Options,
) => AsyncGenerator<RunEvent, void, void>;

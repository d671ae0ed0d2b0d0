/**
 * The run log: an append-only list of events. What a page shows, what the headless command
 * prints and what a replay would need are folds over it. Events hold no clock time (but for the
 * reward model's own micro-benchmark), so equal seeds give equal logs; whoever receives one stamps
 * it.
 */
import type { Alignment, ScoredOutput } from '../reward/alignment';
import type { RewardModelDescription } from '../reward/reward-model';
import type { SavedRewards } from '../reward/saved-rewards';
import type { ComponentDescription } from '../system/component';
import type { Interval } from '../statistics/bootstrap';
import type { Configuration, SlotValue } from '../system/configuration';
import type { Failure, Trace } from '../system/trace';
import type { Spent } from './budget';
import type { References } from './references';

/** Raised whenever the meaning of an event changes; a reader refuses versions it does not know. */
export const RUN_LOG_VERSION = 3;

export type Phase =
  'baseline' | 'rollouts' | 'fitting' | 'optimisation' | 'alignment' | 'final' | 'done';

/** Mean global reward over examples; failed examples are counted, never scored. */
export interface Measurement {
  /** `null` when no example was completed. */
  readonly reward: number | null;
  readonly beside: Readonly<Record<string, number>>;
  readonly completed: number;
  readonly failed: number;
}

export interface ComponentAlignment extends Alignment {
  readonly component: string;
  /** Pair accuracy of the untrained reference score on the same pairs. */
  readonly reference: number;
  /** Whether the interval's lower bound lies above one half. */
  readonly trusted: boolean;
  /** Pairs the head was trained on. */
  readonly trainingPairs: number;
  /** What the statistics were computed from, for a scatter plot. */
  readonly outputs: readonly ScoredOutput[];
}

/**
 * Drift of one head: the head as stage 1 left it beside the one that learns on, both on the same
 * pairs, collected after a change and of examples that neither of the scoring networks has seen.
 */
export interface Drift {
  readonly component: string;
  readonly pairs: number;
  readonly frozen: Interval & { readonly accuracy: number };
  readonly adapted: Interval & { readonly accuracy: number };
}

/** One proposed value of one slot, with its mean local (or, for an untrusted head, global) reward. */
export interface ScoredCandidate {
  readonly value: SlotValue;
  readonly score: number;
  readonly incumbent: boolean;
}

/** What ranks candidates: the head, or measured rewards while the head is not trusted. */
export type RankedBy = 'local' | 'global';

export interface Change {
  readonly iteration: number;
  readonly component: string;
  readonly slot: string;
  readonly from: SlotValue;
  /** Equal to `from` when nothing better than the incumbent was found. */
  readonly to: SlotValue;
  readonly rankedBy: RankedBy;
  readonly score: { readonly from: number; readonly to: number };
  /** Paired validation; absent when no candidate was worth validating. */
  readonly validation?: {
    readonly from: number | null;
    readonly to: number | null;
    /** Examples that both completed before the decision fell. */
    readonly examples: number;
  };
  readonly accepted: boolean;
  readonly reason: string;
}

export interface RunResult {
  readonly system: string;
  readonly data: {
    readonly name: string;
    /** Of all examples in their three parts. */
    readonly hash: string;
    readonly train: number;
    readonly validation: number;
    readonly test: number;
  };
  /** What the prompts ran on; where the model was replaced on the way, the last one. */
  readonly engine: string;
  /** The models before it, in order; absent where there was one. Every score is of the last one. */
  readonly enginesBefore?: readonly string[];
  readonly method: string;
  /** Name of the set of options, and what was set otherwise. */
  readonly mode: string;
  /** Name of the features φ. */
  readonly features: string;
  readonly seed: number;
  readonly budget: Spent & { readonly limit: number };
  /** What the measurements on test examples took, outside the budget. */
  readonly measurement: Spent;
  readonly validation: { readonly initial: number | null; readonly final: number | null };
  readonly test: {
    readonly initial: number | null;
    readonly final: number | null;
    /** Examples completed at the end. */
    readonly n: number;
    /** 95 % interval of final − initial by a paired bootstrap; null when no example completed twice. */
    readonly low: number | null;
    readonly high: number | null;
    readonly failed: number;
    readonly beside: {
      readonly initial: Readonly<Record<string, number>>;
      readonly final: Readonly<Record<string, number>>;
    };
  };
  readonly alignment: Readonly<
    Record<
      string,
      Pick<
        ComponentAlignment,
        | 'pairs'
        | 'accuracy'
        | 'low'
        | 'high'
        | 'kendallTau'
        | 'spearman'
        | 'calibrationError'
        | 'reference'
      >
    >
  >;
  /**
   * Test score when components write several outputs and the local reward picks one (best of N);
   * absent where the run asks for none.
   */
  readonly bestOf?: {
    readonly samples: Readonly<Record<string, number>>;
    readonly test: number | null;
    /** 95 % interval of the difference to the same configuration without it. */
    readonly low: number | null;
    readonly high: number | null;
  };
  /**
   * Whether every single change of a choice or of a number's grid was measured on the validation examples, or
   * none was left to: the configuration is then a component-wise maximum there.
   */
  readonly componentwiseMaximum: boolean;
  readonly reference: References;
  readonly configuration: Configuration;
  /** Heads that the configuration needs, where a choice is made for each input. */
  readonly localRewards?: SavedRewards;
  readonly rewardModel: { readonly backend: string };
  readonly changes: { readonly accepted: number; readonly rejected: number };
}

/** The method of a run that optimises nothing: a configuration is measured beside the initial one. */
export const MEASUREMENT = 'measurement';

export function isMeasurement(run: { readonly method: string } | undefined): boolean {
  return run?.method === MEASUREMENT;
}

export type RunEvent =
  | {
      readonly type: 'run.started';
      readonly version: typeof RUN_LOG_VERSION;
      readonly system: string;
      readonly engine: string;
      readonly method: string;
      readonly mode: string;
      readonly features: string;
      readonly seed: number;
      readonly limit: number;
      readonly metric: string;
      readonly components: readonly ComponentDescription[];
      readonly configuration: Configuration;
      readonly examples: {
        readonly train: number;
        readonly validation: number;
        readonly test: number;
      };
      readonly references: References;
      readonly rewardModel: RewardModelDescription;
    }
  | {
      readonly type: 'progress';
      readonly phase: Phase;
      /** What is being worked on, where it is one component. */
      readonly component?: string;
      /** Steps done of this phase, in the unit `unit`. */
      readonly done: number;
      readonly total: number;
      readonly unit: string;
      readonly spent: Spent;
      /** What measurements outside the budget have taken so far; absent in older logs. */
      readonly measured?: Spent;
    }
  | {
      readonly type: 'trace';
      readonly split: 'train' | 'validation' | 'test';
      readonly trace: Trace;
    }
  | {
      readonly type: 'example.failed';
      readonly exampleId: string;
      readonly failure: Failure;
    }
  | {
      readonly type: 'measured';
      readonly split: 'validation' | 'test';
      readonly when: 'initial' | 'iteration' | 'final';
      readonly measurement: Measurement;
      readonly spent: Spent;
    }
  | {
      readonly type: 'heads.fitted';
      readonly iteration: number;
      readonly pairs: Readonly<Record<string, number>>;
      readonly epochs: number;
      readonly losses: readonly number[];
    }
  | {
      readonly type: 'alignment';
      /** Held-out train examples while the run goes on, test examples at its end. */
      readonly on: 'held-out' | 'test';
      readonly alignment: ComponentAlignment;
    }
  | { readonly type: 'drift'; readonly iteration: number; readonly drift: Drift }
  | {
      /** A rejected configuration took the heads that had been adapted to it along. */
      readonly type: 'heads.restored';
      readonly iteration: number;
      readonly component: string;
    }
  | {
      /**
       * The configuration as a whole was exchanged: for another start, or for the best of those that
       * the loop came to rest at.
       */
      readonly type: 'moved';
      readonly iteration: number;
      readonly configuration: Configuration;
      readonly reason: 'restart' | 'best';
    }
  | {
      readonly type: 'component.chosen';
      readonly iteration: number;
      readonly component: string;
      readonly probabilities: Readonly<Record<string, number>>;
    }
  | {
      readonly type: 'candidates.scored';
      readonly iteration: number;
      readonly component: string;
      readonly slot: string;
      readonly rankedBy: RankedBy;
      readonly candidates: readonly ScoredCandidate[];
    }
  | {
      /** Another model answers from here on: scores before it and after it are of two systems. */
      readonly type: 'model.replaced';
      readonly iteration: number;
      /** Ids of the models. */
      readonly from: string;
      readonly to: string;
    }
  | { readonly type: 'change'; readonly change: Change; readonly spent: Spent }
  | { readonly type: 'run.finished'; readonly result: RunResult }
  | {
      readonly type: 'run.failed';
      readonly message: string;
      readonly hint: string;
    };

export interface StampedEvent {
  /** Milliseconds of running since the start, pauses left out. */
  readonly at: number;
  readonly event: RunEvent;
}

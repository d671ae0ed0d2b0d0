/**
 * What crosses between the page and the run worker: types only, so both sides can import it.
 * Errors cross as values, because an Error loses everything but its message on the way.
 */
import type { StampedEvent } from '../src/core/run/run-event';
import type { ComponentDescription } from '../src/core/system/component';
import type { References } from '../src/core/run/references';
import type { MeasureOptions } from '../src/core/optimize/measure-configuration';
import type { SystemHelp } from '../src/systems/system-module';
import type { ModelDescription, ModelFailure, ModelOutcome, ModelSource } from './model-protocol';

export type { StampedEvent } from '../src/core/run/run-event';

/** Names of the systems; `src/compose/systems.ts` has what belongs to them. */
export type RunSystem =
  | 'multihop-qa'
  | 'evidence-qa'
  | 'entity-ranking'
  | 'next-item'
  | 'verified-code'
  | 'multihop-qa-reranker';

/** Name of a whole set of options: this project's own, or the paper's wherever it makes a choice. */
export type RunMode = 'default' | 'paper';
/** What the local rewards see of an input and an output. */
export type RunFeatures = 'dense' | 'hashed' | 'use';
/** What a preference pair teaches. */
export type RunLabels = 'gap' | 'soft' | 'hard';
/** When fresh pairs are collected and the heads refitted. */
export type RunAdaptation = 'every-iteration' | 'on-accept' | 'never';
export type RunComponentChoice = 'softmax' | 'random' | 'round-robin';
export type RunAcceptance = 'mean' | 'sequential';

/** What is set otherwise than the mode says. */
export interface RunOverrides {
  readonly labels?: RunLabels;
  readonly adaptation?: RunAdaptation;
  readonly componentChoice?: RunComponentChoice;
  readonly acceptance?: RunAcceptance;
  readonly validationExamples?: number;
  readonly testExamples?: number;
}

/** What the prompts run on: the rule-based reader, or models that `setModel` gave. */
export type RunEngine = 'reader' | 'model';

export interface RunRequest {
  readonly system: string;
  readonly engine: RunEngine;
  readonly seed: number;
  /** System runs. */
  readonly budget: number;
  readonly mode: RunMode;
  readonly features: RunFeatures;
  readonly options: RunOverrides;
  /** Only measures a configuration. */
  readonly measure?: MeasureOptions;
}

/** Which model a run is on: enough to load it again in another visit. */
export interface RunModelName {
  /** Names it on the page. */
  readonly key: string;
  readonly name: string;
  /** Without a key of the user's; absent for a file, which the user must choose again. */
  readonly source?: ModelSource;
}

/** A run whose tab is gone. */
export interface InterruptedRun {
  readonly id: string;
  readonly request: RunRequest;
  /** What its prompts are on; the further ones are there for systems that choose. None: the reader. */
  readonly models: readonly RunModelName[];
  /** Name of the data file it ran on; absent for the shipped data. */
  readonly file?: string;
  readonly events: number;
  /** When it last was under way, in ms since 1970. */
  readonly updatedAt: number;
}

export type ActivityName = 'loading encoder' | 'embedding' | 'measuring references';

/** Long work inside a step of a run, told while it lasts. */
export interface Activity {
  readonly name: ActivityName;
  readonly done: number;
  readonly total: number;
  readonly unit: 'bytes' | 'tokens' | 'programs';
  /** Milliseconds since it began. */
  readonly elapsed: number;
}

export type PlayerStatus =
  'idle' | 'preparing' | 'running' | 'paused' | 'finished' | 'failed' | 'stopped';

/** What can be shown of a system and its data before a run starts. */
export interface SystemSummary {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly metric: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly components: readonly ComponentDescription[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly field: string }[];
  readonly data: DataSummary;
  readonly help: SystemHelp;
  /** Whether some of its components choose which model answers. */
  readonly choosesModels: boolean;
  /** Sentences the language model is known to follow, without doubles. */
  readonly directives: readonly string[];
}

export interface DataSummary {
  /** `shipped`, or the file's name. */
  readonly name: string;
  /** What there is besides the examples: `passages`, say. */
  readonly counts: Readonly<Record<string, number>>;
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  /** Rows that were left out, and why; empty when all were taken. */
  readonly notes: readonly string[];
  /** A few examples with their answers, to look at. */
  readonly samples: readonly { readonly question: string; readonly answer: string }[];
}

/** A plain sentence on what is wrong, where, and what to do next. */
export interface DataProblem {
  readonly message: string;
  /** 1-based line of the file, where it is about one. */
  readonly line?: number;
  readonly field?: string;
}

export type LoadOutcome =
  | { readonly ok: true; readonly summary: SystemSummary }
  | { readonly ok: false; readonly problem: DataProblem };

export type ConfigurationOutcome =
  | {
      readonly ok: true;
      readonly measure: MeasureOptions;
      /** What its local rewards read, where it needs some. */
      readonly features?: RunFeatures;
    }
  | { readonly ok: false; readonly problem: DataProblem };

export interface CachedCalls {
  readonly entries: number;
  readonly bytes: number;
  readonly limitBytes: number;
  /** Calls answered from the cache. */
  readonly hits: number;
}

export interface RunListener {
  /** At most ten batches a second, events in order; only superseded progress is left out. */
  events(batch: readonly StampedEvent[]): void;
  status(status: PlayerStatus): void;
  /** At most ten a second; `undefined` when it is over. */
  activity(activity: Activity | undefined): void;
  /** The same of the measurement of references, which goes on beside everything else. */
  measuring(activity: Activity | undefined): void;
  /**
   * The run stands still because a model of it is gone, and why; `undefined` once that goes on.
   * @param key of the model that the run began with
   */
  stalled(key: string, failure: ModelFailure | undefined): void;
  /** The end of what the model is writing right now, at most ten times a second; `undefined` between calls. */
  writing(text: string | undefined): void;
  /** A run was taken up, and this is what it runs. */
  continued(run: InterruptedRun, summary: SystemSummary, rows: File | undefined): void;
  /** Something that is worth knowing and stops nothing, as a sentence. */
  notice(message: string): void;
  /** Something broke outside the run log (a worker, a bug): what happened and what to do next. */
  problem(message: string): void;
}

/** The run worker's side, behind Comlink. */
export interface RunWorkerApi {
  /** @param rewardPort port of the reward worker; @param listener lives as long as the worker */
  connect(rewardPort: MessagePort, listener: RunListener): Promise<void>;
  /** Of the system that runs are on: another one than before comes with its shipped data. */
  summary(system: string): Promise<SystemSummary>;
  /**
   * Takes rows of a data file for the present system: JSON of `ImportedRows`. Rows that cannot be used
   * leave what was loaded before.
   */
  useRows(rows: File): Promise<LoadOutcome>;
  /**
   * Scores on the test examples of methods that learn nothing, for the system and the data that are
   * loaded; measured once. `undefined` where something else was loaded meanwhile.
   * @throws Error with the reason why they cannot be measured
   */
  references(): Promise<References | undefined>;
  /** Goes back to the shipped data. */
  useShippedData(): Promise<SystemSummary>;
  /** Checks a configuration file's text against the present system. */
  readConfiguration(text: string): Promise<ConfigurationOutcome>;
  /**
   * A model for runs with the engine `model`, and for a run that waits for it.
   * @param port of a worker that has it loaded
   * @param insteadOf key of a model that the run began with, where it shall go on with this one
   */
  setModel(
    port: MessagePort,
    model: RunModelName,
    insteadOf?: string,
  ): Promise<ModelOutcome<ModelDescription>>;
  /** A model that was set is gone: its open calls fail, and a run waits for another `setModel`. */
  loseModel(key: string, failure: ModelFailure): Promise<void>;
  /** @param models that were set: what the prompts are on, and those that a system may choose besides */
  start(request: RunRequest, paused: boolean, models: readonly RunModelName[]): Promise<void>;
  /** Runs that broke off with their tab, the latest first; not those alive in another tab. */
  interrupted(): Promise<readonly InterruptedRun[]>;
  /** Takes up such a run where it broke off: nothing that was answered is asked again. */
  continueRun(id: string): Promise<void>;
  discard(id: string): Promise<void>;
  /** The cache of model calls. */
  cachedCalls(): Promise<CachedCalls>;
  clearCachedCalls(): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Runs on to the end of the present step (a measurement, a fit, one change), then pauses. */
  step(): Promise<void>;
  /** Ends the run where it is; its log stays readable. */
  stop(): Promise<void>;
}

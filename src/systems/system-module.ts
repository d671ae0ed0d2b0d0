/** What a compound system brings with it: its data, its wiring, its references, and its help. */
import type { DataSplits } from '../core/optimize/optimizer';
import type { CodeRunner } from '../core/system/code-runner';
import type { References } from '../core/run/references';
import type { CompoundSystem } from '../core/system/compound-system';

export type { CodeOutcome, CodeRunner } from '../core/system/code-runner';

/** What a system runs on. A system adds what it needs besides: passages, a knowledge base. */
export interface SystemData {
  /** `shipped`, or the name of the file. */
  readonly name: string;
  readonly splits: DataSplits;
  /** What was left out or sampled, as sentences for people. */
  readonly notes: readonly string[];
  /** Counts worth showing besides the splits, e.g. `passages`. */
  readonly counts?: Readonly<Record<string, number>>;
}

/** Sentences that edit operators may add to the prompt of the component that writes `field`. */
export type DirectivePool = (field: string) => readonly string[];

/** What the surroundings offer to a system. */
export interface Surroundings {
  readonly directives: DirectivePool;
  /** Names of the models that a choice may pick from, at least one; see `ChatParameters.model`. */
  readonly models: readonly string[];
  readonly code: CodeRunner;
  /**
   * Whether the engine writes by choosing from a pool that an example carries, as the reader does with
   * programs. A language model must never see such a pool.
   */
  readonly pools?: boolean;
}

/** Help for people: plain sentences, no markup. */
export interface SystemHelp {
  /** What the system does and after which published one it is made. */
  readonly about: string;
  /** What to look for while it is optimised. */
  readonly lookFor: readonly string[];
  /** What to try, break and repair. */
  readonly tryOut: readonly string[];
  /** Origin and licence of the shipped data, one sentence. */
  readonly data: string;
}

export interface SystemModule<Data extends SystemData = SystemData> {
  readonly name: string;
  readonly title: string;
  readonly help: SystemHelp;
  /** Whether some of its components choose which model answers. */
  readonly choosesModels?: boolean;
  /** The data that come with the project. */
  shipped(): Promise<Data>;
  system(data: Data, around: Surroundings): CompoundSystem;
  /**
   * Scores of methods that learn nothing, on the test examples. May take long where programs are run.
   * @throws the signal's reason
   */
  references(
    data: Data,
    around: Surroundings,
    watch?: ReferenceWatch,
  ): References | Promise<References>;
}

/** Of a measurement of references that takes long. */
export interface ReferenceWatch {
  readonly signal?: AbortSignal;
  /** Hears of each program that was run. */
  readonly onProgram?: (done: number, total: number) => void;
}

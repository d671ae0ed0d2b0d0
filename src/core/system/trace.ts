/** Traces: what each component received and returned, under which configuration, at what cost. */
import type { Fields } from './component';

export interface StepCost {
  readonly modelCalls: number;
  readonly tokens: number;
}

/** One component's part in a trace. */
export interface Step {
  readonly component: string;
  readonly inputs: Fields;
  readonly output: string;
  readonly configurationHash: string;
  readonly cost: StepCost;
}

export interface Failure {
  readonly component: string;
  readonly message: string;
}

/**
 * One execution of a system on one example. Either every step is there and so is the reward, or
 * `failure` says which component threw; a failed trace has no reward, in particular not 0.
 */
export interface Trace {
  readonly exampleId: string;
  /** By component name, in execution order; components after a failure are absent. */
  readonly steps: Readonly<Record<string, Step>>;
  readonly output?: string;
  readonly reward?: number;
  /** Metrics beside the reward, by name. */
  readonly beside?: Readonly<Record<string, number>>;
  readonly failure?: Failure;
}

/** A trace that ran to its end. */
export type CompleteTrace = Trace & { readonly reward: number; readonly output: string };

export function isComplete(trace: Trace): trace is CompleteTrace {
  return trace.failure === undefined;
}

/** What crosses between the run worker and the sandbox worker: types only. */
import type { SandboxOutcome } from '../src/sandbox/limits';

/** The sandbox worker's side, behind Comlink on the worker itself. */
export interface SandboxWorkerApi {
  /** Loads the interpreter. @throws Error when it cannot be loaded */
  load(): Promise<void>;
  /** One program at a time. @throws Error when the interpreter cannot be loaded */
  run(code: string): Promise<SandboxOutcome>;
}

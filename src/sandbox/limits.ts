/** What a program in the sandbox may use. Whatever passes a limit ends as a failure of that program. */
import type { CodeOutcome } from '../core/system/code-runner';

export interface SandboxLimits {
  /** Interpreter time, in ms of the wall clock. */
  readonly milliseconds: number;
  /**
   * Times the interpreter may ask whether to go on, about once in 10 000 calls and loop turns. Unlike
   * the time it is the same on every machine, so it is the limit that endless loops should meet.
   */
  readonly steps: number;
  readonly memoryBytes: number;
  readonly stackBytes: number;
  /** Characters of what it prints, and of its value as JSON. */
  readonly outputCharacters: number;
  readonly codeCharacters: number;
}

export const DEFAULT_LIMITS: SandboxLimits = {
  milliseconds: 500,
  steps: 500,
  memoryBytes: 32 * 1024 * 1024,
  stackBytes: 256 * 1024,
  outputCharacters: 16 * 1024,
  codeCharacters: 64 * 1024,
};

export interface SandboxOutcome extends CodeOutcome {
  /** The clock ended it: the same program may get further another time. */
  readonly byClock?: true;
}

/** The sandbox itself cannot run: nothing is known about the program. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError';
}

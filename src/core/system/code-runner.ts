/** The port to wherever generated programs run. */

/** What a program printed or returned, or why it did not. */
export interface CodeOutcome {
  readonly ok: boolean;
  /** The value of its last expression as JSON, and what it printed; cut to the limit. */
  readonly value?: string;
  readonly printed: string;
  /** One plain sentence where it failed: what happened, and the limit it passed, if any. */
  readonly failure?: string;
}

/**
 * Runs untrusted JavaScript where it can reach nothing. Whatever a program does is an outcome; it
 * throws the signal's reason, and an error where nothing can be run at all.
 */
export interface CodeRunner {
  run(code: string, signal?: AbortSignal): Promise<CodeOutcome>;
}

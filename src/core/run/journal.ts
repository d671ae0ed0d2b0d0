/**
 * The journal of a run: what every slow or random call answered, in the order of the answers. A run
 * is deterministic but for these calls, so it is continued by running it again from its start with
 * the recorded answers, until they are used up (`journal-replay`).
 *
 * Entries are structured-clonable: plain objects, texts, numbers and typed arrays. No functions, no
 * class instances, no Errors.
 */

/** An error that became part of the run's history, as plain data. */
export interface RecordedFailure {
  readonly name: string;
  readonly message: string;
  /** The rest of a `ModelError`. */
  readonly model?: { readonly problem: string; readonly advice: string };
}

export interface JournalEntry {
  /** Which call this is: its name and a short hash of its arguments; equal calls are numbered. */
  readonly key: string;
  /** What it answered; absent where it failed. */
  readonly value?: unknown;
  readonly failure?: RecordedFailure;
  /**
   * Entries with a place are no answers in turn but things to look up (trained heads, embeddings);
   * a later one of the same place takes the place of the earlier one.
   */
  readonly place?: string;
}

export interface Journal {
  /** What was there when the journal was opened: answers in order, then what has a place. */
  readonly recorded: readonly JournalEntry[];
  /**
   * Starts to write at once. Entries of one call are kept together or not at all, and none is kept
   * without those before it. Resolves once they outlive this tab; never rejects: a journal that can
   * no longer be written says so to whoever opened it, and the run goes on without.
   */
  append(...entries: readonly JournalEntry[]): Promise<void>;
}

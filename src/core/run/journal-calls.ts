/**
 * Calls that survive the end of the tab: answered from the journal as long as it has an answer, made
 * and recorded from then on.
 */
import type { Journal, JournalEntry } from './journal';
import { recordedFailure, replayedFailure } from './journal-failure';
import { Replay, type ReplayOptions } from './journal-replay';

/**
 * Work that may be lost with the tab, in ms: with more than that not yet committed, the next call
 * waits. A slow model's every answer is committed before its next call; a model that answers within
 * a millisecond does not wait for a database that takes three.
 */
const MOST_AT_RISK_MS = 50;

export interface DurableCall<T> {
  /** What is called, a word; then what with, as a short hash. */
  readonly question: string;
  make(): Promise<T>;
  /** No other call is under way meanwhile. */
  readonly alone?: boolean;
  /** Whether a failure is part of the run's history and fails again when it is continued. */
  isHistory?(error: unknown): boolean;
  /** What is kept together with the answer, to be looked up. */
  beside?(answer: T): readonly JournalEntry[];
}

export interface CallOptions extends ReplayOptions {
  /** Hears that recorded answers cannot be used, before it is thrown. */
  readonly onDiverged?: (error: unknown) => void;
  /** Milliseconds of any clock; it decides what is waited for, never what is answered. */
  readonly now?: () => number;
}

export class DurableCalls {
  readonly #replay: Replay;
  readonly #options: CallOptions;
  readonly #now: () => number;
  #committed: Promise<void> = Promise.resolve();
  #atRisk = 0;
  #closed = false;

  constructor(
    readonly journal: Journal,
    options: CallOptions = {},
  ) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#replay = new Replay(journal.recorded, options);
  }

  /** Whether all answers came from the journal so far, and more will. */
  get replaying(): boolean {
    return this.#replay.going;
  }

  /** What was kept at a place when the run broke off. */
  kept(): JournalEntry[] {
    return this.journal.recorded.filter(({ place }) => place !== undefined);
  }

  /** Nothing that happens from now on is recorded: it is not what a continued run shall repeat. */
  close(): void {
    this.#closed = true;
  }

  /** Keeps something to be looked up, besides any answer. */
  keep(entry: JournalEntry): void {
    if (!this.#closed) this.#append([entry], 0);
  }

  /** @throws what the call throws, now or when it was recorded; CannotContinueError */
  async call<T>({ question, make, alone, isHistory, beside }: DurableCall<T>): Promise<T> {
    const key = this.#replay.next(question);
    const recorded = await this.#recorded(key, alone);
    if (recorded?.failure !== undefined) throw replayedFailure(recorded.failure);
    if (recorded !== undefined) return recorded.value as T;
    if (this.#atRisk > MOST_AT_RISK_MS) await this.#committed;
    const start = this.#now();
    let answer: T;
    try {
      answer = await make();
    } catch (error) {
      // A failure that is not history ends it: what follows would not follow when it is repeated.
      if (isHistory?.(error) !== true) this.close();
      if (!this.#closed) {
        this.#append([{ key, failure: recordedFailure(error) }], this.#now() - start);
      }
      throw error;
    }
    if (!this.#closed) {
      this.#append([{ key, value: answer }, ...(beside?.(answer) ?? [])], this.#now() - start);
    }
    return answer;
  }

  async #recorded(key: string, alone?: boolean): Promise<JournalEntry | undefined> {
    try {
      return await this.#replay.take(key, alone);
    } catch (error) {
      this.close();
      this.#options.onDiverged?.(error);
      throw error;
    }
  }

  #append(entries: readonly JournalEntry[], took: number): void {
    this.#atRisk += took;
    this.#committed = this.journal.append(...entries).then(() => {
      this.#atRisk -= took;
    });
  }
}

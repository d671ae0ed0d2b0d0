/**
 * Recorded answers, found again by what was asked. Not by their place in the journal: calls that were
 * under way side by side may be asked in another order than they were answered in.
 */
import type { JournalEntry } from './journal';

/** The run asks for something else than it did: another page, model or data. */
export class CannotContinueError extends Error {
  override readonly name = 'CannotContinueError';
}

/** How long a turn is, and how many turns without a use of any recorded answer are one too many. */
const TURN_MS = 20;
const IDLE_TURNS = 150;

export interface ReplayOptions {
  /** Turns without the use of a recorded answer after which no more use is expected. */
  readonly idleTurns?: number;
  /**
   * Recorded answers that may be left when a call is made all the same: work that is begun ahead of
   * other work waits for it where the budget is nearly spent, at one pace and not at another.
   */
  readonly ahead?: number;
}

export class Replay {
  readonly #answers = new Map<string, JournalEntry>();
  readonly #asked = new Map<string, number>();
  readonly #recorded: number;
  readonly #idleTurns: number;
  readonly #ahead: number;
  #live = false;

  constructor(
    recorded: readonly JournalEntry[],
    { idleTurns = IDLE_TURNS, ahead = 0 }: ReplayOptions = {},
  ) {
    for (const entry of recorded) {
      if (entry.place === undefined) this.#answers.set(entry.key, entry);
    }
    this.#recorded = this.#answers.size;
    this.#idleTurns = idleTurns;
    this.#ahead = ahead;
  }

  /** Whether recorded answers are left, and no call had to be made yet. */
  get going(): boolean {
    return !this.#live && this.#answers.size > 0;
  }

  /** The key of the next call that asks `question`: equal calls are numbered as they are made. */
  next(question: string): string {
    const before = this.#asked.get(question) ?? 0;
    this.#asked.set(question, before + 1);
    return before === 0 ? question : `${question} ${before}`;
  }

  /**
   * The recorded answer to a call, once; `undefined` where there is none and never will be. A call
   * that was in flight when the run broke off has none, but others of the time before it may still
   * be on their way to theirs: they come first.
   * @param alone nothing else is under way: nothing is waited for
   * @throws CannotContinueError when recorded answers are left that nobody asks for
   */
  async take(key: string, alone = false): Promise<JournalEntry | undefined> {
    const answer = this.#answers.get(key);
    if (answer !== undefined) {
      this.#answers.delete(key);
      return answer;
    }
    if (alone && this.#answers.size > 0) throw this.#diverged(key);
    await this.#usedUp(key);
    this.#live = true;
    return undefined;
  }

  /** Turns, not time: a machine that slept or was busy did not wait in vain. */
  async #usedUp(key: string): Promise<void> {
    for (let idle = 0; this.#answers.size > 0;) {
      if (idle === this.#idleTurns) {
        if (this.#answers.size <= this.#ahead) return;
        throw this.#diverged(key);
      }
      const before = this.#answers.size;
      await new Promise<void>((resolve) => void setTimeout(resolve, TURN_MS));
      idle = this.#answers.size === before ? idle + 1 : 0;
    }
  }

  #diverged(key: string): CannotContinueError {
    const [call] = key.split(' ');
    return new CannotContinueError(
      `This run cannot be continued: after ${this.#recorded - this.#answers.size} of ` +
        `${this.#recorded} recorded calls it asked for something it did not ask for before ` +
        `(${call}), so the page, the model or the data are not the same any more. Start it again.`,
    );
  }
}

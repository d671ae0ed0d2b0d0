/** What is known of one run: the fold over its events, the whole log for export, and its pace. */
import type { StampedEvent } from '../clients/run-client';
import { EMPTY_RUN, fold, type RunState } from '../core/run/fold';
import { extendPace, secondsLeft, systemRunsPerSecond, type PacePoint } from './pace';
import { runLog, type RunLog } from './run-log';

export class RunRecord {
  /** Not reactive: only read as a whole, on download. */
  #events: StampedEvent[] = [];
  #state = $state.raw<RunState>(EMPTY_RUN);
  #pace = $state.raw<readonly PacePoint[]>([]);

  /** System runs a second over the last 10 s of running. */
  readonly rate = $derived(systemRunsPerSecond(this.#pace));
  /** Seconds until the budget is spent, at the present rate. */
  readonly secondsLeft = $derived(
    secondsLeft((this.#state.started?.limit ?? 0) - this.#state.spent.systemRuns, this.rate),
  );

  get state(): RunState {
    return this.#state;
  }

  get log(): RunLog {
    return runLog(this.#events);
  }

  /** @throws Error on events of a version that is not known; the log keeps them all the same */
  add(batch: readonly StampedEvent[]): void {
    this.#events.push(...batch);
    this.#pace = extendPace(this.#pace, batch);
    this.#state = batch.reduce((state, { event }) => fold(state, event), this.#state);
  }

  clear(): void {
    this.#events = [];
    this.#pace = [];
    this.#state = EMPTY_RUN;
  }
}

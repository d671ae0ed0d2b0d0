/** What is known of one run: the fold over its events, the whole log for export, and its pace. */
import type { StampedEvent } from '../clients/run-client';
import { EMPTY_RUN, fold, type RunState } from '../core/run/fold';
import { extendPace, secondsLeft, systemRunsPerSecond, type PacePoint } from '../core/run/pace';
import {
  extendPhasePace,
  phaseRate,
  phaseSecondsLeft,
  type PhasePace,
} from '../core/run/phase-pace';
import { runLog, type RunLog } from './run-log';

export interface Pace {
  /** `undefined` while too little was seen. */
  readonly perSecond: number | undefined;
  readonly secondsLeft: number | undefined;
}

export class RunRecord {
  /** Not reactive: only read as a whole, on download. */
  #events: StampedEvent[] = [];
  #state = $state.raw<RunState>(EMPTY_RUN);
  #pace = $state.raw<readonly PacePoint[]>([]);
  #phasePace = $state.raw<PhasePace>();
  #restored = $state.raw<readonly number[]>([]);

  /** System runs a second over the last 10 s of running, and seconds until the budget is spent. */
  readonly pace: Pace = $derived.by(() => {
    const perSecond = systemRunsPerSecond(this.#pace);
    const remaining = (this.#state.started?.limit ?? 0) - this.#state.spent.systemRuns;
    return { perSecond, secondsLeft: secondsLeft(remaining, perSecond) };
  });
  /** The same of what the present phase counts, at its rate so far. */
  readonly phasePace: Pace = $derived({
    perSecond: phaseRate(this.#phasePace),
    secondsLeft: phaseSecondsLeft(this.#phasePace),
  });

  get state(): RunState {
    return this.#state;
  }

  /** Iterations whose rejected configuration took the heads that had been adapted to it along. */
  get restored(): readonly number[] {
    return this.#restored;
  }

  get log(): RunLog {
    return runLog(this.#events);
  }

  /** @throws Error on events of a version that is not known; the log keeps them all the same */
  add(batch: readonly StampedEvent[]): void {
    this.#events.push(...batch);
    this.#pace = extendPace(this.#pace, batch);
    this.#phasePace = extendPhasePace(this.#phasePace, batch);
    const restored = batch.flatMap(({ event }) =>
      event.type === 'heads.restored' ? [event.iteration] : [],
    );
    if (restored.length > 0) this.#restored = [...this.#restored, ...restored];
    this.#state = batch.reduce((state, { event }) => fold(state, event), this.#state);
  }

  clear(): void {
    this.#events = [];
    this.#pace = [];
    this.#phasePace = undefined;
    this.#restored = [];
    this.#state = EMPTY_RUN;
  }
}

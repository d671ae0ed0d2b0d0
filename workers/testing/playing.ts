/** Runs for tests of the player: fake event streams and a listener that records. */
import type { RunEvent } from '../../src/core/run/run-event';
import { Player } from '../player';
import type { PlayerStatus, StampedEvent } from '../run-protocol';

export const SPENT = { systemRuns: 0, modelCalls: 0, cacheHits: 0, tokens: 0 };

export const progress = (done: number): RunEvent => ({
  type: 'progress',
  phase: 'rollouts',
  done,
  total: 9,
  unit: 'runs',
  spent: SPENT,
});
export const chosen = (iteration: number): RunEvent => ({
  type: 'component.chosen',
  iteration,
  component: 'a',
  probabilities: {},
});
export const FITTED: RunEvent = {
  type: 'heads.fitted',
  iteration: 0,
  pairs: {},
  epochs: 0,
  losses: [],
};
export const FINISHED = { type: 'run.finished', result: {} } as unknown as RunEvent;
export const FAILED: RunEvent = { type: 'run.failed', message: 'no', hint: 'so' };

export interface Recorded {
  readonly player: Player;
  readonly batches: (readonly StampedEvent[])[];
  readonly statuses: PlayerStatus[];
  readonly abort: AbortController;
}

export function playing(events: AsyncGenerator<RunEvent, void, void>, paused = false): Recorded {
  const batches: (readonly StampedEvent[])[] = [];
  const statuses: PlayerStatus[] = [];
  const abort = new AbortController();
  const listener = {
    events: (batch: readonly StampedEvent[]) => void batches.push(batch),
    status: (status: PlayerStatus) => void statuses.push(status),
  };
  return { player: new Player(events, listener, abort, paused), batches, statuses, abort };
}

export async function* of(...events: RunEvent[]): AsyncGenerator<RunEvent, void, void> {
  yield* events;
}

export const seen = ({ batches }: Recorded): RunEvent[] => batches.flat().map(({ event }) => event);

/** Lets everything that is ready happen. */
export const settle = (ms = 20): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A generator whose events are given one by one, and which counts how many were asked for. */
export function handed(signal?: AbortSignal) {
  const waiting: ((event: RunEvent) => void)[] = [];
  const state = { asked: 0 };
  async function* events(): AsyncGenerator<RunEvent, void, void> {
    for (;;) {
      state.asked += 1;
      yield await new Promise<RunEvent>((resolve, reject) => {
        waiting.push(resolve);
        signal?.addEventListener('abort', () => reject(signal.reason as Error));
      });
    }
  }
  return { state, events: events(), give: (event: RunEvent) => waiting.shift()!(event) };
}

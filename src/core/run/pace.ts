/** How fast a run goes, from its own clock (milliseconds of running, pauses left out). */
import type { StampedEvent } from './run-event';

export interface PacePoint {
  /** Milliseconds of running. */
  readonly at: number;
  readonly systemRuns: number;
}

/** Length of the sliding window, in ms of running. */
export const PACE_WINDOW = 10_000;
/** Below this a rate would be mostly noise, in ms. */
export const SHORTEST = 500;

/** Appends the spending of `batch` and forgets what lies before the window, but for one anchor. */
export function extendPace(
  points: readonly PacePoint[],
  batch: readonly StampedEvent[],
): readonly PacePoint[] {
  const all = [...points];
  for (const { at, event } of batch) {
    if (event.type === 'run.started') {
      all.length = 0;
      all.push({ at, systemRuns: 0 });
    } else if ('spent' in event) all.push({ at, systemRuns: event.spent.systemRuns });
  }
  const last = all.at(-1);
  if (last === undefined) return all;
  const firstInside = all.findIndex(({ at }) => at >= last.at - PACE_WINDOW);
  return all.slice(Math.max(0, firstInside - 1));
}

/** System runs a second over the window; `undefined` while too little was seen. */
export function systemRunsPerSecond(points: readonly PacePoint[]): number | undefined {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined || last.at - first.at < SHORTEST) return undefined;
  return ((last.systemRuns - first.systemRuns) / (last.at - first.at)) * 1000;
}

/** Seconds until what remains is done at this rate; `undefined` where nothing goes on. */
export function secondsLeft(remaining: number, rate: number | undefined): number | undefined {
  return rate === undefined || rate <= 0 ? undefined : Math.max(0, remaining) / rate;
}

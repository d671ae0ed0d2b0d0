/**
 * How fast the present phase goes, from the run's own clock: for phases outside the budget, whose end
 * cannot be told from spending.
 */
import { secondsLeft, SHORTEST } from './pace';
import type { Phase, StampedEvent } from './run-event';

interface Mark {
  readonly phase: string;
  readonly unit: string;
  readonly total: number;
  readonly done: number;
  /** Milliseconds of running. */
  readonly at: number;
}

export interface PhasePace {
  readonly first: Mark;
  readonly last: Mark;
}

/** Follows `batch`; what was seen of another phase, or of another count in it, is forgotten. */
export function extendPhasePace(
  pace: PhasePace | undefined,
  batch: readonly StampedEvent[],
): PhasePace | undefined {
  let present = pace;
  for (const { at, event } of batch) {
    if (event.type === 'run.started') present = undefined;
    if (event.type !== 'progress') continue;
    const { phase, unit, total, done } = event;
    const last = { phase, unit, total, done, at };
    const first = present && continues(present.last, last) ? present.first : last;
    present = { first, last };
  }
  return present;
}

function continues(before: Mark, { phase, unit, total, done }: Mark): boolean {
  return (
    before.phase === phase && before.unit === unit && before.total === total && done >= before.done
  );
}

/** Of what the phase counts, a second; `undefined` while too little was seen. */
export function phaseRate(pace: PhasePace | undefined): number | undefined {
  if (pace === undefined) return undefined;
  const { first, last } = pace;
  if (last.at - first.at < SHORTEST || last.done <= first.done) return undefined;
  return ((last.done - first.done) / (last.at - first.at)) * 1000;
}

/** Seconds until the phase has done all that it counts, at its rate so far. */
export function phaseSecondsLeft(pace: PhasePace | undefined): number | undefined {
  if (pace === undefined) return undefined;
  const { total, done } = pace.last;
  return secondsLeft(total - done, phaseRate(pace));
}

/** Whether spending does not tell how far the phase is: all of it, or most, is outside the budget. */
export function isUnbudgeted(phase: Phase): boolean {
  return phase === 'baseline' || phase === 'final';
}

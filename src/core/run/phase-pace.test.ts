import { describe, expect, it } from 'vitest';
import { extendPhasePace, phaseRate, phaseSecondsLeft } from './phase-pace';
import type { Phase, RunEvent, StampedEvent } from './run-event';

const SPENT = { systemRuns: 0, modelCalls: 0, cacheHits: 0, tokens: 0 };

function at(ms: number, done: number, phase: Phase = 'final', total = 60): StampedEvent {
  return {
    at: ms,
    event: { type: 'progress', phase, done, total, unit: 'test examples', spent: SPENT },
  };
}

describe('pace of a phase', () => {
  it('is what was done over the time since the phase began, however slow', () => {
    const pace = extendPhasePace(undefined, [at(1000, 0), at(31_000, 1)]);
    expect(phaseRate(pace)).toBeCloseTo(1 / 30);
    expect(phaseSecondsLeft(pace)).toBeCloseTo(59 * 30);
    expect(phaseRate(extendPhasePace(pace, [at(41_000, 4)]))).toBeCloseTo(0.1);
  });

  it('begins anew with another phase, another count and another run', () => {
    const before = extendPhasePace(undefined, [at(0, 0), at(9000, 9)]);
    expect(phaseRate(extendPhasePace(before, [at(9000, 0, 'alignment')]))).toBeUndefined();
    expect(phaseRate(extendPhasePace(before, [at(9000, 9, 'final', 30)]))).toBeUndefined();
    expect(phaseRate(extendPhasePace(before, [at(9000, 0), at(11_000, 4)]))).toBeCloseTo(2);
    expect(
      extendPhasePace(before, [{ at: 0, event: { type: 'run.started' } as RunEvent }]),
    ).toBeUndefined();
  });

  it('says nothing from less than half a second, nor while nothing is done', () => {
    expect(phaseRate(undefined)).toBeUndefined();
    expect(phaseSecondsLeft(extendPhasePace(undefined, [at(0, 0)]))).toBeUndefined();
    expect(phaseRate(extendPhasePace(undefined, [at(0, 0), at(499, 5)]))).toBeUndefined();
    expect(phaseRate(extendPhasePace(undefined, [at(0, 0), at(9000, 0)]))).toBeUndefined();
  });
});

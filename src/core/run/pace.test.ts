import { describe, expect, it } from 'vitest';
import { extendPace, secondsLeft, systemRunsPerSecond } from './pace';
import type { RunEvent, StampedEvent } from './run-event';

const startedEvent = () => ({ type: 'run.started' }) as RunEvent;

function progressAt(at: number, systemRuns: number): StampedEvent {
  const spent = { systemRuns, modelCalls: 0, cacheHits: 0, tokens: 0 };
  const progress = { type: 'progress', phase: 'rollouts', done: systemRuns, total: 160 } as const;
  return { at, event: { ...progress, unit: 'system runs', spent } };
}

describe('pace', () => {
  it('is the spending over the time seen', () => {
    const points = extendPace([], [progressAt(0, 0), progressAt(4000, 40)]);
    expect(systemRunsPerSecond(points)).toBe(10);
  });

  it('forgets what lies before the last ten seconds', () => {
    let points = extendPace([], [progressAt(0, 0)]);
    for (let second = 1; second <= 20; second++) {
      // Slow at first, fast later.
      const runs = second <= 10 ? second : 10 + (second - 10) * 5;
      points = extendPace(points, [progressAt(second * 1000, runs)]);
    }
    expect(systemRunsPerSecond(points)).toBeGreaterThan(4.5);
    expect(points.length).toBeLessThanOrEqual(12);
  });

  it('starts anew with a run', () => {
    const before = extendPace([], [progressAt(0, 0), progressAt(9000, 300)]);
    const after = extendPace(before, [{ at: 0, event: startedEvent() }]);
    expect(after).toEqual([{ at: 0, systemRuns: 0 }]);
    expect(systemRunsPerSecond(after)).toBeUndefined();
  });

  it('says nothing from less than half a second', () => {
    expect(
      systemRunsPerSecond(extendPace([], [progressAt(0, 0), progressAt(100, 9)])),
    ).toBeUndefined();
  });
});

describe('secondsLeft', () => {
  it('is what remains at the present rate, and unknown at a standstill', () => {
    expect(secondsLeft(100, 20)).toBe(5);
    expect(secondsLeft(-1, 20)).toBe(0);
    expect(secondsLeft(100, 0)).toBeUndefined();
    expect(secondsLeft(100, undefined)).toBeUndefined();
  });
});

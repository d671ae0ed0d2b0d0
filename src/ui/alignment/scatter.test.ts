import { describe, expect, it } from 'vitest';
import { centredByInput, thinned } from './scatter';

describe('centredByInput', () => {
  it('takes away the mean of each input and nothing else', () => {
    const points = centredByInput([
      { group: 'a', local: 101, global: 1 },
      { group: 'b', local: -4, global: 0.5 },
      { group: 'a', local: 99, global: 0 },
    ]);
    expect(points).toEqual([
      { local: 1, global: 1 },
      { local: 0, global: 0.5 },
      { local: -1, global: 0 },
    ]);
  });
});

describe('thinned', () => {
  it('keeps few points as they are and takes many evenly', () => {
    const points = Array.from({ length: 1000 }, (_, i) => i);
    expect(thinned(points.slice(0, 400))).toHaveLength(400);
    const kept = thinned(points);
    expect(kept).toHaveLength(400);
    expect(new Set(kept).size).toBe(400);
    expect(kept.at(-1)).toBeGreaterThan(990);
  });
});

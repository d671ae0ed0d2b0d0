import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignment, wilsonInterval, type ScoredOutput } from './alignment';

/** Outputs of one group from [local, global] pairs. */
function group(name: string, ...rewards: [local: number, global: number][]): ScoredOutput[] {
  return rewards.map(([local, global]) => ({ group: name, local, global }));
}

describe('the Wilson interval', () => {
  it('has the published values', () => {
    // Wilson score limits without continuity correction (Newcombe 1998, table I: 81/263, 15/148,
    // 0/20, 1/29).
    const published = [
      [8, 10, 0.4902, 0.9433],
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const;
    for (const [successes, trials, low, high] of published) {
      const interval = wilsonInterval(successes, trials);
      expect(interval.low).toBeCloseTo(low, 4);
      expect(interval.high).toBeCloseTo(high, 4);
    }
  });

  it('is everything when nothing was tried', () => {
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
  });

  it('contains the proportion and lies in [0, 1]', () => {
    const counts = fc
      .integer({ min: 1, max: 500 })
      .chain((n) => fc.tuple(fc.integer({ min: 0, max: 2 * n }), fc.constant(n)));
    fc.assert(
      fc.property(counts, ([halves, n]) => {
        const { low, high } = wilsonInterval(halves / 2, n);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(halves / 2 / n + 1e-12);
        expect(high).toBeGreaterThanOrEqual(halves / 2 / n - 1e-12);
      }),
    );
  });

  it('mirrors when successes and failures change places', () => {
    const { low, high } = wilsonInterval(3, 11);
    const mirrored = wilsonInterval(8, 11);
    expect(mirrored.low).toBeCloseTo(1 - high, 12);
    expect(mirrored.high).toBeCloseTo(1 - low, 12);
  });
});

describe('alignment', () => {
  it('counts strict pairs, with one half for an equal local reward', () => {
    // a–b is right, a–c a local tie, b–c wrong: accuracy (1 + ½) / 3.
    const measured = alignment(group('x', [1, 0], [2, 0.5], [1, 1]));
    expect(measured.pairs).toBe(3);
    expect(measured.accuracy).toBeCloseTo(0.5, 12);
    // τ-b = (1 − 1) / √(3 · 2).
    expect(measured.kendallTau).toBe(0);
  });

  it('has the τ-b that one gets by hand where both rewards have ties', () => {
    // Of the outputs a, b, c, d: ab is tied locally, bc globally, ac, ad, bd and cd agree.
    // τ-b = 4 / √((4 + 1)(4 + 1)) = 0.8; five strict pairs, accuracy 4.5 / 5.
    const measured = alignment(group('x', [1, 0], [1, 1], [2, 1], [3, 2]));
    expect(measured.pairs).toBe(5);
    expect(measured.kendallTau).toBeCloseTo(0.8, 12);
    expect(measured.accuracy).toBeCloseTo(0.9, 12);
  });

  it('leaves pairs that are tied in both out of everything', () => {
    const measured = alignment(group('x', [1, 1], [1, 1], [2, 2]));
    expect(measured.pairs).toBe(2);
    expect(measured.accuracy).toBe(1);
    expect(measured.kendallTau).toBe(1);
  });

  it('is −1 for a reward that orders everything the wrong way round', () => {
    const measured = alignment(group('x', [3, 0], [2, 1], [1, 2]));
    expect(measured.accuracy).toBe(0);
    expect(measured.kendallTau).toBe(-1);
    expect(measured.low).toBeCloseTo(0, 12);
  });

  it('never compares outputs of different groups', () => {
    // Across the groups the order is all wrong, within them all right.
    const measured = alignment([
      ...group('low', [11, 0.1], [12, 0.2]),
      ...group('high', [1, 0.8], [2, 0.9]),
    ]);
    expect(measured.pairs).toBe(2);
    expect(measured.accuracy).toBe(1);
    expect(measured.kendallTau).toBe(1);
  });

  it('knows nothing without a strict pair', () => {
    const nothing = { pairs: 0, accuracy: 0.5, low: 0, high: 1, kendallTau: null };
    expect(alignment([])).toEqual(nothing);
    expect(alignment(group('x', [1, 1]))).toEqual(nothing);
    expect(alignment(group('x', [1, 1], [2, 1]))).toEqual(nothing);
  });

  it('has no τ where the local reward is the same for all', () => {
    const measured = alignment(group('x', [1, 0], [1, 1]));
    expect(measured.kendallTau).toBeNull();
    expect(measured.accuracy).toBe(0.5);
  });

  it('carries the Wilson interval of its accuracy', () => {
    // Ten groups of one strict pair, eight of them right.
    const outputs = Array.from({ length: 10 }, (_, i) =>
      group(`g${i}`, [0, 0], [i < 8 ? 1 : -1, 1]),
    ).flat();
    const { pairs, accuracy, low, high } = alignment(outputs);
    expect([pairs, accuracy]).toEqual([10, 0.8]);
    expect(low).toBeCloseTo(0.4902, 4);
    expect(high).toBeCloseTo(0.9433, 4);
  });

  it('does not change when the local rewards of one group move by a constant', () => {
    const reward = fc.integer({ min: -5, max: 5 });
    const outputs = fc.array(
      fc.record({ group: fc.constantFrom('a', 'b', 'c'), local: reward, global: reward }),
      { maxLength: 14 },
    );
    fc.assert(
      fc.property(outputs, reward, (items, shift) => {
        const moved = items.map((item) =>
          item.group === 'a' ? { ...item, local: item.local + shift } : item,
        );
        expect(alignment(moved)).toEqual(alignment(items));
      }),
    );
  });

  it('does not depend on the order of the outputs', () => {
    const outputs = [...group('x', [1, 0], [3, 1], [2, 2]), ...group('y', [0, 1], [1, 0])];
    expect(alignment([...outputs].reverse())).toEqual(alignment(outputs));
  });
});

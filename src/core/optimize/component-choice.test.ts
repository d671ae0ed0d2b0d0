import { describe, expect, it } from 'vitest';
import { randomStream } from '../random/stream';
import { chooseComponent, RecentGaps } from './component-choice';

function gapsOf(values: Readonly<Record<string, number>>): RecentGaps {
  const gaps = new RecentGaps();
  for (const [component, gap] of Object.entries(values)) gaps.record(component, gap);
  return gaps;
}

describe('recent gaps', () => {
  it('are averaged over the window, older ones forgotten', () => {
    const gaps = new RecentGaps(3);
    for (const gap of [9, 9, 1, 2, 6]) gaps.record('c', gap);
    expect(gaps.mean('c')).toBe(3);
    gaps.record('c', 1);
    expect(gaps.mean('c')).toBe(3);
    gaps.record('c', 5);
    expect(gaps.mean('c')).toBe(4);
  });

  it('are kept by component, 0 for one that was never sampled', () => {
    const gaps = gapsOf({ a: 0.5 });
    expect(gaps.mean('a')).toBe(0.5);
    expect(gaps.mean('b')).toBe(0);
  });
});

describe('the choice of a component', () => {
  it('has the softmax of the mean gaps as probabilities', () => {
    const gaps = gapsOf({ a: 0.05 * Math.log(6), b: 0.05 * Math.log(3) });
    const { probabilities } = chooseComponent(['a', 'b', 'c'], gaps, 0.05, randomStream('x'));
    expect(Object.keys(probabilities)).toEqual(['a', 'b', 'c']);
    expect(probabilities['a']).toBeCloseTo(0.6, 12);
    expect(probabilities['b']).toBeCloseTo(0.3, 12);
    expect(probabilities['c']).toBeCloseTo(0.1, 12);
  });

  it('draws as often as it says', () => {
    const gaps = gapsOf({ a: Math.log(3) });
    const random = randomStream('draws');
    let a = 0;
    for (let i = 0; i < 2000; i++) {
      if (chooseComponent(['a', 'b'], gaps, 1, random).component === 'a') a += 1;
    }
    // 3/4 of 2000, standard deviation 19.
    expect(Math.abs(a - 1500)).toBeLessThan(80);
  });

  it('is uniform while no component gained anything', () => {
    const { probabilities } = chooseComponent(['a', 'b'], gapsOf({}), 0.05, randomStream('x'));
    expect(probabilities).toEqual({ a: 0.5, b: 0.5 });
  });

  it('can only choose an eligible component', () => {
    const gaps = gapsOf({ a: 100, b: 0 });
    expect(chooseComponent(['b'], gaps, 0.05, randomStream('x'))).toEqual({
      component: 'b',
      probabilities: { b: 1 },
    });
    expect(() => chooseComponent([], gaps, 0.05, randomStream('x'))).toThrow(RangeError);
  });
});

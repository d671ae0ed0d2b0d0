import { describe, expect, it } from 'vitest';
import { chanceReciprocalRank, hitAtOne, readRanking, reciprocalRank } from './metric';

describe('reciprocal rank', () => {
  it('is 1 over the place of the first right one', () => {
    expect(reciprocalRank(['a', 'b', 'c'], ['a'])).toBe(1);
    expect(reciprocalRank(['a', 'b', 'c'], ['c', 'b'])).toBe(0.5);
    expect(reciprocalRank(['a', 'b', 'c'], ['d'])).toBe(0);
    expect(reciprocalRank([], ['d'])).toBe(0);
  });

  it('is a hit only in the first place', () => {
    expect(hitAtOne(['a', 'b'], ['a', 'b'])).toBe(1);
    expect(hitAtOne(['a', 'b'], ['b'])).toBe(0);
  });
});

describe('reading a ranking', () => {
  it('takes each candidate where it is named first and leaves other lines out', () => {
    const text = '1. Lion: eats zebras\nnothing\n2. Lion\nTiger';
    expect(readRanking(text, ['Tiger', 'Lion', 'Oak'])).toEqual(['Lion', 'Tiger']);
  });
});

/** Mean reciprocal rank over all orders, counted one by one. */
function byCounting(n: number, m: number): number {
  let sum = 0;
  let orders = 0;
  const place = (left: number[], at: number, first: number): void => {
    if (left.length === 0) {
      sum += 1 / first;
      orders += 1;
    }
    left.forEach((item, i) => {
      const rest = [...left.slice(0, i), ...left.slice(i + 1)];
      place(rest, at + 1, first === 0 && item < m ? at : first);
    });
  };
  place([...Array(n).keys()], 1, 0);
  return sum / orders;
}

describe('the chance level', () => {
  it('has the values one gets by hand', () => {
    // One right of three: (1 + 1/2 + 1/3) / 3.
    expect(chanceReciprocalRank(3, 1)).toBeCloseTo(11 / 18, 12);
    // Two right of three: first with 2/3, second with 1/3.
    expect(chanceReciprocalRank(3, 2)).toBeCloseTo(2 / 3 + 1 / 6, 12);
    expect(chanceReciprocalRank(4, 4)).toBe(1);
    expect(chanceReciprocalRank(4, 0)).toBe(0);
  });

  it.each([
    [5, 1],
    [5, 3],
    [6, 2],
  ])('is the mean over all orders: %i candidates, %i right', (n, m) => {
    expect(chanceReciprocalRank(n, m)).toBeCloseTo(byCounting(n, m), 12);
  });
});

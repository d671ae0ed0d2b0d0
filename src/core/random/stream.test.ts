import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boltzmannIndex, pick, randomStream, shuffled, softmax, type RandomStream } from './stream';

function draws(stream: RandomStream, count = 20): number[] {
  return Array.from({ length: count }, () => stream.uniform());
}

/** A stream whose uniform draws are given. */
function given(...values: number[]): RandomStream {
  return {
    uniform: () => values.shift()!,
    below: () => {
      throw new Error('not used');
    },
  };
}

describe('a random stream', () => {
  it('repeats itself for an equal name', () => {
    expect(draws(randomStream(7, 'component', 'x'))).toEqual(
      draws(randomStream(7, 'component', 'x')),
    );
  });

  it('differs when any part of its name differs', () => {
    const names = [
      [7, 'a', 'x'],
      [8, 'a', 'x'],
      [7, 'b', 'x'],
      [7, 'a', 'y'],
      [7, 'x', 'a'],
    ] as const;
    const first = names.map((name) => randomStream(...name).uniform());
    expect(new Set(first).size).toBe(names.length);
  });

  it('is not changed by draws from another stream', () => {
    const alone = draws(randomStream('one'));
    const one = randomStream('one');
    const other = randomStream('two');
    expect(
      alone.map(() => {
        other.uniform();
        return one.uniform();
      }),
    ).toEqual(alone);
  });

  it('draws uniform numbers in [0, 1) with mean about one half', () => {
    const values = draws(randomStream('uniform'), 4000);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    // Standard error 0.2887 / √4000 = 0.0046.
    expect(values.reduce((a, b) => a + b, 0) / 4000).toBeCloseTo(0.5, 1);
  });

  it('draws integers below n, each of them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.string(), (n, name) => {
        const stream = randomStream(name);
        const seen = new Set(Array.from({ length: 60 * n }, () => stream.below(n)));
        expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  it('refuses to draw below less than one', () => {
    for (const n of [0, -1, NaN]) {
      expect(() => randomStream('x').below(n)).toThrow(RangeError);
    }
  });
});

describe('shuffling', () => {
  it('gives a permutation and leaves the original alone', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.string(), (items, name) => {
        const before = [...items];
        const after = shuffled(items, randomStream(name));
        expect(items).toEqual(before);
        const byValue = (a: number, b: number): number => a - b;
        expect([...after].sort(byValue)).toEqual([...before].sort(byValue));
      }),
    );
  });

  it('puts every element at every place about equally often', () => {
    const counts = [0, 0, 0];
    for (let i = 0; i < 3000; i++) {
      counts[shuffled(['a', 'b', 'c'], randomStream('place', i)).indexOf('a')]! += 1;
    }
    // Standard deviation √(3000 · 1/3 · 2/3) ≈ 26.
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(130);
  });
});

describe('picking', () => {
  it('refuses to pick from nothing', () => {
    expect(() => pick([], randomStream('x'))).toThrow(RangeError);
  });
});

describe('softmax', () => {
  it('gives 1/4 and 3/4 for scores 0 and ln 3', () => {
    const [a, b] = softmax([0, Math.log(3)], 1);
    expect(a).toBeCloseTo(0.25, 12);
    expect(b).toBeCloseTo(0.75, 12);
  });

  it('divides scores by the temperature', () => {
    const [a, b] = softmax([0, 2 * Math.log(4)], 2);
    expect(a).toBeCloseTo(0.2, 12);
    expect(b).toBeCloseTo(0.8, 12);
  });

  it('does not overflow for huge scores or tiny temperatures', () => {
    expect(softmax([1e308, 1e308], 1)).toEqual([0.5, 0.5]);
    expect(softmax([-1e4, 0], 1e-3)).toEqual([0, 1]);
  });

  it('adds up to one and does not change when a constant is added to all scores', () => {
    const score = fc.double({ min: -50, max: 50, noNaN: true });
    fc.assert(
      fc.property(fc.array(score, { minLength: 1, maxLength: 8 }), score, (scores, shift) => {
        const plain = softmax(scores, 1.5);
        const shifted = softmax(
          scores.map((value) => value + shift),
          1.5,
        );
        expect(plain.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
        plain.forEach((p, i) => expect(shifted[i]).toBeCloseTo(p, 8));
      }),
    );
  });

  it('refuses no scores and temperatures that are not positive', () => {
    expect(() => softmax([], 1)).toThrow(RangeError);
    for (const temperature of [0, -1, NaN]) {
      expect(() => softmax([1], temperature)).toThrow(RangeError);
    }
  });
});

describe('a Boltzmann draw', () => {
  it('draws each index as often as its softmax says', () => {
    const random = randomStream('boltzmann');
    const counts = [0, 0, 0];
    const total = 8000;
    for (let i = 0; i < total; i++) {
      counts[boltzmannIndex([0, Math.log(2), Math.log(5)], 1, random)]! += 1;
    }
    // 1/8, 2/8 and 5/8; standard errors are below 0.0055.
    expect(counts[0]! / total).toBeCloseTo(0.125, 1.5);
    expect(counts[1]! / total).toBeCloseTo(0.25, 1.5);
    expect(counts[2]! / total).toBeCloseTo(0.625, 1.5);
  });

  it('maps the uniform draw onto the cumulated probabilities', () => {
    const scores = [0, Math.log(3)];
    expect(boltzmannIndex(scores, 1, given(0))).toBe(0);
    expect(boltzmannIndex(scores, 1, given(0.2499))).toBe(0);
    expect(boltzmannIndex(scores, 1, given(0.2501))).toBe(1);
    expect(boltzmannIndex(scores, 1, given(0.9999999999999999))).toBe(1);
  });

  it('is greedy at a small temperature', () => {
    const random = randomStream('greedy');
    for (let i = 0; i < 100; i++) expect(boltzmannIndex([0.1, 0.9, 0.5], 0.001, random)).toBe(1);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../random/stream';
import { mean, pairedBootstrap, quantile } from './bootstrap';

describe('the paired bootstrap interval', () => {
  it('is the constant itself when all differences are equal', () => {
    const { low, high } = pairedBootstrap(Array<number>(7).fill(0.25), [1]);
    expect(low).toBe(0.25);
    expect(high).toBe(0.25);
  });

  it('is equal for equal seeds and differs for others', () => {
    const differences = [0.1, -0.2, 0.4, 0, 0.3, -0.1, 0.7];
    expect(pairedBootstrap(differences, [3, 'x'])).toEqual(pairedBootstrap(differences, [3, 'x']));
    expect(pairedBootstrap(differences, [3, 'x'])).not.toEqual(
      pairedBootstrap(differences, [4, 'x']),
    );
  });

  it('lies within the differences, in order', () => {
    const value = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 12 }), (differences) => {
        const { low, high } = pairedBootstrap(differences, ['range'], 200);
        expect(low).toBeLessThanOrEqual(high);
        expect(low).toBeGreaterThanOrEqual(Math.min(...differences) - 1e-12);
        expect(high).toBeLessThanOrEqual(Math.max(...differences) + 1e-12);
      }),
    );
  });

  it('has about the half width 1.96 / √n of a normal mean', () => {
    // Half of the differences 1 and half −1: standard deviation 1, n = 100, so 0.196.
    const differences = Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? 1 : -1));
    const { low, high } = pairedBootstrap(differences, ['width'], 4000);
    expect(Math.abs(high - 0.196)).toBeLessThan(0.025);
    expect(Math.abs(low + 0.196)).toBeLessThan(0.025);
  });

  it('covers the true mean in about 95 % of samples', () => {
    let covered = 0;
    const samples = 300;
    for (let s = 0; s < samples; s++) {
      const random = randomStream('coverage', s);
      const differences = Array.from({ length: 40 }, () => random.uniform() - 0.5);
      const { low, high } = pairedBootstrap(differences, [s], 400);
      if (low <= 0 && high >= 0) covered += 1;
    }
    expect(covered / samples).toBeGreaterThan(0.9);
    expect(covered / samples).toBeLessThan(0.985);
  });

  it('refuses to say anything about no differences', () => {
    expect(() => pairedBootstrap([], [1])).toThrow(RangeError);
  });
});

describe('a quantile', () => {
  it('interpolates as type 7 does', () => {
    // R: quantile(c(1, 2, 4, 8), c(0, .1, .25, .5, .9, 1)) gives 1, 1.3, 1.75, 3, 6.8, 8.
    const sorted = [1, 2, 4, 8];
    const expected = { 0: 1, 0.1: 1.3, 0.25: 1.75, 0.5: 3, 0.9: 6.8, 1: 8 };
    for (const [p, value] of Object.entries(expected)) {
      expect(quantile(sorted, Number(p))).toBeCloseTo(value, 12);
    }
  });

  it('of one value is this value, and of nothing an error', () => {
    expect(quantile([5], 0.3)).toBe(5);
    expect(() => quantile([], 0.5)).toThrow(RangeError);
  });
});

describe('a mean', () => {
  it('is the sum over the count, and of nothing an error rather than 0', () => {
    expect(mean([1, 2, 6])).toBe(3);
    expect(() => mean([])).toThrow(RangeError);
  });
});

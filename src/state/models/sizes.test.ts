import { describe, expect, it } from 'vitest';
import { amount, rate, size } from './sizes';

describe('sizes', () => {
  it('names the largest unit that keeps two digits or more', () => {
    expect(size(94_123_456)).toBe('94 MB');
    expect(size(2_263_690_000)).toBe('2.3 GB');
    expect(size(999_600_000)).toBe('1.0 GB');
    expect(size(999_400_000)).toBe('999 MB');
    expect(size(1_500_000)).toBe('1.5 MB');
    expect(size(9_960_000)).toBe('10 MB');
    expect(size(1200)).toBe('2 kB');
    expect(size(0)).toBe('0 kB');
    expect(size(Number.NaN)).toBe('–');
  });

  it('writes what is done and what there is in one unit', () => {
    expect(amount(12_340_000, 376_060_000)).toBe('12.3 of 376.1 MB');
    expect(amount(12_340_000, 2_300_000_000)).toBe('0.01 of 2.30 GB');
    expect(amount(5_000_000, undefined)).toBe('5.0 MB');
  });

  it('writes rates', () => {
    expect(rate(12_345_678)).toBe('12.3 MB a second');
    expect(rate(4_200)).toBe('4 kB a second');
  });
});

import { describe, expect, it } from 'vitest';
import { duration, number, percent, plural, rate, score, signed } from './format';
import { spread } from './plot';

describe('numbers', () => {
  it('writes scores with three digits and a dash for none', () => {
    expect(score(0.5)).toBe('0.500');
    expect(score(-0.25)).toBe('−0.250');
    expect(score(null)).toBe('–');
    expect(score(Number.NaN)).toBe('–');
    expect(signed(0.1)).toBe('+0.100');
    expect(signed(-0.1)).toBe('−0.100');
    expect(signed(null)).toBe('–');
  });

  it('writes any number to four digits and whole ones to the last', () => {
    expect(number(1 / 3)).toBe('0.3333');
    expect(number(-1.5)).toBe('−1.5');
    expect(number(12345)).toBe('12345');
    expect(number(12345.6)).toBe('12346');
  });

  it('writes shares, counts and times', () => {
    expect(percent(0.256)).toBe('26 %');
    expect(plural(1, 'change')).toBe('1 change');
    expect(plural(1200, 'change')).toBe('1,200 changes');
    expect(duration(59.6)).toBe('1 min 00 s');
    expect(duration(3599.6)).toBe('1 h 00 min');
    expect(duration(11_240)).toBe('3 h 07 min');
    expect(duration(-3)).toBe('0 s');
  });

  it('tells a rate also where one takes many seconds', () => {
    expect([28.71, 1, 0.5, 0.0333, 0, undefined].map(rate)).toEqual([
      '28.7',
      '1.0',
      '0.5',
      '0.033',
      '0',
      '–',
    ]);
  });
});

describe('spread', () => {
  it('keeps labels apart and above the bottom', () => {
    const placed = spread(
      [
        { text: 'c', y: 99 },
        { text: 'a', y: 90 },
        { text: 'b', y: 91 },
      ],
      10,
      100,
    );
    expect(placed.map(({ text }) => text)).toEqual(['a', 'b', 'c']);
    expect(placed.map(({ y }) => y)).toEqual([80, 90, 100]);
  });
});

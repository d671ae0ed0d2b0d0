import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LimitedText } from './limited-text';

function read(pieces: readonly string[], stops: string[], most?: number) {
  const limited = new LimitedText(stops, most);
  let told = '';
  for (const piece of pieces) told += limited.add(piece);
  told += limited.end();
  expect(told).toBe(limited.text);
  return [told, limited.ended];
}

describe('an answer with an end', () => {
  it('ends before the first stop text, also where pieces cut it', () => {
    expect(read(['a\n', '\nb'], ['\n\n'])).toEqual(['a', 'stop']);
    expect(read(['one', 'END', 'two'], ['D', 'EN'])).toEqual(['one', 'stop']);
    expect(read(['a', '\n', 'b'], ['\n\n', ''])).toEqual(['a\nb', 'stop']);
  });

  it('tells what cannot belong to a stop text, and the rest at its end', () => {
    const limited = new LimitedText(['STOP']);
    expect(limited.add('a ST')).toBe('a ');
    expect(limited.add('S')).toBe('ST');
    expect(limited.end()).toBe('S');
  });

  it('ends by length only where more was to come', () => {
    expect(read(['a', '', 'b'], [], 2)).toEqual(['ab', 'stop']);
    expect(read(['a', 'b', 'c', 'd'], [], 2)).toEqual(['ab', 'length']);
    expect(read(['a', 'bS', 'c'], ['ST'], 2)).toEqual(['abS', 'length']);
  });

  it('is what stands before the stop texts, however it is cut', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 12 });
    const stop = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(
        fc.array(letters, { maxLength: 5 }),
        fc.array(stop, { maxLength: 2 }),
        (pieces, stops) => {
          const all = pieces.join('');
          const [told] = read(pieces, stops);
          expect(stops.some((text) => told!.includes(text))).toBe(false);
          expect(all.startsWith(told!)).toBe(true);
          const rest = all.slice(told!.length);
          expect(rest === '' || stops.some((text) => rest.startsWith(text))).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});

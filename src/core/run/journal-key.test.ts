import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyOf, shortHash } from './journal-key';

describe('a short hash', () => {
  it('differs for a hundred thousand texts that differ little', () => {
    const hashes = new Set<string>();
    for (let i = 0; i < 50_000; i++) {
      hashes.add(shortHash(`Answer the question. ${i}`));
      hashes.add(shortHash(`${i} Answer the question.`));
    }
    expect(hashes.size).toBe(100_000);
  });

  it('flips about half of its bits with any one of the text', () => {
    const bits = (text: string) => BigInt(parseBase36(shortHash(text)));
    let flipped = 0;
    for (let i = 0; i < 500; i++) {
      let difference = bits(`prompt ${i} of many`) ^ bits(`prompt ${i} of manx`);
      for (; difference > 0n; difference >>= 1n) flipped += Number(difference & 1n);
    }
    expect(flipped / 500 / 53).toBeGreaterThan(0.45);
    expect(flipped / 500 / 53).toBeLessThan(0.55);
  });

  it('is short and the same in every engine', () => {
    expect(shortHash('')).toBe(shortHash(''));
    fc.assert(fc.property(fc.string(), (text) => /^[0-9a-z]{1,11}$/.test(shortHash(text))));
    expect([shortHash(''), shortHash('a'), shortHash('Wo ist der Fluß? 🦊')])
      .toMatchInlineSnapshot(`
      [
        "wvjl67o803",
        "262p94epp1d",
        "1jq7so7px0k",
      ]
    `);
  });
});

describe('a key of data', () => {
  it('tells apart what a joined text would not', () => {
    expect(keyOf('a', 'b')).not.toBe(keyOf('ab'));
    expect(keyOf(['a'], 'b')).not.toBe(keyOf('a', ['b']));
    expect(keyOf(1)).not.toBe(keyOf('1'));
    expect(keyOf({ a: [1, 2] })).toBe(keyOf({ a: [1, 2] }));
  });
});

function parseBase36(text: string): number {
  return Number.parseInt(text, 36);
}

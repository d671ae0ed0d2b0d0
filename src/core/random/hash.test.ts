import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, contentHash, seedOf } from './hash';

describe('canonical JSON', () => {
  it('writes object keys in sorted order at every depth and leaves arrays alone', () => {
    expect(canonicalJson({ b: { d: 1, c: [3, { y: 1, x: 2 }, 2] }, a: null })).toBe(
      '{"a":null,"b":{"c":[3,{"x":2,"y":1},2],"d":1}}',
    );
  });

  it('tells a text from the number it looks like', () => {
    expect(canonicalJson({ k: 1 })).not.toBe(canonicalJson({ k: '1' }));
  });

  it('reads back as an equal value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(JSON.parse(canonicalJson(JSON.parse(text)))).toEqual(JSON.parse(text));
      }),
    );
  });
});

describe('content hash', () => {
  it('is the beginning of the SHA-256 of the canonical JSON', () => {
    // sha256('"abc"'), with the quotes, by an independent implementation.
    expect(contentHash('abc')).toBe('6cc43f858fbb7633');
  });

  it('does not depend on the order in which keys were written', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(contentHash(turned)).toBe(contentHash(value));
      }),
    );
  });

  it('differs when the order of a list differs', () => {
    expect(contentHash([1, 2])).not.toBe(contentHash([2, 1]));
  });

  it('has 16 hexadecimal digits even for texts that are not valid Unicode', () => {
    expect(contentHash('\ud800')).toMatch(/^[0-9a-f]{16}$/);
    expect(contentHash('\ud800')).not.toBe(contentHash('\ufffd'));
  });
});

describe('seeds', () => {
  it('depend on the order of the parts', () => {
    expect(seedOf('a', 'b')).not.toBe(seedOf('b', 'a'));
  });

  it('depend on where one part ends and the next begins', () => {
    expect(seedOf('ab', 'c')).not.toBe(seedOf('a', 'bc'));
    expect(seedOf(1, 2)).not.toBe(seedOf(12));
    expect(seedOf(1)).not.toBe(seedOf('1'));
  });

  it('are unsigned 32-bit integers and equal for equal parts', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.integer())), (parts) => {
        const seed = seedOf(...parts);
        expect(seed).toBe(seedOf(...parts));
        expect(seed).toBe(seed >>> 0);
      }),
    );
  });
});

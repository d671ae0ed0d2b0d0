import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Example } from '../core/system/compound-system';
import { MIN_EXAMPLES, splitExamples } from './split';

const examples = (count: number): Example[] =>
  Array.from({ length: count }, (_, i) => ({ id: `e${i}`, inputs: {}, expected: [] }));
const ids = (part: readonly Example[]): string[] => part.map(({ id }) => id);

describe('splitting examples', () => {
  it('gives 35 % train, 25 % validation and the rest for tests', () => {
    const { train, validation, test } = splitExamples(examples(60), 0);
    expect([train.length, validation.length, test.length]).toEqual([21, 15, 24]);
  });

  it('puts every example into exactly one part', () => {
    const counts = fc.integer({ min: MIN_EXAMPLES, max: 300 });
    fc.assert(
      fc.property(counts, fc.nat(), (count, seed) => {
        const { train, validation, test } = splitExamples(examples(count), seed);
        const all = [...ids(train), ...ids(validation), ...ids(test)];
        expect(all).toHaveLength(count);
        expect(new Set(all)).toEqual(new Set(ids(examples(count))));
        expect(Math.min(train.length, validation.length, test.length)).toBeGreaterThan(0);
      }),
    );
  });

  it('is the same for the same seed and another for another', () => {
    expect(splitExamples(examples(40), 7)).toEqual(splitExamples(examples(40), 7));
    expect(ids(splitExamples(examples(40), 7).test)).not.toEqual(
      ids(splitExamples(examples(40), 8).test),
    );
  });

  it('refuses too few and says how many are needed', () => {
    expect(() => splitExamples(examples(MIN_EXAMPLES), 0)).not.toThrow();
    expect(() => splitExamples(examples(11), 0)).toThrow(/has 11 questions, at least 12/);
  });
});

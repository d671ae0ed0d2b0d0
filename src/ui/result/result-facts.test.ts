import { describe, expect, it } from 'vitest';
import {
  ALIGNMENT_COLUMNS,
  alignmentRows,
  bestOfSentence,
  maximumSentence,
  meanCalibrationError,
  verdict,
} from './result-facts';

const HEAD = {
  pairs: 1200,
  accuracy: 0.75,
  low: 0.7,
  high: 0.8,
  kendallTau: 0.4,
  spearman: null,
  calibrationError: 0.1,
  reference: 0.6,
};

describe('the alignment of a result', () => {
  it('has a row a component and a cell a column', () => {
    const [row] = alignmentRows({ alignment: { writer: HEAD } });
    expect(row).toHaveLength(ALIGNMENT_COLUMNS.length);
    expect(row).toEqual([
      'writer',
      '1,200',
      '0.750 (0.700 to 0.800)',
      '0.600',
      '0.400',
      '–',
      '0.100',
    ]);
  });

  it('leaves heads without a calibration error out of the mean', () => {
    const without = { ...HEAD, calibrationError: null };
    const other = { ...HEAD, calibrationError: 0.2 };
    expect(meanCalibrationError({ alignment: { a: HEAD, b: without, c: other } })).toBeCloseTo(
      0.15,
    );
    expect(meanCalibrationError({ alignment: { b: without } })).toBeNull();
    expect(meanCalibrationError({ alignment: {} })).toBeNull();
  });
});

describe('maximumSentence', () => {
  it('claims a maximum only where it was shown', () => {
    expect(maximumSentence({ componentwiseMaximum: true })).toMatch(/^A component-wise maximum/);
    expect(maximumSentence({ componentwiseMaximum: false })).toMatch(/^Not known to be/);
  });
});

describe('bestOfSentence', () => {
  const test = {
    initial: 0.1,
    final: 0.3,
    n: 10,
    low: 0.1,
    high: 0.3,
    failed: 0,
    beside: { initial: {}, final: {} },
  };

  it('is silent where the run asked for none', () => {
    expect(bestOfSentence({ test })).toBeUndefined();
  });

  it('gives the score, the difference and its interval', () => {
    const bestOf = { samples: { writer: 4, reader: 2 }, test: 0.35, low: -0.01, high: 0.11 };
    expect(bestOfSentence({ bestOf, test })).toBe(
      'Best of several outputs by the local reward (4 of writer, 2 of reader): test 0.350, +0.050 against one output each, 95 % interval −0.010 to +0.110.',
    );
  });

  it('says so when nothing was completed', () => {
    const bestOf = { samples: { writer: 4 }, test: null, low: null, high: null };
    expect(bestOfSentence({ bestOf, test })).toMatch(/no test example was completed\.$/);
  });
});

describe('the verdict', () => {
  const of = (method: string, accepted: number, low: number | null, high: number | null) =>
    verdict({
      method,
      changes: { accepted, rejected: 0 },
      test: {
        initial: 0.5,
        final: 0.6,
        n: 9,
        failed: 0,
        low,
        high,
        beside: { initial: {}, final: {} },
      },
    });

  it('follows the interval of the difference', () => {
    expect(of('optimas', 1, 0.01, 0.2)).toMatch(/above 0: the gain/);
    expect(of('optimas', 1, -0.2, -0.01)).toMatch(/below 0: the system became worse/);
    expect(of('optimas', 1, -0.1, 0.1)).toMatch(/contains 0/);
    expect(of('optimas', 1, null, null)).toBe('');
  });

  it('says that nothing was tried or accepted, of a run only', () => {
    expect(of('optimas', 0, 0, 0)).toMatch(/^No change was tried/);
    const rejected = { accepted: 0, rejected: 2 };
    const test = {
      initial: 0,
      final: 0,
      n: 1,
      failed: 0,
      low: 0,
      high: 0,
      beside: { initial: {}, final: {} },
    };
    expect(verdict({ method: 'optimas', changes: rejected, test })).toMatch(
      /^No change was accepted/,
    );
    expect(of('measurement', 0, 0.01, 0.2)).toMatch(/above 0: it is better than the initial one/);
    expect(of('measurement', 0, -0.2, -0.01)).toMatch(/below 0: it is worse/);
    expect(of('measurement', 0, -0.1, 0.1)).toMatch(/contains 0/);
  });
});

import { describe, expect, it } from 'vitest';
import { learnStandardisation, standardise } from './standardisation';

const rows = (...values: number[][]): Float32Array[] => values.map((row) => Float32Array.from(row));

describe('standardisation', () => {
  it('learns mean and population standard deviation of each feature', () => {
    const { mean, deviation } = learnStandardisation(rows([1, 10], [3, 10.5], [5, 11], [7, 10.5]));
    expect([...mean]).toEqual([4, 10.5]);
    expect(deviation[0]).toBeCloseTo(Math.sqrt(5), 6);
    expect(deviation[1]).toBeCloseTo(Math.sqrt(0.125), 6);
  });

  it('subtracts the mean and divides by the deviation, row after row', () => {
    const by = { mean: Float32Array.of(1, 2), deviation: Float32Array.of(2, 4) };
    const [a, b] = rows([5, 0], [0, 4]);
    const buffer = standardise(
      [
        { vector: a!, by },
        { vector: b!, by },
      ],
      2,
    );
    expect([...buffer]).toEqual([2, -0.5, -0.5, 0.5]);
  });

  it('takes each row by its own scale', () => {
    const by = (mean: number) => ({ mean: Float32Array.of(mean), deviation: Float32Array.of(1) });
    const [vector] = rows([3]);
    const buffer = standardise(
      [
        { vector: vector!, by: by(1) },
        { vector: vector!, by: by(2) },
      ],
      1,
    );
    expect([...buffer]).toEqual([2, 1]);
  });

  it('cuts what lies beyond five deviations', () => {
    const by = { mean: Float32Array.of(0), deviation: Float32Array.of(1) };
    const scaled = (value: number): number =>
      standardise([{ vector: Float32Array.of(value), by }], 1)[0]!;
    expect([scaled(4.5), scaled(80), scaled(-80)]).toEqual([4.5, 5, -5]);
  });

  it('leaves a feature that never varied at 0, whatever comes later', () => {
    const by = learnStandardisation(rows([2, 1], [2, 3]));
    const buffer = standardise([{ vector: Float32Array.of(1000, 3), by }], 2);
    expect([...buffer]).toEqual([0, 1]);
  });
});

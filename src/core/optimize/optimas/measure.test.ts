import { describe, expect, it } from 'vitest';
import type { Trace } from '../../system/trace';
import { measurementOf } from './measure';

const complete = (exampleId: string, reward: number, exact: number): Trace => ({
  exampleId,
  steps: {},
  output: 'y',
  reward,
  beside: { exact },
});
const failed: Trace = { exampleId: 'f', steps: {}, failure: { component: 'c', message: 'broke' } };

describe('a measurement', () => {
  it('is the mean over the examples that completed; the others are counted', () => {
    expect(measurementOf([failed, complete('a', 0.5, 0), complete('b', 1, 1), failed])).toEqual({
      reward: 0.75,
      beside: { exact: 0.5 },
      completed: 2,
      failed: 2,
    });
  });

  it('has no reward when nothing completed', () => {
    const nothing = { reward: null, beside: {}, completed: 0 };
    expect(measurementOf([failed])).toEqual({ ...nothing, failed: 1 });
    expect(measurementOf([])).toEqual({ ...nothing, failed: 0 });
  });
});

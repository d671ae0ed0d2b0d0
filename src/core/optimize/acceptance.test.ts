import { describe, expect, it } from 'vitest';
import type { Trace } from '../system/trace';
import { compareOnValidation } from './acceptance';

/** Traces of examples 0, 1, …; `null` is one that failed. */
function traces(...rewards: (number | null)[]): Trace[] {
  return rewards.map((reward, i): Trace => {
    const exampleId = String(i);
    return reward === null
      ? { exampleId, steps: {}, failure: { component: 'c', message: 'broke' } }
      : { exampleId, steps: {}, output: 'y', reward };
  });
}

describe('acceptance on paired validation', () => {
  it('accepts a higher mean and counts what became better and worse', () => {
    expect(compareOnValidation(traces(0, 0.5, 1, 0), traces(1, 0.25, 1, 0))).toEqual({
      incumbent: 0.375,
      candidate: 0.5625,
      examples: 4,
      better: 1,
      worse: 1,
      accepted: true,
      reason: 'the global reward rose: better on 1, worse on 1 of 4 validation examples',
    });
  });

  it('refuses a lower mean even if more examples became better', () => {
    const comparison = compareOnValidation(traces(0, 0, 1), traces(0.25, 0.25, 0));
    expect([comparison.better, comparison.worse]).toEqual([2, 1]);
    expect(comparison.accepted).toBe(false);
    expect(comparison.reason).toMatch(/did not rise: better on 2, worse on 1 of 3/);
  });

  it('refuses equal rewards', () => {
    const comparison = compareOnValidation(traces(0.5, 1), traces(0.5, 1));
    expect(comparison.accepted).toBe(false);
    expect(comparison.reason).toMatch(/changed the reward of no validation example/);
  });

  it('refuses an equal mean of other rewards', () => {
    expect(compareOnValidation(traces(0, 1), traces(1, 0)).accepted).toBe(false);
  });

  it('refuses a swap of rewards whose means differ by rounding', () => {
    const before = [0.1, 0.2, 0.3];
    const after = [0.3, 0.2, 0.1];
    const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);
    // Adding up in another order gives another sum: one of the two ways looks like a rise.
    expect(sum(before)).not.toBe(sum(after));
    for (const [old, fresh] of [
      [before, after],
      [after, before],
    ] as const) {
      const comparison = compareOnValidation(traces(...old), traces(...fresh));
      expect(comparison).toMatchObject({ accepted: false, better: 1, worse: 1 });
    }
  });

  it('accepts the smallest rise that is more than rounding', () => {
    expect(compareOnValidation(traces(0.5, 0.5), traces(0.5, 0.5 + 1e-6)).accepted).toBe(true);
    expect(compareOnValidation(traces(0.5, 0.5), traces(0.5, 0.5 + 1e-12)).accepted).toBe(false);
  });

  it('leaves examples out of both means that the incumbent failed on', () => {
    const comparison = compareOnValidation(traces(null, 0.5), traces(0, 0.75));
    expect(comparison).toMatchObject({ incumbent: 0.5, candidate: 0.75, examples: 1 });
    expect(comparison.accepted).toBe(true);
  });

  it('refuses a candidate that fails where the incumbent does not, however good the rest is', () => {
    const comparison = compareOnValidation(traces(0, 0, 0), traces(1, null, 1));
    expect(comparison).toMatchObject({ incumbent: 0, candidate: 1, examples: 2 });
    expect(comparison.accepted).toBe(false);
    expect(comparison.reason).toMatch(/fails on 1 validation example that/);
    expect(compareOnValidation(traces(0, 0), traces(null, null)).reason).toMatch(/2 .*examples/);
  });

  it('does not hold a failure of both against the candidate', () => {
    const comparison = compareOnValidation(traces(null, 0), traces(null, 1));
    expect(comparison.accepted).toBe(true);
  });

  it('has no means when no example was completed by both', () => {
    const comparison = compareOnValidation(traces(null), traces(1));
    expect(comparison).toMatchObject({ incumbent: null, candidate: null, examples: 0 });
    expect(comparison.accepted).toBe(false);
    expect(comparison.reason).toMatch(/no validation example/);
  });

  it('refuses to pair traces of different examples', () => {
    const [first, second] = traces(0, 1);
    expect(() => compareOnValidation([first!, second!], [second!, first!])).toThrow(/different/);
  });
});

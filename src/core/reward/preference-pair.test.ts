import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rewardGap, strictPairs, type RolledOutput, type RolloutGroup } from './preference-pair';

function groupOf(outputs: readonly RolledOutput[]): RolloutGroup {
  return { component: 'c', exampleId: 'e', inputs: { question: 'q' }, outputs };
}

/** Outputs named by their place, the first one the incumbent's. */
function rewarded(...rewards: number[]): RolloutGroup {
  return groupOf(rewards.map((reward, i) => ({ output: `y${i}`, reward, incumbent: i === 0 })));
}

const short = (group: RolloutGroup): [string, string, number][] =>
  strictPairs(group).map(({ winner, loser, gap }) => [winner, loser, gap]);

const rewards = fc.array(fc.constantFrom(0, 0.25, 0.5, 1), { maxLength: 8 });

describe('strict pairs', () => {
  it('prefer the higher reward whichever output was sampled first', () => {
    expect(short(rewarded(0.25, 1))).toEqual([['y1', 'y0', 0.75]]);
    expect(short(rewarded(1, 0.25))).toEqual([['y0', 'y1', 0.75]]);
  });

  it('are all of them, each once', () => {
    expect(short(rewarded(0.5, 0, 1)).sort()).toEqual([
      ['y0', 'y1', 0.5],
      ['y2', 'y0', 0.5],
      ['y2', 'y1', 1],
    ]);
  });

  it('are none for equal rewards', () => {
    expect(strictPairs(rewarded(0.5, 0.5, 0.5))).toEqual([]);
  });

  it('say which component, example and input they belong to', () => {
    expect(strictPairs(rewarded(0, 1))[0]).toMatchObject({
      component: 'c',
      exampleId: 'e',
      inputs: { question: 'q' },
    });
  });

  it('are as many as there are unordered pairs with different rewards', () => {
    fc.assert(
      fc.property(rewards, (values) => {
        const counts = [0, 0.25, 0.5, 1].map((r) => values.filter((v) => v === r).length);
        const tied = counts.reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
        const all = (values.length * (values.length - 1)) / 2;
        expect(strictPairs(rewarded(...values))).toHaveLength(all - tied);
      }),
    );
  });

  it('do not depend on the order of the outputs, but for their own', () => {
    fc.assert(
      fc.property(rewards, (values) => {
        const group = rewarded(...values);
        const turned = groupOf([...group.outputs].reverse());
        expect(short(turned).sort()).toEqual(short(group).sort());
      }),
    );
  });

  it('have a positive gap that is the difference of the rewards', () => {
    fc.assert(
      fc.property(rewards, (values) => {
        for (const { winner, loser, gap } of strictPairs(rewarded(...values))) {
          expect(gap).toBeGreaterThan(0);
          expect(gap).toBe(values[Number(winner.slice(1))]! - values[Number(loser.slice(1))]!);
        }
      }),
    );
  });
});

describe('the reward gap', () => {
  it('is what the best output gains over the incumbent', () => {
    expect(rewardGap(rewarded(0.25, 0, 1, 0.5))).toBe(0.75);
  });

  it('is zero when nothing beats the incumbent', () => {
    expect(rewardGap(rewarded(1, 0.5))).toBe(0);
    expect(rewardGap(rewarded(0.5))).toBe(0);
  });

  it('is nothing that only a ground truth gains, though its pairs count', () => {
    const known: RolledOutput = { output: 'gold', reward: 1, incumbent: false, known: true };
    const group = groupOf([...rewarded(0.25, 0.5).outputs, known]);
    expect(rewardGap(group)).toBe(0.25);
    expect(strictPairs(group)).toHaveLength(3);
  });

  it('is unknown without the incumbent', () => {
    expect(rewardGap(groupOf([{ output: 'y', reward: 1, incumbent: false }]))).toBeUndefined();
    expect(rewardGap(groupOf([]))).toBeUndefined();
  });
});

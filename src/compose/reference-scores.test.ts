import { describe, expect, it } from 'vitest';
import type { DataSplits } from '../core/optimize/optimizer';
import type { References } from '../core/run/references';
import type { ReferenceWatch } from '../systems/system-module';
import { referenceScores } from './reference-scores';

const example = (id: string) => ({ id, inputs: {}, expected: [] });
const ALL: DataSplits = {
  train: [],
  validation: [],
  test: [example('a'), example('b'), example('c')],
};
const DRAWN: DataSplits = { ...ALL, test: ALL.test.slice(0, 1) };

interface Asked {
  readonly splits: DataSplits;
  readonly watch: ReferenceWatch;
  readonly settle: (chance: number) => void;
  readonly fail: (error: Error) => void;
}

function measured() {
  const asked: Asked[] = [];
  const told: number[] = [];
  const scores = referenceScores(
    (splits, watch) =>
      new Promise<References>((resolve, reject) => {
        const settle = (chance: number): void =>
          resolve({ chance, majority: null, heuristic: null });
        asked.push({ splits, watch, settle, fail: reject });
      }),
    ALL,
    { onProgram: (done) => told.push(done) },
  );
  return { scores, asked, told };
}

describe('reference scores', () => {
  it('are measured once on all test examples, and again after a failure', async () => {
    const { scores, asked } = measured();
    const failing = scores();
    asked[0]!.fail(new Error('no sandbox'));
    await expect(failing).rejects.toThrow('no sandbox');
    const both = [scores(), scores()];
    asked[1]!.settle(0.5);
    expect(await Promise.all(both)).toEqual(
      [0.5, 0.5].map((chance) => expect.objectContaining({ chance })),
    );
    expect(asked).toHaveLength(2);
  });

  it('are of the examples that a run drew, beside those of all', async () => {
    const { scores, asked, told } = measured();
    const all = scores();
    const drawn = scores(DRAWN);
    expect(asked.map(({ splits }) => splits.test.length)).toEqual([3, 1]);
    asked[0]!.watch.onProgram?.(1, 9);
    // Two of them would be told as one that jumps.
    asked[1]!.watch.onProgram?.(7, 8);
    expect(told).toEqual([1]);
    asked[0]!.settle(0.1);
    asked[1]!.settle(0.9);
    expect([(await all).chance, (await drawn).chance]).toEqual([0.1, 0.9]);
    const again = scores(DRAWN);
    asked[2]!.watch.onProgram?.(2, 8);
    expect(told).toEqual([1, 2]);
    asked[2]!.settle(0.8);
    expect((await again).chance).toBe(0.8);
  });
});

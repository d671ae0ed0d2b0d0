import { beforeAll, describe, expect, it } from 'vitest';
import type { RewardModelDescription } from '../core/reward/reward-model';
import { TextFeatures } from '../core/reward/features';
import type { References } from '../core/run/references';
import { Budget } from '../core/run/budget';
import { reader } from '../engines/reader';
import { cpuBackend, pickBackend } from '../learning/backend';
import { DEFAULT_HEADS, RewardHeads } from '../learning/reward-heads';
import { loadWorkload, type Workload } from './catalogue';
import { expectSameLog, play, recordedCalls, type Played, type Scenario } from './durable-testing';

let work: Workload;
let references: References;
let description: RewardModelDescription;
let whole: Played;

/** The shipped system on the reader, with tensor heads; few examples and epochs, for time. */
const scenario: Scenario = {
  problem: () => {
    const { system, data } = work;
    const { train, validation, test } = data.splits;
    const names = system.components.map(({ name }) => name);
    const features = new TextFeatures();
    return {
      system,
      references,
      data: {
        train: train.slice(0, 20),
        validation: validation.slice(0, 8),
        test: test.slice(0, 6),
      },
      engine: 'reader',
      model: reader(),
      features,
      rewardModel: new RewardHeads(names, features.d, description, {
        ...DEFAULT_HEADS,
        ...{ minEpochs: 2, maxEpochs: 3, patience: 1 },
      }),
      seed: 1,
      budget: new Budget(90, names.length),
    };
  },
  options: { untrusted: 'trust', folds: 3 },
};

beforeAll(async () => {
  work = await loadWorkload();
  references = await work.references();
  description = await pickBackend([cpuBackend], 1);
  whole = await play(scenario);
});

describe('multihop-qa on the reader with tensor heads', () => {
  it('is worth the test', () => {
    const types = whole.log.map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['change', 'run.finished']));
    expect(whole.asked.length).toBeGreaterThan(300);
    expect(whole.fits).toBeGreaterThan(2);
  });

  it('goes on from wherever it broke off, to the last bit', async () => {
    const { length } = whole.journal.appended;
    // Spread over the run, and right behind fits, where heads must be put in place.
    const fits = whole.journal.appended.flatMap(([entry], i) =>
      entry!.key.startsWith('fit ') ? [i + 1] : [],
    );
    for (const cut of [0, ...[0.2, 0.5, 0.8].map((x) => Math.floor(x * length)), ...fits, length]) {
      const resumed = await play(scenario, whole.journal.kept(cut));
      expectSameLog(resumed.log, whole.log);
      const before = (name: string): number => recordedCalls(whole.journal, cut, name);
      expect(resumed.asked).toEqual(whole.asked.slice(before('complete')));
      expect(resumed.fits).toBe(whole.fits - before('fit'));
    }
  });

  it('does nothing of what is recorded again', async () => {
    const resumed = await play(scenario, whole.journal.kept());
    expect([resumed.asked, resumed.fits, resumed.scores]).toEqual([[], 0, 0]);
    expect(resumed.journal.appended).toEqual([]);
  });
});

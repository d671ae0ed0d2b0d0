import { beforeAll, describe, expect, it } from 'vitest';
import { CannotContinueError } from '../core/run/journal-replay';
import { MemoryJournal } from '../core/run/journal-memory';
import type { OptimizationProblem } from '../core/optimize/optimizer';
import { Budget } from '../core/run/budget';
import { ModelError, type ChatModel } from '../core/system/chat-model';
import { HashedFeatures } from '../core/reward/hashed-features';
import { linearRewards } from '../core/testing/linear-rewards';
import { wordProblem, type RunParts } from '../core/testing/runs';
import { wordData, wordModel, wordReward, wordSystem } from '../core/testing/word-system';
import { durable, type DurableSettings } from './durable';
import { expectSameLog, play, recordedCalls, type Played, type Scenario } from './durable-testing';

const scenario = (parts: RunParts = {}): Scenario => ({
  problem: () => wordProblem({ rewardModel: linearRewards(['picker', 'cutter']), ...parts }),
});

let whole: Played;

beforeAll(async () => {
  whole = await play(scenario());
});

describe('a journal of another run', () => {
  const SAME: DurableSettings = { options: { samples: 3 }, version: '1' };
  const refused = (
    more: Partial<OptimizationProblem>,
    settings: DurableSettings = SAME,
  ): (() => unknown) => {
    const journal = new MemoryJournal();
    durable(wordProblem(), journal, SAME);
    const problem = { ...wordProblem(), ...more };
    return () => durable(problem, new MemoryJournal(journal.kept()), settings);
  };

  it('is none where nothing differs', () => {
    expect(refused({})).not.toThrow();
  });

  it.each([
    ['the data', { data: wordData(23) }, /the data are not the ones it ran on/],
    ['the system', { system: wordSystem({ withoutCloser: true }) }, /the system is another/],
    ['the model', { model: { ...wordModel(), id: 'other' } }, /the language model is another/],
    ['the features', { features: new HashedFeatures() }, /the features are others/],
    ['the seed', { seed: 2 }, /its seed, budget or options are others/],
    ['the budget', { budget: new Budget(7, 3) }, /its seed, budget or options are others/],
  ])('is refused with the reason: %s', (_, more, reason) => {
    expect(refused(more)).toThrow(CannotContinueError);
    expect(refused(more)).toThrow(reason);
  });

  it('is refused where the options or the page are others', () => {
    expect(refused({}, { ...SAME, options: { samples: 4 } })).toThrow(/options are others/);
    expect(refused({}, { ...SAME, version: '2' })).toThrow(/the page has been updated since/);
  });
});

describe('a run that does not do again what it did', () => {
  const recorded = () => whole.journal.kept(whole.journal.appended.length - 20);

  it('ends with a plain sentence instead of asking the model', async () => {
    const original = wordSystem();
    // The same by its description; what it asks its model is something else.
    const system = {
      ...original,
      components: original.components.map((component) =>
        component.name === 'picker'
          ? {
              ...component,
              run: (...[inputs, , context]: Parameters<typeof component.run>) =>
                context.chat([
                  { role: 'system', content: 'Hello.' },
                  { role: 'user', content: inputs['question']! },
                ]),
            }
          : component,
      ),
    };
    const model = wordModel();
    const run = play(scenario({ system, model }), recorded());
    await expect(run).rejects.toThrow(CannotContinueError);
    await expect(run).rejects.toThrow(
      /^This run cannot be continued: after \d+ of \d+ recorded calls .* Start it again\.$/,
    );
    expect(model.asked).toEqual([]);
  });

  it('is found out by what heads are taught, too', async () => {
    const system = wordSystem({ score: (example, output) => wordReward(example, output) / 2 });
    const model = wordModel();
    const rewardModel = linearRewards();
    await expect(play(scenario({ system, model, rewardModel }), recorded())).rejects.toThrow(
      CannotContinueError,
    );
    expect([model.asked, rewardModel.fits]).toEqual([[], []]);
  });
});

describe('what ends a run early', () => {
  /** Fails from some call on. */
  function failing(after: number, fail: (signal?: AbortSignal) => unknown): ChatModel {
    const model = wordModel();
    let calls = 0;
    return {
      ...model,
      complete: async (...call) => {
        if ((calls += 1) > after) throw fail(call[2]);
        return model.complete(...call);
      },
    };
  }

  /** Plays until the run throws; gives what was recorded. */
  async function broken(model: ChatModel, signal?: AbortSignal): Promise<MemoryJournal> {
    const given = scenario({ model });
    let journal: MemoryJournal | undefined;
    const keeping: Scenario = {
      problem: (own) => {
        journal = own as MemoryJournal;
        return given.problem(own);
      },
    };
    await expect(play(keeping, [], signal)).rejects.toThrow('gone');
    return journal!;
  }

  it.each([5, 60, 140])('a lost model at call %i: nothing of it is recorded', async (after) => {
    const lost = failing(after, () => new ModelError('device-lost', 'gone', 'Load it.', true));
    const journal = await broken(lost);
    expect(recordedCalls(journal, Infinity, 'complete')).toBe(after);
    expect(journal.appended.flat().some(({ failure }) => failure)).toBe(false);
    const resumed = await play(scenario(), journal.kept());
    expectSameLog(resumed.log, whole.log);
    expect(resumed.asked).toEqual(whole.asked.slice(after));
  });

  it('an abort: nothing of it is recorded, whatever the engine makes of it', async () => {
    const abort = new AbortController();
    const deaf = failing(100, () => {
      abort.abort(new Error('gone'));
      return new Error('interrupted');
    });
    const journal = await broken(deaf, abort.signal);
    expect(recordedCalls(journal, Infinity, 'complete')).toBe(100);
    expectSameLog((await play(scenario(), journal.kept())).log, whole.log);
  });

  it('a failed fit: it is tried again', async () => {
    const rewards = linearRewards();
    let journal: MemoryJournal | undefined;
    const broken: Scenario = {
      problem: (own) => {
        journal = own as MemoryJournal;
        const fit = () => Promise.reject(new Error('no backend'));
        return wordProblem({ rewardModel: { ...rewards, fit } });
      },
    };
    await expect(play(broken)).rejects.toThrow('no backend');
    const resumed = await play(scenario(), journal!.kept());
    expectSameLog(resumed.log, whole.log);
    expect(resumed.fits).toBe(whole.fits);
  });
});

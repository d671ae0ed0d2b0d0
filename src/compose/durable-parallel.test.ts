import { beforeAll, describe, expect, it } from 'vitest';
import type { RunEvent } from '../core/run/run-event';
import type { ChatModel } from '../core/system/chat-model';
import { imitatingModel, kindsSystem } from '../core/testing/kinds-system';
import { linearRewards } from '../core/testing/linear-rewards';
import { wordProblem } from '../core/testing/runs';
import { wordData, wordModel } from '../core/testing/word-system';
import {
  expectSameLog,
  play,
  unreliable,
  recordedCalls,
  type Played,
  type Scenario,
} from './durable-testing';

/** Answers four calls side by side, each after a pause of its own: out of the order asked. */
function pacing(model: ChatModel, pace: number): ChatModel {
  return {
    ...model,
    slots: 4,
    async complete(...call) {
      const { seed = 0 } = call[1];
      await new Promise((resolve) => setTimeout(resolve, (seed + pace) % 4));
      return model.complete(...call);
    },
  };
}

/** While executions are under way side by side, what is spent runs ahead of what is told. */
const settled = (log: readonly RunEvent[]) =>
  log.map((event) =>
    event.type === 'progress'
      ? { ...event, spent: undefined, measured: undefined, done: undefined }
      : event,
  );

const heads = () => linearRewards(['picker', 'speaker', 'cutter']);

const SCENARIOS: Readonly<Record<string, (pace: number) => Scenario>> = {
  'that fails now and then': (pace) => ({
    problem: () =>
      wordProblem({
        model: pacing(unreliable(), pace),
        rewardModel: heads(),
        seed: 4,
        limit: 100,
      }),
    options: { untrusted: 'trust', proposals: 'mixed' },
  }),
  'that samples': (pace) => ({
    problem: () =>
      wordProblem({
        model: pacing(wordModel(false), pace),
        rewardModel: heads(),
        seed: 3,
        limit: 100,
      }),
    options: { untrusted: 'trust' },
  }),
  'with routed choices, scored while others are under way': (pace) => ({
    problem: () =>
      wordProblem({
        system: kindsSystem(),
        model: pacing(imitatingModel(), pace),
        rewardModel: heads(),
        data: wordData(20, 6, 6),
        seed: 2,
        limit: 100,
      }),
    options: { bestOf: { picker: 3 }, untrusted: 'trust' },
  }),
};

describe.each(Object.entries(SCENARIOS))('a run of several slots %s', (_, scenario) => {
  let whole: Played;

  beforeAll(async () => {
    whole = await play(scenario(1));
  });

  it('is answered out of order', () => {
    const answered = whole.journal.appended.flat().filter(({ key }) => key.startsWith('complete'));
    expect(answered).toHaveLength(whole.asked.length);
    expect(whole.fits).toBeGreaterThan(1);
  });

  it('goes on from wherever it broke off, at another pace, and asks nothing twice', async () => {
    const { length } = whole.journal.appended;
    for (let cut = 1; cut < length; cut += Math.ceil(length / 12)) {
      const resumed = await play(scenario(cut), whole.journal.kept(cut));
      expectSameLog(settled(resumed.log), settled(whole.log));
      const before = recordedCalls(whole.journal, cut, 'complete');
      expect(resumed.asked).toHaveLength(whole.asked.length - before);
      const all = [...whole.asked].sort();
      expect(all).toEqual(expect.arrayContaining([...resumed.asked]));
      expect(resumed.fits).toBe(whole.fits - recordedCalls(whole.journal, cut, 'fit'));
    }
  });
});

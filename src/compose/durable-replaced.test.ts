/** A run that went on with another model, and whose tab is gone after that. */
import { expect, it } from 'vitest';
import type { ChatModel } from '../core/system/chat-model';
import { linearRewards } from '../core/testing/linear-rewards';
import { replacedAfter, stutterer } from '../core/testing/replaced-model';
import { ofType, wordProblem } from '../core/testing/runs';
import { expectSameLog, play } from './durable-testing';

/** With heads into which the snapshots of others can be put. */
const problemOn = (model: ChatModel) => () =>
  wordProblem({ seed: 3, limit: 150, model, rewardModel: linearRewards(['picker', 'cutter']) });

it('is taken up on that model, and learns of the change where it happened', async () => {
  const whole = await play({
    problem: problemOn(replacedAfter(60)),
  });
  expect(ofType(whole.log, 'model.replaced')).toHaveLength(1);
  const tagged = (value: unknown): boolean =>
    typeof value === 'object' && value !== null && 'model' in value;
  const change = whole.journal.appended.findIndex(
    ([entry]) => entry?.key.startsWith('complete ') === true && tagged(entry.value),
  );
  expect(change).toBeGreaterThan(60);
  for (const appends of [change, change + 1, change + 20]) {
    const resumed = await play(
      {
        problem: problemOn({ ...stutterer(), id: 'test model' }),
      },
      whole.journal.kept(appends),
    );
    expectSameLog(resumed.log, whole.log);
    expect(resumed.asked.length).toBeLessThan(whole.asked.length);
  }
});

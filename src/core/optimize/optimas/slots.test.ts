import { describe, expect, it } from 'vitest';
import { ModelError, type ChatModel } from '../../system/chat-model';
import type { RunEvent } from '../../run/run-event';
import { wordModel } from '../../testing/word-system';
import { logOf, ofType, wordProblem } from '../../testing/runs';

/** The model with several slots, each call answered after a pause of its own. */
function slowly(model: ChatModel, slots: number): ChatModel & { most: number } {
  let running = 0;
  const slow = {
    ...model,
    slots,
    most: 0,
    async complete(...call: Parameters<ChatModel['complete']>) {
      slow.most = Math.max(slow.most, (running += 1));
      const { seed = 0 } = call[1];
      await new Promise((resolve) => setTimeout(resolve, (seed + call[0][1]!.content.length) % 4));
      running -= 1;
      return model.complete(...call);
    },
  };
  return slow;
}

/** While executions are under way side by side, what is spent runs ahead of what is told. */
const settled = (log: readonly RunEvent[]) =>
  log.map((event) =>
    event.type === 'progress'
      ? { ...event, spent: undefined, measured: undefined, done: undefined }
      : event,
  );

describe('a model with several slots', () => {
  for (const deterministic of [true, false]) {
    it(`gives the run of one slot, faster (${deterministic ? 'deterministic' : 'sampling'})`, async () => {
      const one = await logOf(wordProblem({ model: wordModel(deterministic), limit: 90 }));
      const model = slowly(wordModel(deterministic), 4);
      const four = await logOf(wordProblem({ model, limit: 90 }));
      expect(settled(four)).toEqual(settled(one));
      expect(model.most).toBeGreaterThanOrEqual(4);
    });
  }
});

describe('a model that is not available', () => {
  it('ends the run with its own words instead of counting failures', async () => {
    const model = wordModel();
    let calls = 0;
    const lost: ChatModel = {
      ...model,
      complete: async (...call) => {
        if ((calls += 1) > 50) {
          throw new ModelError('device-lost', 'The GPU was lost.', 'Load the model again.', true);
        }
        return model.complete(...call);
      },
    };
    await expect(logOf(wordProblem({ model: lost }))).rejects.toThrow('The GPU was lost.');
    expect(calls).toBe(51);
  });

  it('is something else than a call that failed', async () => {
    const model = wordModel();
    const picky: ChatModel = {
      ...model,
      complete: async (messages, ...rest) => {
        if (messages[1]!.content.includes('test1')) {
          throw new ModelError('too-long', 'The prompt is too long.', 'Shorten it.', false);
        }
        return model.complete(messages, ...rest);
      },
    };
    const log = await logOf(wordProblem({ model: picky }));
    expect(log.at(-1)!.type).toBe('run.finished');
    expect(ofType(log, 'example.failed')[0]!.failure.message).toBe('The prompt is too long.');
  });
});

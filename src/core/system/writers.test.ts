/** Which models answered, where calls side by side are answered by an earlier and a later one. */
import { describe, expect, it } from 'vitest';
import { Budget } from '../run/budget';
import { example, systemOf } from '../testing/graphs';
import type { ChatAnswer, ChatModel } from './chat-model';
import type { Component } from './component';
import { Executor } from './execute';

const asking: Component = {
  name: 'asking',
  description: 'Asks.',
  inputs: ['question'],
  output: 'answer',
  slots: {},
  run: ({ question }, _, { chat }) => chat([{ role: 'user', content: question! }], {}),
};

/** A run on model "a"; the test answers each question as the model it names. */
function withAnswers() {
  const open = new Map<string, (answer: ChatAnswer) => void>();
  const model: ChatModel = {
    id: 'a',
    deterministic: true,
    complete: ([message]) => new Promise((resolve) => open.set(message!.content, resolve)),
  };
  const executor = new Executor(systemOf([asking], 'answer'), model, 1);
  return {
    executor,
    ask: (id: string) =>
      executor.execute(example(id), { configuration: {}, budget: new Budget(Infinity, 1) }),
    async answer(question: string, writer: string) {
      await expect.poll(() => open.has(question)).toBe(true);
      open.get(question)!({
        text: writer,
        finishReason: 'stop',
        usage: { promptTokens: 1, completionTokens: 1 },
        ...(writer !== 'a' && { model: writer }),
      });
      open.delete(question);
    },
  };
}

describe('the models that answered', () => {
  it('do not begin another reign with an answer that was under way when it ended', async () => {
    const { executor, ask, answer } = withAnswers();
    const [one, two] = [ask('one'), ask('two')];
    await answer('one', 'b');
    await one;
    await answer('two', 'a');
    await two;
    expect(executor.models).toEqual(['a', 'b']);
    // Nor is that answer what the system does now.
    const again = ask('two');
    await answer('two', 'b');
    expect((await again).output).toBe('b');
    expect(executor.models).toEqual(['a', 'b']);
  });

  it('may come back', async () => {
    const { executor, ask, answer } = withAnswers();
    for (const [question, writer] of [
      ['one', 'b'],
      ['two', 'a'],
    ] as const) {
      const asked = ask(question);
      await answer(question, writer);
      await asked;
    }
    expect(executor.models).toEqual(['a', 'b', 'a']);
  });
});

import { describe, expect, it } from 'vitest';
import { Budget } from '../../core/run/budget';
import { Executor } from '../../core/system/execute';
import { modelThat } from '../../core/testing/chat-models';
import { example, systemOf } from '../../core/testing/graphs';
import { fieldMessages, promptComponent } from '../messages';

describe('the messages of a component', () => {
  it('are the prompt, then the fields in order, then what to write', () => {
    const messages = fieldMessages('Be short.\nQuote.', { query: 'who', passages: 'a\nb' }, 'hint');
    expect(messages).toEqual([
      { role: 'system', content: 'Be short.\nQuote.' },
      { role: 'user', content: 'query: who\n\npassages:\na\nb\n\nWrite the field: hint' },
    ]);
  });
});

describe('a prompt component', () => {
  const component = promptComponent(
    { name: 'c', description: 'c', inputs: ['question'], output: 'y' },
    { initial: 'Answer.', directives: ['Be short.'] },
    64,
  );
  const run = (answer: string) => {
    const model = modelThat(() => answer);
    const configuration = { c: { prompt: 'Say it.' } };
    const execution = { configuration, budget: new Budget(Infinity, 1) };
    const executor = new Executor(systemOf([component], 'y'), model, 1);
    return { model, trace: executor.execute(example('q', 'Who?'), execution) };
  };

  it('has one prompt slot', () => {
    expect(component.slots).toEqual({
      prompt: { kind: 'prompt', initial: 'Answer.', directives: ['Be short.'] },
    });
  });

  it('asks the model once with the prompt of its configuration and trims the answer', async () => {
    const { model, trace } = run('  Ada \n');
    expect((await trace).output).toBe('Ada');
    expect(model.asked.map(({ messages }) => messages)).toEqual([
      fieldMessages('Say it.', { question: 'Who?' }, 'y'),
    ]);
    expect(model.asked[0]!.parameters.maxTokens).toBe(64);
  });

  it('fails on an empty answer', async () => {
    const { failure } = await run(' \n').trace;
    expect(failure).toMatchObject({ component: 'c', message: expect.stringMatching(/empty/) });
  });
});

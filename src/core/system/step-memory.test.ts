import { describe, expect, it } from 'vitest';
import { Budget } from '../run/budget';
import { modelThat, silentModel } from '../testing/chat-models';
import { counted, diamond, example, joining, systemOf } from '../testing/graphs';
import type { ChatModel } from './chat-model';
import { Executor, type ExecutionOptions } from './execute';

function asking(model: ChatModel): Executor {
  const component = joining('asking', ['question'], {
    slots: { n: { kind: 'number', initial: 1, options: [1, 2] } },
    run: (fields, _, context) => context.chat([{ role: 'user', content: fields['question']! }]),
  });
  return new Executor(systemOf([component], 'asking'), model, 9);
}

function options(more: Partial<ExecutionOptions> = {}): ExecutionOptions {
  return { configuration: { asking: { n: 1 } }, budget: new Budget(Infinity, 1), ...more };
}

describe('the memory of steps', () => {
  it('never executes an equal step twice and counts what it saved', async () => {
    const model = modelThat(() => 'answer');
    const executor = asking(model);
    const budget = new Budget(Infinity, 1);
    const first = await executor.execute(example('q'), options({ budget }));
    const second = await executor.execute(example('q'), options({ budget, sample: 5 }));
    expect(second.steps['asking']).toBe(first.steps['asking']);
    expect(model.asked).toHaveLength(1);
    expect(budget.spent).toEqual({ systemRuns: 1, modelCalls: 1, cacheHits: 1, tokens: 12 });
  });

  it('does not share steps among examples, even with equal inputs', async () => {
    const model = modelThat(() => 'answer');
    const executor = asking(model);
    await executor.execute(example('a', 'the same question'), options());
    await executor.execute(example('b', 'the same question'), options());
    expect(model.asked).toHaveLength(2);
  });

  it('tells configurations apart', async () => {
    const model = modelThat(() => 'answer');
    const executor = asking(model);
    await executor.execute(example('q'), options());
    await executor.execute(example('q'), options({ configuration: { asking: { n: 2 } } }));
    expect(model.asked).toHaveLength(2);
  });

  it('saves the downstream of an output that did not change', async () => {
    const parts = diamond().map((part) =>
      part.name === 'left' ? { ...part, run: async () => 'always the same' } : part,
    );
    const { components, runs } = counted(parts);
    const executor = new Executor(systemOf(components, 'join'), silentModel, 1);
    const budget = new Budget(Infinity, 4);
    for (const n of [1, 2, 3]) {
      await executor.execute(example('q'), { configuration: { left: { n } }, budget });
    }
    expect(runs).toEqual({ root: 1, left: 3, right: 1, join: 1 });
    expect(budget.spent.systemRuns).toBe(1.5);
  });
});

describe('a step that samples', () => {
  const sampled = (sample: number): ExecutionOptions =>
    options({ temperatures: { asking: 0.7 }, sample });

  it('is drawn anew for another sample and remembered for the same one', async () => {
    const model = modelThat((_, { seed }) => String(seed));
    const executor = asking(model);
    const outputs: (string | undefined)[] = [];
    for (const sample of [0, 1, 2, 1]) {
      outputs.push((await executor.execute(example('q'), sampled(sample))).output);
    }
    expect(new Set(outputs).size).toBe(3);
    expect(outputs[3]).toBe(outputs[1]);
    expect(model.asked).toHaveLength(3);
    expect(model.asked[0]!.parameters.temperature).toBe(0.7);
  });

  it('has a seed of its own for each example, configuration and run', async () => {
    const seeds = new Set<number | undefined>();
    const ask = async (runSeed: number, id: string, n: number): Promise<void> => {
      const model = modelThat(() => 'x');
      const executor = new Executor(asking(model).system, model, runSeed);
      await executor.execute(example(id), options({ configuration: { asking: { n } } }));
      seeds.add(model.asked[0]!.parameters.seed);
    };
    await ask(9, 'q', 1);
    await ask(9, 'q', 1);
    expect(seeds.size).toBe(1);
    await ask(10, 'q', 1);
    await ask(9, 'r', 1);
    await ask(9, 'q', 2);
    expect(seeds.size).toBe(4);
  });

  it('is told apart from the same step at temperature 0', async () => {
    const model = modelThat((_, { temperature }) => String(temperature));
    const executor = asking(model);
    expect((await executor.execute(example('q'), options())).output).toBe('0');
    expect((await executor.execute(example('q'), sampled(0))).output).toBe('0.7');
  });

  it('counts as sampling at temperature 0 where the model is not deterministic', async () => {
    const model = modelThat((_, { seed }) => String(seed), false);
    const executor = asking(model);
    const first = await executor.execute(example('q'), options({ sample: 0 }));
    const second = await executor.execute(example('q'), options({ sample: 1 }));
    expect(second.output).not.toBe(first.output);
  });

  it('takes the sample of its component where there is one', async () => {
    const model = modelThat((_, { seed }) => String(seed), false);
    const executor = asking(model);
    const plain = await executor.execute(example('q'), options({ sample: 3 }));
    const own = await executor.execute(
      example('q'),
      options({ sample: 0, samples: { asking: 3 } }),
    );
    expect(own.output).toBe(plain.output);
  });
});

import { describe, expect, it } from 'vitest';
import { Budget, BudgetExceededError } from '../run/budget';
import { modelThat, silentModel } from '../testing/chat-models';
import { counted, diamond, example, joining, systemOf } from '../testing/graphs';
import type { Component } from './component';
import { Executor, isFailure, type ExecutionOptions } from './execute';
import { isComplete } from './trace';

function optionsWith(n: number, more: Partial<ExecutionOptions> = {}): ExecutionOptions {
  return { configuration: { left: { n } }, budget: new Budget(Infinity, 4), ...more };
}

function countedDiamond(): { executor: Executor; runs: Record<string, number> } {
  const { components, runs } = counted(diamond());
  return { executor: new Executor(systemOf(components, 'join'), silentModel, 1), runs };
}

/** The diamond with a `right` that throws. */
function failing(error: unknown): { executor: Executor; runs: Record<string, number> } {
  const { components, runs } = counted(
    diamond().map((part): Component =>
      part.name === 'right' ? { ...part, run: () => Promise.reject(error as Error) } : part,
    ),
  );
  return {
    executor: new Executor(
      systemOf(components, 'join', () => 0.75),
      silentModel,
      1,
    ),
    runs,
  };
}

describe('a whole execution', () => {
  it('hands every component its inputs and judges the output', async () => {
    const { executor } = countedDiamond();
    const trace = await executor.execute(example('q'), optionsWith(2));
    expect(trace.output).toBe('join(left2(root(q))+right(root(q)))');
    expect(trace.reward).toBe(1);
    expect(trace.beside).toEqual({ length: 35 });
    expect(Object.keys(trace.steps)).toEqual(['root', 'left', 'right', 'join']);
    expect(trace.steps['join']!.inputs).toEqual({
      left: 'left2(root(q))',
      right: 'right(root(q))',
    });
    expect(isComplete(trace)).toBe(true);
  });

  it('shows components nothing but the fields they read', async () => {
    const { executor } = countedDiamond();
    const trace = await executor.execute(example('q'), optionsWith(1));
    expect(trace.steps['right']!.inputs).toEqual({ root: 'root(q)' });
  });
});

describe('a rollout', () => {
  it('re-runs only the component and its descendants', async () => {
    const { executor, runs } = countedDiamond();
    const base = await executor.execute(example('q'), optionsWith(1));
    const from = { component: 'left', trace: base };
    const trace = await executor.execute(example('q'), optionsWith(2, { from }));
    expect(trace.output).toBe('join(left2(root(q))+right(root(q)))');
    expect(runs).toEqual({ root: 1, left: 2, right: 1, join: 2 });
  });

  it('keeps the sibling branch as the trace has it, even if it would come out otherwise now', async () => {
    const { executor } = countedDiamond();
    const base = await executor.execute(example('q'), optionsWith(1));
    const held = {
      ...base,
      steps: { ...base.steps, right: { ...base.steps['right']!, output: 'held fixed' } },
    };
    const from = { component: 'left', trace: held };
    const trace = await executor.execute(example('q'), optionsWith(2, { from }));
    expect(trace.output).toBe('join(left2(root(q))+held fixed)');
    expect(trace.steps['root']).toBe(base.steps['root']);
  });

  it('of the last component runs it alone', async () => {
    const { executor } = countedDiamond();
    const base = await executor.execute(example('q'), optionsWith(1));
    const budget = new Budget(Infinity, 4);
    const fresh = new Executor(executor.system, silentModel, 1);
    const from = { component: 'join', trace: base };
    await fresh.execute(example('q'), optionsWith(1, { from, budget }));
    expect(budget.spent.systemRuns).toBe(0.25);
  });
});

describe('the inputs of a component', () => {
  it('come from running what is upstream of it and nothing else', async () => {
    const { executor, runs } = countedDiamond();
    const left = executor.system.components.find(({ name }) => name === 'left')!;
    expect(await executor.inputsOf(example('q'), left, optionsWith(1))).toEqual({
      root: 'root(q)',
    });
    expect(runs).toEqual({ root: 1 });
  });

  it('are a failure when something upstream fails', async () => {
    const { executor } = failing(new Error('broken'));
    const join = executor.system.components.find(({ name }) => name === 'join')!;
    const outcome = await executor.inputsOf(example('q'), join, optionsWith(1));
    expect(isFailure(outcome) && { ...outcome }).toEqual({ component: 'right', message: 'broken' });
  });
});

describe('a component that throws', () => {
  it('ends the trace with its name, without a reward, and nothing after it runs', async () => {
    const { executor, runs } = failing(new Error('no answer'));
    const trace = await executor.execute(example('q'), optionsWith(1));
    expect(trace.failure).toEqual({ component: 'right', message: 'no answer' });
    expect(trace).not.toHaveProperty('reward');
    expect(trace).not.toHaveProperty('output');
    expect(isComplete(trace)).toBe(false);
    expect(Object.keys(trace.steps)).toEqual(['root', 'left']);
    expect(runs).toEqual({ root: 1, left: 1, right: 1 });
  });

  it('is asked again the next time: a failure is not remembered', async () => {
    let broken = true;
    const { components, runs } = counted([
      joining('only', ['question'], {
        run: async () => {
          if (broken) throw new Error('not yet');
          return 'fine';
        },
      }),
    ]);
    const executor = new Executor(systemOf(components, 'only'), silentModel, 1);
    expect((await executor.execute(example('q'), optionsWith(1))).failure).toBeDefined();
    broken = false;
    expect((await executor.execute(example('q'), optionsWith(1))).output).toBe('fine');
    expect(runs).toEqual({ only: 2 });
  });

  it('may throw anything', async () => {
    const { executor } = failing('just a text');
    const trace = await executor.execute(example('q'), optionsWith(1));
    expect(trace.failure!.message).toBe('just a text');
  });

  it('has still spent its model calls', async () => {
    const asking = joining('asking', ['question'], {
      run: async (_, __, context) => {
        await context.chat([{ role: 'user', content: 'hello' }]);
        throw new Error('bad answer');
      },
    });
    const executor = new Executor(
      systemOf([asking], 'asking'),
      modelThat(() => 'hi'),
      1,
    );
    const budget = new Budget(Infinity, 1);
    await executor.execute(example('q'), { configuration: {}, budget });
    expect(budget.spent).toEqual({ systemRuns: 1, modelCalls: 1, cacheHits: 0, tokens: 12 });
  });
});

describe('an aborted execution', () => {
  it("throws the signal's reason before anything runs", async () => {
    const { executor, runs } = countedDiamond();
    const reason = new Error('enough');
    const options = optionsWith(1, { signal: AbortSignal.abort(reason) });
    await expect(executor.execute(example('q'), options)).rejects.toBe(reason);
    expect(runs).toEqual({});
  });

  it("throws the signal's reason, not a failure, when it is aborted in a component", async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    const parts = diamond().map((part): Component =>
      part.name === 'left'
        ? {
            ...part,
            run: async (_, __, { signal }) => {
              abort.abort(reason);
              signal!.throwIfAborted();
              return 'never';
            },
          }
        : part,
    );
    const executor = new Executor(systemOf(parts, 'join'), silentModel, 1);
    const options = optionsWith(1, { signal: abort.signal });
    await expect(executor.execute(example('q'), options)).rejects.toBe(reason);
  });
});

describe('an execution under a budget', () => {
  it('stops before the step that would pass the limit', async () => {
    const { executor, runs } = countedDiamond();
    const budget = new Budget(0.5, 4);
    const execution = executor.execute(example('q'), optionsWith(1, { budget }));
    await expect(execution).rejects.toBeInstanceOf(BudgetExceededError);
    expect(runs).toEqual({ root: 1, left: 1 });
    expect(budget.spent.systemRuns).toBe(0.5);
  });

  it('can use the last of it', async () => {
    const { executor } = countedDiamond();
    const budget = new Budget(1, 4);
    const trace = await executor.execute(example('q'), optionsWith(1, { budget }));
    expect(isComplete(trace)).toBe(true);
    expect(budget.left).toBe(0);
  });
});

import { describe, expect, it } from 'vitest';
import { Budget } from '../run/budget';
import type { ChatModel } from '../system/chat-model';
import type { Component } from '../system/component';
import type { CompoundSystem } from '../system/compound-system';
import { Executor } from '../system/execute';
import { modelThat, silentModel } from '../testing/chat-models';
import { diamond, example, joining, systemOf } from '../testing/graphs';
import { collectGroup, type Alternative, type Collected, type CollectionOptions } from './collect';
import { strictPairs } from './preference-pair';

const EXAMPLE = example('q');

interface CollectParts extends Partial<CollectionOptions> {
  readonly model?: ChatModel;
  readonly budget?: Budget;
}

async function collect(
  system: CompoundSystem,
  name: string,
  alternatives: readonly Alternative[],
  { model = silentModel, budget = new Budget(Infinity, 4), ...more }: CollectParts = {},
): Promise<Collected> {
  const executor = new Executor(system, model, 5);
  const configuration = { left: { n: 1 } };
  const execution = { configuration, budget };
  const base = await executor.execute(EXAMPLE, execution);
  const component = system.components.find((c) => c.name === name)!;
  return collectGroup(executor, component, EXAMPLE, base, {
    alternatives,
    rollouts: 1,
    distinct: Infinity,
    execution,
    ...more,
  });
}

const n = (value: number): Alternative => ({
  configuration: { left: { n: value } },
  temperature: 0,
});

describe('collecting a group', () => {
  it('holds the incumbent and every other distinct output with their rewards', async () => {
    const system = systemOf(diamond(), 'join', (_, y) => (y.includes('left3') ? 1 : 0.25));
    const { group, failures } = await collect(system, 'left', [n(2), n(3)]);
    expect(failures).toEqual([]);
    expect(group).toEqual({
      component: 'left',
      exampleId: 'q',
      inputs: { root: 'root(q)' },
      outputs: [
        { output: 'left1(root(q))', reward: 0.25, incumbent: true },
        { output: 'left2(root(q))', reward: 0.25, incumbent: false },
        { output: 'left3(root(q))', reward: 1, incumbent: false },
      ],
    });
    expect(strictPairs(group)).toHaveLength(2);
  });

  it('runs the component and what is downstream of it, nothing else', async () => {
    const budget = new Budget(Infinity, 4);
    await collect(systemOf(diamond(), 'join'), 'left', [n(2), n(3)], { budget });
    // Four steps of the whole run, then left and join for each of two alternatives.
    expect(budget.spent.systemRuns).toBe(2);
  });

  it('merges equal outputs of different alternatives', async () => {
    const parts = diamond().map((part) =>
      part.name === 'left' ? { ...part, run: async () => 'the same' } : part,
    );
    const { group } = await collect(systemOf(parts, 'join'), 'left', [n(2), n(3)]);
    expect(group.outputs).toEqual([{ output: 'the same', reward: 1, incumbent: true }]);
  });

  it('tries no more alternatives once there are enough distinct outputs', async () => {
    const budget = new Budget(Infinity, 4);
    const system = systemOf(diamond(), 'join');
    const { group } = await collect(system, 'left', [n(2), n(3)], { budget, distinct: 2 });
    expect(group.outputs.map(({ output }) => output)).toEqual(['left1(root(q))', 'left2(root(q))']);
    expect(budget.spent.systemRuns).toBe(1.5);
  });

  it('takes an output known to be right with its reward and executes nothing for it', async () => {
    const budget = new Budget(Infinity, 4);
    const system = systemOf(diamond(), 'join', () => 0.25);
    const known = { output: 'gold', reward: 1 };
    const { group } = await collect(system, 'left', [], { budget, known });
    expect(group.outputs[1]).toEqual({
      output: 'gold',
      reward: 1,
      incumbent: false,
      known: true,
    });
    expect(budget.spent.systemRuns).toBe(1);
    const measured = { output: 'left1(root(q))', reward: 1 };
    const again = await collect(system, 'left', [], { known: measured });
    expect(again.group.outputs).toEqual([
      { output: 'left1(root(q))', reward: 0.25, incumbent: true },
    ]);
  });

  it('leaves failed rollouts out of the outputs and reports them', async () => {
    const parts = diamond().map((part): Component =>
      part.name === 'join'
        ? {
            ...part,
            run: async (fields) => {
              if (fields['left']!.startsWith('left2')) throw new Error('too wide');
              return fields['left']!;
            },
          }
        : part,
    );
    const system = systemOf(parts, 'join', (_, y) => (y.startsWith('left3') ? 1 : 0.5));
    const { group, failures } = await collect(system, 'left', [n(2), n(3)]);
    expect(group.outputs.map(({ output }) => output)).toEqual(['left1(root(q))', 'left3(root(q))']);
    expect(strictPairs(group).map(({ gap }) => gap)).toEqual([0.5]);
    expect(failures.map(({ failure }) => failure)).toEqual([
      { component: 'join', message: 'too wide' },
    ]);
  });
});

/** left → judge, both asking a model that samples; the judge's words are its seed. */
function sampling(): { system: CompoundSystem; judgeSeeds: [left: string, seed: number][] } {
  const judgeSeeds: [string, number][] = [];
  const ask = (name: string): Pick<Component, 'run'> => ({
    run: (_, configuration, context) =>
      context.chat([{ role: 'user', content: `${name} ${configuration['n'] ?? ''}` }]),
  });
  const judge: Component = {
    ...joining('judge', ['left']),
    run: async (fields, _, context) => {
      judgeSeeds.push([fields['left']!, context.seed]);
      return String(context.seed);
    },
  };
  const left = joining('left', ['question'], {
    ...ask('left'),
    slots: { n: { kind: 'number', initial: 1, options: [1, 2, 3] } },
  });
  // The reward is uniform in [0, 1) and depends on the judge's draw alone.
  const system = systemOf([left, judge], 'judge', (_, seed) => Number(seed) / 2 ** 32);
  return { system, judgeSeeds };
}

describe('collecting with a model that samples', () => {
  const model = modelThat(([message]) => message!.content, false);

  it('draws the same random numbers downstream for every alternative', async () => {
    const { system, judgeSeeds } = sampling();
    const { group } = await collect(system, 'left', [n(2), n(3)], { model, rollouts: 3 });
    const seedsOf = (left: string): number[] =>
      judgeSeeds.filter(([output]) => output === left).map(([, seed]) => seed);
    expect(new Set(seedsOf('left 1')).size).toBe(3);
    expect(seedsOf('left 2')).toEqual(seedsOf('left 1'));
    expect(seedsOf('left 3')).toEqual(seedsOf('left 1'));
    // Nothing but the judge's draws differs, so equal draws leave no difference at all.
    expect(strictPairs(group)).toEqual([]);
  });

  it('averages the reward over the rollouts', async () => {
    const { system, judgeSeeds } = sampling();
    const { group } = await collect(system, 'left', [n(2)], { model, rollouts: 3 });
    const seeds = judgeSeeds.filter(([left]) => left === 'left 2').map(([, seed]) => seed);
    const mean = seeds.reduce((a, b) => a + b, 0) / 3 / 2 ** 32;
    expect(seeds).toHaveLength(3);
    expect(group.outputs[1]!.reward).toBeCloseTo(mean, 12);
  });

  it('draws the output of the component once an alternative, not once a rollout', async () => {
    const { system } = sampling();
    const echo = modelThat((_, { seed }) => `left ${seed}`, false);
    const other: Alternative = { configuration: { left: { n: 1 } }, temperature: 1 };
    const { group } = await collect(system, 'left', [other, other], { model: echo, rollouts: 3 });
    expect(group.outputs).toHaveLength(3);
    expect(echo.asked).toHaveLength(3);
  });
});

/**
 * How many preference pairs a head needs (the paper: 12.5 % of them give 92.7 % of the pair accuracy
 * that all of them give). Pairs come from rollouts of every train example of multihop-qa, accuracy is
 * measured on rollouts of test examples, which no head has seen.
 */
import { chatModel, loadWorkload } from '../src/compose/catalogue';
import {
  alignmentOn,
  featurePairs,
  learnFrequencies,
  localRewards,
} from '../src/core/optimize/optimas/heads';
import { DEFAULT_OPTIONS } from '../src/core/optimize/optimas/options';
import { collectInitialPairs, sampleGroup } from '../src/core/optimize/optimas/rollouts';
import { OptimasSession } from '../src/core/optimize/optimas/session';
import { randomStream, shuffled } from '../src/core/random/stream';
import type { RolloutGroup } from '../src/core/reward/preference-pair';
import { Budget } from '../src/core/run/budget';
import { mean } from '../src/core/statistics/bootstrap';
import { isComplete } from '../src/core/system/trace';
import { nodeRewards } from './node-rewards';
import type { Figure } from './timing';

const SHARES = [0.125, 0.25, 0.5, 1];
const SEEDS = [1, 2, 3, 4, 5];
/** Test examples rolled out to measure accuracy. */
const TEST = 120;

export async function benchPairEfficiency(): Promise<Figure[]> {
  const workload = await loadWorkload();
  const { system, data, references } = workload;
  const rewardModel = await nodeRewards(
    system.components.map(({ name }) => name),
    'wasm',
  );
  const session = new OptimasSession(
    {
      system,
      data: data.splits,
      references: await references(),
      engine: 'reader',
      model: chatModel(),
      rewardModel,
      seed: 1,
      budget: new Budget(Infinity, system.components.length),
    },
    // Every train example, every pair.
    { ...DEFAULT_OPTIONS, groundTruth: false, replayPairs: Infinity, samples: 6 },
  );
  for await (const _ of collectInitialPairs(session, Infinity));
  learnFrequencies(session);
  const all = await featurePairs(session);
  const test = await testGroups(session);
  const accuracies: number[] = [];
  for (const share of SHARES) {
    // With all pairs the draw changes nothing, but the initial weights do.
    const runs: number[] = [];
    for (const seed of SEEDS) {
      const drawn = shuffled(all, randomStream('pair efficiency', seed)).slice(
        0,
        Math.round(share * all.length),
      );
      await rewardModel.fit(drawn, { seed });
      runs.push(await accuracy(session, test));
    }
    accuracies.push(mean(runs));
  }
  const full = accuracies.at(-1)!;
  return [
    { name: 'pairs of all train examples', value: all.length, unit: 'pairs' },
    ...SHARES.map((share, i) => ({
      name: `pair accuracy on test examples, ${100 * share} % of the pairs`,
      value: accuracies[i]!,
      unit: '',
    })),
    { name: 'accuracy of 12.5 % / of all pairs', value: accuracies[0]! / full, unit: '×' },
    {
      name: 'the same above chance (½)',
      value: (accuracies[0]! - 0.5) / (full - 0.5),
      unit: '×',
    },
  ];
}

async function testGroups(session: OptimasSession): Promise<Map<string, RolloutGroup[]>> {
  const groups = new Map<string, RolloutGroup[]>();
  for (const example of session.problem.data.test.slice(0, TEST)) {
    const base = await session.executor.execute(example, session.measuring);
    if (!isComplete(base)) continue;
    for (const component of session.searchable) {
      const { group } = await sampleGroup(session, component, example, base, session.measuring);
      groups.set(component.name, [...(groups.get(component.name) ?? []), group]);
    }
  }
  return groups;
}

/** Mean over the components. */
async function accuracy(
  session: OptimasSession,
  test: ReadonlyMap<string, readonly RolloutGroup[]>,
): Promise<number> {
  const found: number[] = [];
  for (const component of session.searchable) {
    const measured = await alignmentOn(
      session,
      component,
      test.get(component.name) ?? [],
      (items) => localRewards(session, component, items),
    );
    if (measured.pairs > 0) found.push(measured.accuracy);
  }
  return mean(found);
}

/** A configuration whose choices need local rewards leaves as JSON and comes back. */
import { beforeAll, describe, expect, it } from 'vitest';
import { measureConfiguration } from '../core/optimize/measure-configuration';
import { TextFeatures } from '../core/reward/features';
import type { RewardModelDescription } from '../core/reward/reward-model';
import { EMPTY_RUN, fold, type RunState } from '../core/run/fold';
import type { RunEvent, RunResult } from '../core/run/run-event';
import { needsRewards } from '../core/system/configuration';
import { readConfiguration } from '../core/system/read-configuration';
import { cpuBackend, pickBackend } from '../learning/backend';
import { RewardHeads } from '../learning/reward-heads';
import { loadWorkload, prepareRun, startRun, type RunSettings, type Workload } from './catalogue';

let description: RewardModelDescription;
let work: Workload;
let result: RunResult;

function settings(): RunSettings {
  const features = new TextFeatures();
  const components = work.system.components.map(({ name }) => name);
  return {
    seed: 1,
    budget: 400,
    mode: 'default',
    rewardModel: new RewardHeads(components, features.d, description),
    features,
    options: { validationExamples: 32, testExamples: 40 },
  };
}

async function stateOf(events: AsyncGenerator<RunEvent, void, void>): Promise<RunState> {
  let state = EMPTY_RUN;
  for await (const event of events) state = fold(state, event);
  return state;
}

beforeAll(async () => {
  description = await pickBackend([cpuBackend], 1);
  work = await loadWorkload({ system: 'evidence-qa' });
  result = (await stateOf(startRun(work, settings()))).result!;
}, 60_000);

describe('a configuration that chooses a model for each input', () => {
  it('brings the heads that choose', () => {
    expect(needsRewards(result.configuration)).toBe(true);
    expect(result.localRewards?.features).toBe('dense');
  });

  it('measures the same when it is read again', async () => {
    const file = JSON.parse(JSON.stringify(result)) as RunResult;
    const { problem } = await prepareRun(work, settings());
    const configuration = readConfiguration(work.system, file);
    const { localRewards } = file;
    const again = await stateOf(measureConfiguration(problem, { configuration, localRewards }));
    expect(again.result!.test).toEqual(result.test);
    expect(again.result!.localRewards).toEqual(result.localRewards);
  });

  it.each<[string, unknown, RegExp]>([
    ['none', undefined, /damaged/],
    ['other features', { features: 'hashed' }, /features "hashed".*"dense"/],
    ['no words', { words: {} }, /damaged/],
    ['heads of another system', { heads: { networks: [] } }, /not those of this system/],
    ['broken weights', { heads: { networks: [{ weights: ['?'], scales: [] }] } }, /not those/],
  ])('ends in words with local rewards that do not fit: %s', async (_, change, message) => {
    const { configuration } = result;
    const { problem } = await prepareRun(work, settings());
    const localRewards = change && { ...result.localRewards, ...change };
    const state = await stateOf(measureConfiguration(problem, { configuration, localRewards }));
    expect(state.error?.message).toMatch(message);
  });
});

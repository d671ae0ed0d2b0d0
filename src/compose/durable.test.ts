import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { MemoryJournal } from '../core/run/journal-memory';
import { EmbeddingFeatures } from '../core/reward/embedding-features';
import type { RewardModelDescription } from '../core/reward/reward-model';
import type { RunEvent } from '../core/run/run-event';
import { hash32 } from '../core/reward/hashed-features';
import { TextFeatures } from '../core/reward/features';
import { silentModel } from '../core/testing/chat-models';
import { chooserData, chooserSystem } from '../core/testing/chooser-system';
import { contraryFeatures, contraryRewards, contrarySystem } from '../core/testing/contrary';
import { imitatingModel, kindsSystem } from '../core/testing/kinds-system';
import { linearRewards } from '../core/testing/linear-rewards';
import { logOf, wordProblem } from '../core/testing/runs';
import { wordData, wordReward, wordSystem } from '../core/testing/word-system';
import { cpuBackend, pickBackend } from '../learning/backend';
import { TensorPolicyTrainer } from '../learning/policy-trainer';
import { RewardHeads } from '../learning/reward-heads';
import { durableEmbedder } from './durable';
import {
  expectSameLog,
  play,
  recordedCalls,
  unreliable,
  type Played,
  type Scenario,
} from './durable-testing';

let description: RewardModelDescription;

beforeAll(async () => {
  description = await pickBackend([cpuBackend], 1);
});

/** Embeds word counts, and a trace of the company a text is embedded in, as engines do. */
function sociable(d: number) {
  const asked: string[][] = [];
  return {
    asked,
    name: 'sociable',
    d,
    async embed(texts: readonly string[]) {
      asked.push([...texts]);
      const company = hash32(texts.join('\n')) / 2 ** 33;
      return texts.map((text) => {
        const vector = new Float32Array(d).fill(company);
        for (const word of text.split(' ')) vector[hash32(word) % d]! += 1;
        return vector;
      });
    },
  };
}

/** Heads into which the snapshots of others can be put. */
const heads = () => linearRewards(['picker', 'speaker', 'cutter']);

/** On validation only two words may be left: changes of the prompt help there, others do harm. */
const strict = () =>
  wordSystem({
    score: (example, output) =>
      example.id.startsWith('validation') && output.split(' ').length > 2
        ? 0
        : wordReward(example, output),
  });

/** Small, because they are trained a hundred times here. */
const SMALL_HEADS = {
  ...{ hidden: 2, learningRate: 0.01, weightDecay: 0.002, ownDecay: 3, batch: 64 },
  ...{ minEpochs: 3, maxEpochs: 4, patience: 1 },
};

interface WorthyScenario extends Scenario {
  /** Whether it is another run where it is not durable. */
  readonly sociable?: boolean;
  /** Events without which it would prove little. */
  readonly shows: readonly RunEvent['type'][];
}

const SCENARIOS: Readonly<Record<string, WorthyScenario>> = {
  'of a deterministic model': {
    problem: () => wordProblem({ rewardModel: heads(), seed: 3, limit: 200 }),
    options: { untrusted: 'trust' },
    shows: ['change', 'drift'],
  },
  'of a model that samples, writes prompts and fails': {
    problem: () => wordProblem({ model: unreliable(), rewardModel: heads(), seed: 4, limit: 400 }),
    options: { proposals: 'mixed', untrusted: 'trust' },
    shows: ['change', 'example.failed', 'drift'],
  },
  'that adapts to candidates and rolls back': {
    problem: () =>
      wordProblem({
        system: strict(),
        data: wordData(100),
        rewardModel: heads(),
        seed: 3,
        limit: 200,
      }),
    options: { adaptTo: 'candidate', untrusted: 'trust', restarts: false },
    shows: ['change', 'drift', 'heads.restored'],
  },
  'with demos, routed choices and the best of several outputs': {
    problem: () =>
      wordProblem({
        system: kindsSystem(),
        model: imitatingModel(),
        rewardModel: heads(),
        data: wordData(40, 8, 8),
        seed: 2,
        limit: 150,
      }),
    options: { bestOf: { picker: 3 }, untrusted: 'trust' },
    shows: ['change', 'drift'],
  },
  'that is confirmed and starts again': {
    problem: () =>
      wordProblem({
        system: contrarySystem(),
        data: wordData(12, 3, 3),
        features: contraryFeatures(),
        rewardModel: contraryRewards(),
        limit: 110,
      }),
    options: { untrusted: 'trust' },
    shows: ['change', 'drift', 'moved'],
  },
  'that trains a policy and tensors': {
    problem: () =>
      wordProblem({
        system: chooserSystem(),
        data: chooserData(30, 8, 8),
        model: silentModel,
        rewardModel: new RewardHeads(['chooser'], new TextFeatures().d, description, SMALL_HEADS),
        policyTrainer: new TensorPolicyTrainer(),
        limit: 100,
      }),
    options: { untrusted: 'trust', folds: 2 },
    shows: ['change', 'candidates.scored'],
  },
  'with embeddings that depend on their company': {
    problem: (journal) =>
      wordProblem({
        features: new EmbeddingFeatures('test', async () =>
          durableEmbedder('sociable', 16, async () => sociable(16), journal),
        ),
        rewardModel: heads(),
        seed: 3,
        limit: 120,
      }),
    options: { untrusted: 'trust' },
    sociable: true,
    shows: ['change', 'drift'],
  },
};

describe.each(Object.entries(SCENARIOS))('a run %s', (_, scenario) => {
  let whole: Played;

  beforeAll(async () => {
    whole = await play(scenario);
  });

  it('is worth the test', () => {
    expect(whole.log.at(-1)!.type).toBe('run.finished');
    expect(whole.log.map(({ type }) => type)).toEqual(expect.arrayContaining([...scenario.shows]));
    expect(whole.fits).toBeGreaterThan(1);
    expect(whole.scores).toBeGreaterThan(10);
  });

  it('is the run that it would be were it not durable', async () => {
    if (scenario.sociable === true) return;
    const { problem, options } = scenario;
    expectSameLog(whole.log, await logOf(problem(new MemoryJournal()), options));
  });

  it('goes on from wherever it broke off as if it had not, and asks nothing twice', async () => {
    const { length } = whole.journal.appended;
    const cut = fc.nat(length);
    await fc.assert(
      fc.asyncProperty(cut, async (appends) => {
        const resumed = await play(scenario, whole.journal.kept(appends));
        expectSameLog(resumed.log, whole.log);
        const before = (name: string): number => recordedCalls(whole.journal, appends, name);
        expect(resumed.asked).toEqual(whole.asked.slice(before('complete')));
        expect(resumed.fits).toBe(whole.fits - before('fit'));
        expect(resumed.scores).toBe(whole.scores - before('score') - before('held-out'));
        expect(resumed.improvements).toBe(whole.improvements - before('improve'));
        expect(resumed.journal.appended.length).toBe(length - appends);
      }),
      { numRuns: 6, examples: [[0], [length]] },
    );
  });

  it('goes on when it broke off twice', async () => {
    const { length } = whole.journal.appended;
    const first = Math.floor(length / 3);
    const second = await play(scenario, whole.journal.kept(first));
    const third = await play(scenario, second.journal.kept(Math.floor(length / 3)));
    expectSameLog(third.log, whole.log);
  });
});

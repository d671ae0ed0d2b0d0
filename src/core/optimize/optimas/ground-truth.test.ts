import { afterEach, describe, expect, it, vi } from 'vitest';
import { TextFeatures } from '../../reward/features';
import { linearRewards } from '../../testing/linear-rewards';
import { logOf, ofType, stateOf, wordProblem } from '../../testing/runs';
import { wordData, wordReward, wordSystem } from '../../testing/word-system';
import type { DataSplits } from '../optimizer';

afterEach(() => {
  vi.restoreAllMocks();
});

/** What no component writes and the reward knows to be right. */
const GOLD = 'known to be right';

/** Train examples whose expected outcome is the gold. */
const golden = (data: DataSplits): DataSplits => ({
  ...data,
  train: data.train.map((example) => ({ ...example, expected: [GOLD, ...example.expected] })),
});

/** Outputs that were made into feature vectors. */
function outputsOfVectors(): Map<Float32Array, string> {
  const outputs = new Map<Float32Array, string>();
  const { vector } = TextFeatures.prototype;
  vi.spyOn(TextFeatures.prototype, 'vector').mockImplementation(function (
    this: TextFeatures,
    inputs,
    order,
    output,
  ) {
    const made = vector.call(this, inputs, order, output);
    outputs.set(made, output);
    return made;
  });
  return outputs;
}

/** Without the closer the cutter writes the system's output. */
const system = wordSystem({
  withoutCloser: true,
  score: (example, output) => (output === GOLD ? 1 : 0.5 * wordReward(example, output)),
});

describe('the ground truth', () => {
  it('adds pairs for the component that writes the output, always as the winner', async () => {
    const outputs = outputsOfVectors();
    const rewardModel = linearRewards();
    await logOf(wordProblem({ system, data: golden(wordData()), rewardModel }));
    const pairs = rewardModel.fits.flatMap((fit) => fit.pairs);
    const known = pairs.filter(({ winner }) => outputs.get(winner) === GOLD);
    expect(known.length).toBeGreaterThan(0);
    for (const { component, gap } of known) {
      expect(component).toBe('cutter');
      expect(gap).toBeGreaterThanOrEqual(0.5);
    }
    expect(pairs.some(({ loser }) => outputs.get(loser) === GOLD)).toBe(false);
  });

  it('can be left out', async () => {
    const outputs = outputsOfVectors();
    const problem = wordProblem({ system, data: golden(wordData()) });
    await logOf(problem, { groundTruth: false });
    expect([...outputs.values()]).not.toContain(GOLD);
  });

  it('adds nothing where the last component has nothing to optimise', async () => {
    const outputs = outputsOfVectors();
    await logOf(wordProblem({ data: golden(wordData()) }));
    expect([...outputs.values()]).not.toContain(GOLD);
  });

  it('takes no part in a measured alignment', async () => {
    const log = await logOf(wordProblem({ system, data: golden(wordData()) }));
    const aligned = ofType(log, 'alignment');
    expect(aligned.length).toBeGreaterThan(0);
    for (const { alignment } of aligned) {
      for (const { global } of alignment.outputs) expect(global).toBeLessThanOrEqual(0.5);
    }
    const cutter = aligned.filter(({ alignment }) => alignment.component === 'cutter');
    expect(cutter[0]!.alignment.trainingPairs).toBeGreaterThan(cutter[0]!.alignment.pairs);
  });

  it('is no head-room: components are chosen by what configurations reached', async () => {
    const flat = wordSystem({
      withoutCloser: true,
      score: (_, output) => (output === GOLD ? 1 : 0.25),
    });
    const data = golden(wordData());
    const log = await logOf(wordProblem({ system: flat, data }));
    const pairs = ofType(log, 'heads.fitted')[0]!.pairs;
    expect(pairs['cutter']).toBeGreaterThan(0);
    expect(pairs['picker']).toBe(0);
    expect(ofType(log, 'component.chosen')[0]!.probabilities).toEqual({ picker: 0.5, cutter: 0.5 });
    for (const { alignment } of ofType(log, 'alignment')) {
      expect(alignment).toMatchObject({ pairs: 0, trusted: false });
    }
    // Nothing but the ground truth teaches anything here.
    const none = await logOf(wordProblem({ system: flat, data }), { groundTruth: false });
    expect(stateOf(none).error!.message).toMatch(/nothing to learn/);
  });
});

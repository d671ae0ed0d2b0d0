/** Runs whose model is replaced by another on the way. */
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../run/run-event';
import { initialConfiguration } from '../../system/compound-system';
import type { Configuration } from '../../system/configuration';
import { Executor } from '../../system/execute';
import { mean } from '../../statistics/bootstrap';
import { logOf, ofType, stateOf, wordProblem } from '../../testing/runs';
import { replacedAfter, STUTTERER, stutterer } from '../../testing/replaced-model';
import type { OptimasOptions } from './options';

async function runOf(calls: number, options: Partial<OptimasOptions> = {}, deterministic = true) {
  const problem = wordProblem({
    seed: 3,
    limit: 150,
    model: replacedAfter(calls, deterministic),
  });
  const log: RunEvent[] = await logOf(problem, options);
  const [finished] = ofType(log, 'run.finished');
  return { problem, log, result: finished!.result };
}

/** Mean reward on the test examples, on the stutterer alone. */
async function measuredOnStutterer(configuration?: Configuration) {
  const { system, data, budget, seed } = wordProblem({ limit: 1000 });
  const executor = new Executor(system, stutterer(), seed);
  const rewards: number[] = [];
  for (const example of data.test) {
    const trace = await executor.execute(example, {
      configuration: configuration ?? initialConfiguration(system),
      budget,
    });
    rewards.push(trace.reward!);
  }
  return mean(rewards);
}

describe.each([3, 15, 25, 60, 120, 165])('a model replaced after %i calls', (calls) => {
  it('is told once, and every final score is of the last model', async () => {
    const { log, result } = await runOf(calls);
    const events = ofType(log, 'model.replaced');
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ from: 'test model', to: STUTTERER });
    expect(result.engine).toBe(STUTTERER);
    expect(result.enginesBefore).toEqual(['test model']);
    expect(result.test.initial).toBeCloseTo(await measuredOnStutterer(), 12);
    expect(result.test.final).toBeCloseTo(await measuredOnStutterer(result.configuration), 12);
    expect(stateOf(log).test.initial?.reward).toBe(result.test.initial);
  });

  it.each(['mean', 'sequential'] as const)(
    'compares candidates with incumbents of the same model (%s)',
    async (acceptance) => {
      const { log, result } = await runOf(calls, { acceptance });
      const at = log.findIndex(({ type }) => type === 'model.replaced');
      const after = ofType(log.slice(at), 'measured').filter(({ split }) => split === 'validation');
      // Nothing the first model scored stands on the curve beside the second one's.
      const accepted = ofType(log.slice(at), 'change').filter(({ change }) => change.accepted);
      for (const { change } of accepted) {
        expect(change.validation!.to).toBeGreaterThan(change.validation!.from!);
      }
      // The stutterer says every word twice, so it can never score full marks.
      for (const { measurement } of after) expect(measurement.reward).toBeLessThan(1);
      expect(result.validation.initial).toBeLessThan(1);
    },
  );
});

it.each([3, 15, 60])('samples on the other model after %i calls', async (calls) => {
  const { result } = await runOf(calls, {}, false);
  expect(result.engine).toBe(STUTTERER);
});

it('says nothing of engines before where there was one', async () => {
  const { log, result } = await runOf(1e9);
  expect(ofType(log, 'model.replaced')).toEqual([]);
  expect(result.engine).toBe('obedient');
  expect(result).not.toHaveProperty('enginesBefore');
});

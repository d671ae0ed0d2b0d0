import { expect, it } from 'vitest';
import type { RunEvent } from '../run/run-event';
import { logOf, ofType, stateOf, wordProblem } from '../testing/runs';
import { measureConfiguration } from './measure-configuration';

async function measured(
  configuration: Parameters<typeof measureConfiguration>[1]['configuration'],
) {
  const problem = wordProblem({ seed: 3, limit: 150, dataName: 'mine' });
  const log: RunEvent[] = [];
  for await (const event of measureConfiguration(problem, { configuration })) log.push(event);
  return { problem, log, state: stateOf(log) };
}

it('gives the test scores that the run ended with, and spends nothing', async () => {
  const optimised = stateOf(await logOf(wordProblem({ seed: 3, limit: 150 }))).result!;
  const { log, state } = await measured(optimised.configuration);
  const { result } = state;
  expect(result!.test).toEqual(optimised.test);
  expect(result!.budget.systemRuns).toBe(0);
  expect(result!.configuration).toEqual(optimised.configuration);
  expect(state.configuration).toEqual(optimised.configuration);
  expect(result!.method).toBe('measurement');
  expect(result!.data).toMatchObject({ name: 'mine', hash: optimised.data.hash, test: 12 });
  expect(ofType(log, 'change')).toEqual([]);
});

it('says so where there is nothing to measure on', async () => {
  const { data, ...problem } = wordProblem();
  const log: RunEvent[] = [];
  const none = { ...problem, data: { ...data, test: [] } };
  for await (const event of measureConfiguration(none, { configuration: {} })) log.push(event);
  expect(log.at(-1)).toMatchObject({ type: 'run.failed' });
});

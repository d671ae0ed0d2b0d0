import { describe, expect, it } from 'vitest';
import { EMPTY_RUN, type RunState } from '../src/core/run/fold';
import type { Change, RunEvent, RunResult } from '../src/core/run/run-event';
import { extendPaces, progressLine, summary, type Paces } from './report';

const started = { limit: 100, metric: 'F1' } as Extract<RunEvent, { type: 'run.started' }>;
const RUNNING: RunState = {
  ...EMPTY_RUN,
  status: 'running',
  started,
  phase: 'rollouts',
  progress: { done: 10, total: 40, unit: 'system runs' },
  spent: { systemRuns: 20, modelCalls: 0, cacheHits: 0, tokens: 0 },
};

/** From 4 system runs at once to 20 after 4 s. */
const PACES: Paces = {
  budget: [
    { at: 1000, systemRuns: 4 },
    { at: 5000, systemRuns: 20 },
  ],
};

describe('the progress line', () => {
  it('has phase, share, budget, rate and time left', () => {
    expect(progressLine(RUNNING, PACES)).toBe(
      'Rollouts · 25 % of 40 system runs · 20.0 of 100 system runs · 4.0/s · about 20 s of the budget left',
    );
  });

  it('has the rate and the time left of a phase that the budget does not pay for', () => {
    const state: RunState = {
      ...RUNNING,
      phase: 'final',
      progress: { done: 3, total: 24, unit: 'test examples' },
    };
    const { spent } = RUNNING;
    const at = (ms: number, done: number) => ({
      at: ms,
      event: { type: 'progress', phase: 'final', ...state.progress, done, spent } as const,
    });
    const paces = [at(0, 0), at(60_000, 3)].reduce(extendPaces, PACES);
    expect(progressLine(state, paces)).toBe(
      'Final measurement · 13 % of 24 test examples · 0.05/s · about 420 s of this phase left',
    );
    expect(progressLine(state, PACES)).toBe('Final measurement · 13 % of 24 test examples');
  });

  it('has no time left while nothing was spent', () => {
    expect(progressLine(RUNNING, { budget: [] })).not.toMatch(/left/);
  });

  it('has the latest validation, once there is one', () => {
    const point = (reward: number | null) => ({ systemRuns: 1, reward, iteration: 0 });
    const state = (reward: number | null): RunState => ({
      ...RUNNING,
      validation: [point(0.1), point(reward)],
    });
    expect(progressLine(state(0.4321), PACES)).toMatch(/validation 0\.432$/);
    expect(progressLine(state(null), PACES)).not.toMatch(/validation/);
  });
});

describe('the summary', () => {
  const change = (from: string, to: string, accepted: boolean) =>
    ({ component: 'c', slot: 'prompt', from, to, accepted, reason: 'because' }) as Change;
  const result: RunResult = {
    data: { name: 'shipped', hash: 'abc', train: 3, validation: 2, test: 4 },
    system: 's',
    engine: 'e',
    method: 'optimas',
    mode: 'default',
    features: 'dense',
    componentwiseMaximum: false,
    seed: 4,
    budget: { ...RUNNING.spent, limit: 100 },
    measurement: RUNNING.spent,
    validation: { initial: 0.25, final: 0.5 },
    test: {
      initial: 0.125,
      final: null,
      n: 24,
      low: null,
      high: 0.75,
      failed: 0,
      beside: { initial: {}, final: {} },
    },
    alignment: {
      c: {
        pairs: 10,
        accuracy: 0.8,
        low: 0.49,
        high: 0.943,
        kendallTau: null,
        spearman: null,
        calibrationError: null,
        reference: 0.6,
      },
    },
    reference: { chance: null, majority: 0.1, heuristic: 0.2 },
    configuration: {},
    rewardModel: { backend: 'cpu' },
    changes: { accepted: 1, rejected: 0 },
  };
  const text = summary(
    {
      ...RUNNING,
      changes: [{ ...change('Task\nOld.', 'Task\nNew.', true), systemRuns: 1 }],
    },
    result,
    12.34,
  );

  it('has scores with their interval, a dash for what is unknown', () => {
    expect(text).toContain('0.125 → –, difference in [–, 0.750] (95 %, n = 24)');
    expect(text).toContain('0.250 → 0.500');
    expect(text).toContain('heuristic 0.200, majority 0.100, chance –');
    expect(text).toMatch(/Model calls +\d+ in the budget, \d+ to measure; tokens \d+ and \d+/);
  });

  it('has the pair accuracy of each head beside that of the untrained score', () => {
    expect(text).toMatch(
      /c +0\.800 \[0\.490, 0\.943\] on 10 pairs, τ –, ρ –, calibration error –, untrained 0\.600/,
    );
  });

  it('has the lines that a change of a prompt took and brought', () => {
    expect(text).toContain('accepted  c.prompt: −"Old." +"New." — because');
  });

  it('of a measurement has no word of what was not done', () => {
    const measured = summary(RUNNING, { ...result, method: 'measurement' }, 12.34);
    expect(measured).toContain('s on e, seed 4: the initial configuration and this one, 12.3 s');
    expect(measured).toContain('0.125 → –, difference in [–, 0.750] (95 %, n = 24)');
    expect(measured).toContain('heuristic 0.200');
    expect(measured).not.toMatch(/Validation|Pair accuracy|Changes|system runs/);
  });
});

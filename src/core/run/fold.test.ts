import { describe, expect, it } from 'vitest';
import type { Trace } from '../system/trace';
import { EMPTY_RUN, FAILURES_KEPT, fold, type RunState } from './fold';
import type { Change, ComponentAlignment, Measurement, RunEvent, RunResult } from './run-event';

const SPENT = { systemRuns: 3, modelCalls: 2, cacheHits: 1, tokens: 40 };

const component = (name: string) => ({
  name,
  description: name,
  inputs: ['question'],
  output: name,
  slots: {},
});

const STARTED: RunEvent = {
  type: 'run.started',
  version: 3,
  mode: 'default',
  features: 'dense',
  system: 's',
  engine: 'e',
  method: 'optimas',
  seed: 1,
  limit: 10,
  metric: 'F1',
  components: [component('a'), component('b')],
  configuration: { a: { k: 1 }, b: { k: 1 } },
  examples: { train: 3, validation: 2, test: 4 },
  references: { chance: null, majority: null, heuristic: null },
  rewardModel: { backend: 'cpu', measured: {}, reason: '' },
};

const measurement = (reward: number | null): Measurement => ({
  reward,
  beside: {},
  completed: 2,
  failed: 0,
});

const measured = (
  split: 'validation' | 'test',
  when: 'initial' | 'iteration' | 'final',
  reward: number | null,
  systemRuns = 3,
): RunEvent => ({
  type: 'measured',
  split,
  when,
  measurement: measurement(reward),
  spent: { ...SPENT, systemRuns },
});

const change = (name: string, to: number, accepted: boolean): RunEvent => {
  const made: Change = {
    iteration: 1,
    component: name,
    slot: 'k',
    from: 1,
    to,
    rankedBy: 'local',
    score: { from: 0, to: 1 },
    accepted,
    reason: 'because',
  };
  return { type: 'change', change: made, spent: SPENT };
};

const aligned = (on: 'held-out' | 'test', accuracy: number): RunEvent => ({
  type: 'alignment',
  on,
  alignment: { component: 'a', accuracy } as ComponentAlignment,
});

const folded = (...events: RunEvent[]): RunState => events.reduce(fold, EMPTY_RUN);

describe('the state of a run', () => {
  it('is empty, running, then finished or failed', () => {
    expect(EMPTY_RUN.status).toBe('empty');
    expect(folded(STARTED).status).toBe('running');
    const result = { seed: 1 } as RunResult;
    const finished = folded(STARTED, { type: 'run.finished', result });
    expect([finished.status, finished.phase]).toEqual(['finished', 'done']);
    expect(finished.result).toBe(result);
    const failed = folded(STARTED, { type: 'run.failed', message: 'why', hint: 'what next' });
    expect(failed.status).toBe('failed');
    expect(failed.error).toEqual({ message: 'why', hint: 'what next' });
  });

  it('begins anew with a new run', () => {
    const again = folded(STARTED, change('a', 2, true), measured('test', 'initial', 0.5), STARTED);
    expect(again).toEqual(folded(STARTED));
  });

  it('refuses a log of a version it does not know', () => {
    const later = { ...STARTED, version: 99 } as unknown as RunEvent;
    expect(() => folded(later)).toThrow(/version 99/);
  });

  it('never changes the state it was given', () => {
    const before = folded(STARTED);
    const copy = structuredClone(before);
    fold(before, change('a', 2, true));
    fold(before, aligned('held-out', 0.6));
    expect(before).toEqual(copy);
  });

  it('shows the progress of the present phase and what is worked on', () => {
    const progress = {
      type: 'progress',
      phase: 'rollouts',
      done: 2,
      total: 5,
      unit: 'runs',
    } as const;
    const working = folded(STARTED, { ...progress, spent: SPENT, component: 'b' });
    expect(working.progress).toEqual({ done: 2, total: 5, unit: 'runs' });
    expect([working.phase, working.active, working.spent]).toEqual(['rollouts', 'b', SPENT]);
    expect(fold(working, { ...progress, spent: SPENT })).not.toHaveProperty('active');
  });

  it('counts what was measured outside the budget, where a log tells it', () => {
    const progress = { type: 'progress', phase: 'baseline', done: 1, total: 5, unit: 'x' } as const;
    const measured = { ...SPENT, modelCalls: 71 };
    const told = folded(STARTED, { ...progress, spent: SPENT, measured });
    expect(told.measured.modelCalls).toBe(71);
    expect(fold(told, { ...progress, spent: SPENT }).measured).toBe(measured);
    expect(folded(STARTED).measured.modelCalls).toBe(0);
  });
});

describe('changes in the log', () => {
  it('move the configuration only where they were accepted', () => {
    const state = folded(STARTED, change('a', 2, true), change('b', 5, false));
    expect(state.configuration).toEqual({ a: { k: 2 }, b: { k: 1 } });
    expect(state.changes.map(({ to, systemRuns }) => [to, systemRuns])).toEqual([
      [2, 3],
      [5, 3],
    ]);
    expect(state.components['a']).toMatchObject({ accepted: 1, rejected: 0 });
    expect(state.components['b']).toMatchObject({ accepted: 0, rejected: 1 });
  });
});

describe('measurements in the log', () => {
  it('on validation become points of the curve, by what was spent', () => {
    const chosen: RunEvent = {
      type: 'component.chosen',
      iteration: 1,
      component: 'a',
      probabilities: {},
    };
    const state = folded(
      STARTED,
      measured('validation', 'initial', 0.25, 2),
      chosen,
      measured('validation', 'iteration', null, 7),
    );
    expect(state.validation).toEqual([
      { systemRuns: 2, reward: 0.25, iteration: 0 },
      { systemRuns: 7, reward: null, iteration: 1 },
    ]);
    expect([state.iteration, state.active]).toEqual([1, 'a']);
  });

  it('on test examples are kept apart from the curve', () => {
    const state = folded(STARTED, measured('test', 'initial', 0.1), measured('test', 'final', 0.4));
    expect(state.validation).toEqual([]);
    expect(state.test).toEqual({ initial: measurement(0.1), final: measurement(0.4) });
  });
});

describe('heads in the log', () => {
  it('have a history on held-out examples and one value on test examples', () => {
    const state = folded(
      STARTED,
      aligned('held-out', 0.6),
      aligned('held-out', 0.7),
      aligned('test', 0.65),
    );
    expect(state.components['a']!.heldOut.map(({ accuracy }) => accuracy)).toEqual([0.6, 0.7]);
    expect(state.components['a']!.test!.accuracy).toBe(0.65);
    expect(state.components['b']).not.toHaveProperty('test');
  });

  it('show the pairs of each component and the losses of the latest fit', () => {
    const fitted = (pairs: number, losses: number[]): RunEvent => ({
      type: 'heads.fitted',
      iteration: 0,
      pairs: { a: pairs },
      epochs: losses.length,
      losses,
    });
    const state = folded(STARTED, fitted(4, [0.7, 0.6]), fitted(9, [0.5]));
    expect([state.components['a']!.pairs, state.components['b']!.pairs]).toEqual([9, 0]);
    expect([state.fits, state.losses]).toEqual([2, [0.5]]);
  });
});

describe('failures and traces in the log', () => {
  it('keep the newest failures and count all of them', () => {
    const failed = (i: number): RunEvent => ({
      type: 'example.failed',
      exampleId: `e${i}`,
      failure: { component: 'a', message: 'broke' },
    });
    const total = FAILURES_KEPT + 20;
    const state = folded(STARTED, ...Array.from({ length: total }, (_, i) => failed(i)));
    expect(state.failureCount).toBe(total);
    expect(state.failures).toHaveLength(FAILURES_KEPT);
    expect(state.failures.at(-1)!.exampleId).toBe(`e${total - 1}`);
    expect(state.failures[0]!.exampleId).toBe('e20');
  });

  it('show the latest trace', () => {
    const trace: Trace = { exampleId: 'x', steps: {}, output: 'y', reward: 1 };
    expect(folded(STARTED, { type: 'trace', split: 'train', trace }).trace).toBe(trace);
  });
});

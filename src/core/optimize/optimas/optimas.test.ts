import { beforeAll, describe, expect, it } from 'vitest';
import type { RunEvent, RunResult } from '../../run/run-event';
import { initialConfiguration } from '../../system/compound-system';
import { modelThat } from '../../testing/chat-models';
import { logOf, ofType, stateOf, wordProblem } from '../../testing/runs';
import { NAMES, wordModel, wordSystem } from '../../testing/word-system';

function resultOf(log: readonly RunEvent[]): RunResult {
  const [finished] = ofType(log, 'run.finished');
  return finished!.result;
}

describe('an Optimas run that succeeds', () => {
  const problem = wordProblem({ seed: 3, limit: 150 });
  let log: RunEvent[];
  let result: RunResult;

  beforeAll(async () => {
    log = await logOf(problem);
    result = resultOf(log);
  });

  it('begins with run.started and ends with run.finished, each once', () => {
    expect(log[0]!.type).toBe('run.started');
    expect(log.at(-1)!.type).toBe('run.finished');
    expect(ofType(log, 'run.started')).toHaveLength(1);
    expect(ofType(log, 'run.finished')).toHaveLength(1);
    expect(ofType(log, 'run.failed')).toEqual([]);
  });

  it('finds the directive and a number that let all names through', () => {
    expect(String(result.configuration['picker']!['prompt'])).toContain(NAMES);
    expect(result.configuration['cutter']!['k']).toBeGreaterThanOrEqual(4);
    expect(result.validation.final).toBe(1);
    expect(result.test.final).toBe(1);
    expect(result.test.initial).toBeLessThan(0.5);
  });

  it('has an interval of the gain around the gain', () => {
    const gain = result.test.final! - result.test.initial!;
    expect(result.test.low).toBeGreaterThan(0);
    expect(result.test.low).toBeLessThan(gain);
    expect(result.test.high).toBeGreaterThan(gain);
    expect(result.test.n).toBe(12);
  });

  it('never falls on validation', () => {
    const curve = stateOf(log).validation.map(({ reward }) => reward!);
    expect(curve.length).toBeGreaterThan(2);
    expect([...curve].sort((a, b) => a - b)).toEqual(curve);
    expect(curve.at(-1)).toBe(result.validation.final);
  });

  it('ends with the configuration that its accepted changes make', () => {
    const state = stateOf(log);
    expect(result.configuration).toEqual(state.configuration);
    expect(result.changes.accepted).toBe(state.changes.filter((c) => c.accepted).length);
  });

  it('accepts a change only where its paired validation rose', () => {
    for (const { change } of ofType(log, 'change')) {
      if (change.accepted) expect(change.validation!.to).toBeGreaterThan(change.validation!.from!);
      else if (change.to === change.from) expect(change.validation).toBeUndefined();
    }
  });

  it('scores the incumbent among the candidates, once', () => {
    const scored = ofType(log, 'candidates.scored');
    expect(scored.length).toBeGreaterThan(0);
    for (const { candidates } of scored) {
      expect(candidates.filter(({ incumbent }) => incumbent)).toHaveLength(1);
      expect(new Set(candidates.map(({ value }) => value)).size).toBe(candidates.length);
      for (const { score } of candidates) expect(Number.isFinite(score)).toBe(true);
    }
  });

  it('chooses only components that have something to optimise, by probabilities', () => {
    for (const { component, probabilities } of ofType(log, 'component.chosen')) {
      expect(probabilities[component]).toBeGreaterThan(0);
      expect(probabilities).not.toHaveProperty('closer');
      const sum = Object.values(probabilities).reduce((a, b) => a + b, 0);
      expect(sum).toBeCloseTo(1, 10);
    }
  });

  it('measures the alignment of every such head on test examples', () => {
    expect(Object.keys(result.alignment).sort()).toEqual(['cutter', 'picker']);
    for (const { pairs, accuracy, low, high } of Object.values(result.alignment)) {
      expect(pairs).toBeGreaterThan(0);
      expect(low).toBeLessThanOrEqual(accuracy);
      expect(high).toBeGreaterThanOrEqual(accuracy);
    }
  });

  it('counts measurements on test examples apart from the budget', () => {
    expect(result.budget.systemRuns).toBe(problem.budget.spent.systemRuns);
    // Twice twelve whole test runs, of which the second saves the steps that did not change.
    expect(result.measurement.systemRuns).toBeGreaterThan(12);
  });

  it('numbers its steps within their total', () => {
    for (const { done, total } of ofType(log, 'progress')) {
      expect(done).toBeGreaterThanOrEqual(0);
      expect(done).toBeLessThanOrEqual(total);
    }
  });
});

describe('the budget of a run', () => {
  it('is never exceeded, wherever it ends', async () => {
    for (const limit of [1, 7, 10, 11.5, 14, 23, 40, 64, 99]) {
      const problem = wordProblem({ limit });
      const log = await logOf(problem);
      expect(problem.budget.spent.systemRuns).toBeLessThanOrEqual(limit);
      for (const event of log) {
        if ('spent' in event) expect(event.spent.systemRuns).toBeLessThanOrEqual(limit);
      }
      expect(['run.finished', 'run.failed']).toContain(log.at(-1)!.type);
      for (const { result } of ofType(log, 'run.finished')) {
        expect(result.budget.limit).toBe(limit);
        expect(result.validation.final).toBeGreaterThanOrEqual(result.validation.initial!);
      }
    }
  });

  it('only ever grows in the log', async () => {
    const log = await logOf(wordProblem({ limit: 90 }));
    let before = 0;
    for (const event of log) {
      if (!('spent' in event)) continue;
      expect(event.spent.systemRuns).toBeGreaterThanOrEqual(before);
      before = event.spent.systemRuns;
    }
  });
});

describe('the seed of a run', () => {
  it('decides every event: equal seeds give equal logs', async () => {
    for (const deterministic of [true, false]) {
      const run = async (): Promise<string> =>
        JSON.stringify(await logOf(wordProblem({ seed: 5, model: wordModel(deterministic) })));
      expect(await run()).toBe(await run());
    }
  });

  it('changes the run: other seeds give other logs', async () => {
    const run = async (seed: number): Promise<string> => {
      const [, ...events] = await logOf(wordProblem({ seed }));
      return JSON.stringify(events);
    };
    expect(await run(5)).not.toBe(await run(6));
  });
});

describe('a run with a model that samples', () => {
  it('ends, no worse than it began, within its budget', async () => {
    for (const seed of [1, 2, 3]) {
      const problem = wordProblem({ seed, limit: 200, model: wordModel(false) });
      const result = resultOf(await logOf(problem));
      expect(result.validation.final).toBeGreaterThanOrEqual(result.validation.initial!);
      expect(result.budget.systemRuns).toBeLessThanOrEqual(200);
    }
  });
});

describe('validation with a model that samples', () => {
  /** Seeds with which the picker was asked one validation question under its first prompt. */
  async function seedsAsked(deterministic: boolean): Promise<[asked: number[], validated: number]> {
    const model = wordModel(deterministic);
    const problem = wordProblem({ seed: 3, limit: 400, model });
    const log = await logOf(problem);
    const question = problem.data.validation[0]!.inputs['question']!;
    const asked = model.asked.filter(
      ({ messages: [system, user], parameters }) =>
        system!.content === 'Pick words.' &&
        user!.content === question &&
        (parameters.temperature ?? 0) === 0,
    );
    const validated = ofType(log, 'change').filter(({ change }) => change.validation);
    return [asked.map(({ parameters }) => parameters.seed!), validated.length];
  }

  it('asks the incumbent anew, with other random numbers each time', async () => {
    const [seeds, validated] = await seedsAsked(false);
    expect(validated).toBeGreaterThan(0);
    expect(seeds.length).toBeGreaterThan(1);
    expect(new Set(seeds).size).toBe(seeds.length);
  });

  it('asks a deterministic model once', async () => {
    const [seeds, validated] = await seedsAsked(true);
    expect(validated).toBeGreaterThan(0);
    expect(seeds).toHaveLength(1);
  });

  it('does not let one lucky measurement defend the incumbent for ever', async () => {
    // Whatever is measured with the first seed of a question looks perfect.
    const first = new Map<string, number>();
    const model = modelThat(([system, user], { seed = 0 }) => {
      const question = user!.content;
      if (!first.has(question)) first.set(question, seed);
      const lucky = question.includes('validation') && first.get(question) === seed;
      const names = system!.content.includes(NAMES);
      return `${lucky ? 'lucky' : names ? 'good' : 'bad'} ${seed}`;
    }, false);
    const system = wordSystem({
      score: (_, output) => (output.startsWith('lucky') ? 1 : output.startsWith('good') ? 0.8 : 0),
    });
    const result = resultOf(await logOf(wordProblem({ system, model, limit: 500 })));
    expect(result.validation.initial).toBe(1);
    expect(result.changes.accepted).toBeGreaterThan(0);
    expect(String(result.configuration['picker']!['prompt'])).toContain(NAMES);
  });
});

describe('options of a run', () => {
  it('take the place of the defaults', async () => {
    const problem = wordProblem();
    const log = await logOf(problem, { validationExamples: 4 });
    expect(ofType(log, 'run.started')[0]!.examples).toEqual({ train: 24, validation: 4, test: 12 });
    const sizes = ofType(log, 'measured').filter(({ split }) => split === 'validation');
    for (const { measurement } of sizes) expect(measurement.completed).toBe(4);
  });

  it('start from the initial configuration of the system', async () => {
    const problem = wordProblem();
    const [started] = ofType(await logOf(problem), 'run.started');
    expect(started!.configuration).toEqual(initialConfiguration(problem.system));
  });
});

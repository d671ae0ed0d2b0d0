/** The end of a run: test scores with their interval, and the final alignment of every head. */
import { contentHash } from '../../random/hash';
import { randomStream, shuffled } from '../../random/stream';
import type { RolloutGroup } from '../../reward/preference-pair';
import type { RunEvent, RunResult } from '../../run/run-event';
import { saveRewards } from '../../reward/saved-rewards';
import { pairedBootstrap } from '../../statistics/bootstrap';
import { initialConfiguration } from '../../system/compound-system';
import type { ExecutionOptions } from '../../system/execute';
import { sideBySide } from '../../system/side-by-side';
import { needsRewards } from '../../system/configuration';
import { isComplete, type Trace } from '../../system/trace';
import { alignmentOn, localRewards } from './heads';
import { measured, measurementOf, runExamples } from './measure';
import { sampleGroup } from './rollouts';
import type { OptimizationProblem } from '../optimizer';
import type { OptimasSession } from './session';

export async function* finish(
  session: OptimasSession,
  initialTest: readonly Trace[],
  initialValidation: readonly Trace[],
): AsyncGenerator<RunEvent, void, void> {
  const { problem } = session;
  const { budget } = problem;
  const { models } = session.executor;
  let reign: number;
  let finalTest: readonly Trace[];
  let alignment: RunResult['alignment'];
  let bestOf: RunResult['bestOf'];
  // Once more from the start where the model is replaced meanwhile.
  do {
    reign = session.reign;
    finalTest = yield* test(session, session.measuring);
    if (reign > 1) {
      // The scores before are of another model: all of them are taken again on the present one.
      const initial = { ...session.measuring, configuration: initialConfiguration(problem.system) };
      initialTest = yield* test(session, initial);
      initialValidation = yield* validation(session, initial);
      session.validationTraces = yield* validation(session, session.measuring);
    }
    if (reign > 1) yield measured(session, 'test', 'initial', initialTest);
    yield measured(session, 'test', 'final', finalTest);
    alignment = yield* testAlignment(session, finalTest);
    bestOf = yield* bestOfN(session, finalTest);
  } while (reign !== session.reign);
  const localRewards = needsRewards(session.configuration)
    ? await saveRewards(problem.rewardModel, session.features)
    : undefined;
  const initial = measurementOf(initialTest);
  const final = measurementOf(finalTest);
  const result: RunResult = {
    system: problem.system.name,
    data: dataFacts(problem),
    engine: models.length > 1 ? models.at(-1)! : problem.engine,
    ...(models.length > 1 && { enginesBefore: models.slice(0, -1) }),
    method: 'optimas',
    mode: problem.mode ?? 'default',
    features: session.features.name,
    seed: problem.seed,
    budget: { ...budget.spent, limit: budget.limit },
    measurement: session.measurement.spent,
    validation: {
      initial: measurementOf(initialValidation).reward,
      final: measurementOf(session.validationTraces).reward,
    },
    test: {
      initial: initial.reward,
      final: final.reward,
      n: final.completed,
      failed: final.failed,
      ...differenceInterval(initialTest, finalTest, problem.seed),
      beside: { initial: initial.beside, final: final.beside },
    },
    alignment,
    ...(bestOf && { bestOf }),
    componentwiseMaximum: session.confirmed,
    reference: problem.references,
    configuration: session.configuration,
    ...(localRewards && { localRewards }),
    rewardModel: { backend: (await problem.rewardModel.describe()).backend },
    changes: session.changes,
  };
  yield session.progress('done', 1, 1, 'runs');
  yield { type: 'run.finished', result };
}

function test(
  session: OptimasSession,
  execution: ExecutionOptions,
): AsyncGenerator<RunEvent, Trace[], void> {
  return runExamples(session, session.problem.data.test, execution, 'final', 'test examples');
}

function validation(
  session: OptimasSession,
  execution: ExecutionOptions,
): AsyncGenerator<RunEvent, Trace[], void> {
  return runExamples(session, session.validation, execution, 'final', 'validation examples');
}

/** The test examples once more, with the best of N outputs by local reward where it was asked for. */
async function* bestOfN(
  session: OptimasSession,
  finalTest: readonly Trace[],
): AsyncGenerator<RunEvent, RunResult['bestOf'], void> {
  const { bestOf: samples } = session.options;
  if (Object.keys(samples).length === 0) return undefined;
  const traces = yield* runExamples(
    session,
    session.problem.data.test,
    { ...session.measuring, bestOf: samples },
    'final',
    'test examples, best of N',
  );
  return {
    samples,
    test: measurementOf(traces).reward,
    ...differenceInterval(finalTest, traces, session.problem.seed),
  };
}

/** Which data a run was on: the same splits have the same hash. */
export function dataFacts({ data, dataName }: OptimizationProblem): RunResult['data'] {
  return {
    name: dataName ?? 'unnamed',
    hash: contentHash(data),
    train: data.train.length,
    validation: data.validation.length,
    test: data.test.length,
  };
}

/** 95 % interval of final − initial on the test examples that both completed. */
export function differenceInterval(
  initial: readonly Trace[],
  final: readonly Trace[],
  seed: number,
): Pick<RunResult['test'], 'low' | 'high'> {
  const differences = final.flatMap((trace, i) => {
    const before = initial[i]!;
    return isComplete(trace) && isComplete(before) ? [trace.reward - before.reward] : [];
  });
  return differences.length === 0
    ? { low: null, high: null }
    : pairedBootstrap(differences, [seed]);
}

/** Pair accuracy on rollouts of test examples, which trained and decided nothing. */
async function* testAlignment(
  session: OptimasSession,
  traces: readonly Trace[],
): AsyncGenerator<RunEvent, RunResult['alignment'], void> {
  const { problem, options } = session;
  const sample = shuffled(
    problem.data.test.map((example, i) => ({ example, trace: traces[i]! })),
    randomStream(problem.seed, 'alignment examples'),
  )
    .filter(({ trace }) => isComplete(trace))
    .slice(0, options.alignmentExamples);
  const alignment: Record<string, RunResult['alignment'][string]> = {};
  for (const [k, component] of session.searchable.entries()) {
    const groups: RolloutGroup[] = [];
    const tasks = sample.map(
      ({ example, trace }) =>
        () =>
          sampleGroup(session, component, example, trace, session.measuring),
    );
    for await (const { group } of sideBySide(tasks, session.ahead)) {
      groups.push(group);
      yield session.progress(
        'final',
        k * sample.length + groups.length,
        session.searchable.length * sample.length,
        'rollouts for alignment',
        component.name,
      );
    }
    const aligned = await alignmentOn(session, component, groups, (items) =>
      localRewards(session, component, items),
    );
    yield { type: 'alignment', on: 'test', alignment: aligned };
    const { pairs, accuracy, low, high, reference } = aligned;
    const { kendallTau, spearman, calibrationError } = aligned;
    alignment[component.name] = {
      pairs,
      accuracy,
      low,
      high,
      kendallTau,
      spearman,
      calibrationError,
      reference,
    };
  }
  return alignment;
}

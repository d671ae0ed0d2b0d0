/** No optimisation at all: a given configuration beside the initial one, on the test examples. */
import { MEASUREMENT, RUN_LOG_VERSION, type RunEvent } from '../run/run-event';
import { describeComponent } from '../system/component';
import { initialConfiguration } from '../system/compound-system';
import { restoreRewards, SavedRewardsError, type SavedRewards } from '../reward/saved-rewards';
import { needsRewards, type Configuration } from '../system/configuration';
import type { Trace } from '../system/trace';
import { selectorOf } from './optimas/heads';
import { dataFacts, differenceInterval } from './optimas/finish';
import { measured, measurementOf, runExamples } from './optimas/measure';
import { DEFAULT_OPTIONS } from './optimas/options';
import { OptimasSession } from './optimas/session';
import type { OptimizationProblem } from './optimizer';

export interface MeasureOptions {
  /** A value for every slot of the system. */
  readonly configuration: Configuration;
  /** Heads that it needs, as a file holds them: not trusted. */
  readonly localRewards?: unknown;
}

/** A configuration that cannot be used ends the run with what is wrong. */
export async function* measureConfiguration(
  problem: OptimizationProblem,
  { configuration, localRewards }: MeasureOptions,
): AsyncGenerator<RunEvent, void, void> {
  const session = new OptimasSession(problem, DEFAULT_OPTIONS);
  const { system, data, references, seed } = problem;
  const rewardModel = await problem.rewardModel.describe();
  const before = initialConfiguration(system);
  const about = {
    system: system.name,
    engine: problem.engine,
    method: MEASUREMENT,
    mode: problem.mode ?? 'default',
    features: session.features.name,
    seed,
  };
  yield {
    type: 'run.started',
    version: RUN_LOG_VERSION,
    ...about,
    limit: problem.budget.limit,
    metric: system.reward.name,
    components: system.components.map(describeComponent),
    configuration,
    examples: {
      train: data.train.length,
      validation: data.validation.length,
      test: data.test.length,
    },
    references,
    rewardModel,
  };
  if (data.test.length === 0) {
    return yield {
      type: 'run.failed',
      message: 'There is no test example to measure on.',
      hint: 'Use data with more examples.',
    };
  }
  if (needsRewards(configuration)) {
    try {
      await restoreRewards(localRewards, problem.rewardModel, session.features);
    } catch (error) {
      if (!(error instanceof SavedRewardsError)) throw error;
      return yield {
        type: 'run.failed',
        message: `The configuration cannot be used: ${error.message}.`,
        hint: 'Take a configuration that was downloaded after a run of this system.',
      };
    }
    session.selector = selectorOf(session);
  }
  const test = (
    phase: 'baseline' | 'final',
    present: Configuration,
  ): AsyncGenerator<RunEvent, Trace[], void> =>
    runExamples(
      session,
      data.test,
      { ...session.measuring, configuration: present },
      phase,
      'test examples',
    );
  const first = yield* test('baseline', before);
  yield measured(session, 'test', 'initial', first);
  const last = yield* test('final', configuration);
  yield measured(session, 'test', 'final', last);
  const [initial, final] = [measurementOf(first), measurementOf(last)];
  yield session.progress('done', 1, 1, 'runs');
  yield {
    type: 'run.finished',
    result: {
      ...about,
      data: dataFacts(problem),
      budget: { ...problem.budget.spent, limit: problem.budget.limit },
      measurement: session.measurement.spent,
      validation: { initial: null, final: null },
      test: {
        initial: initial.reward,
        final: final.reward,
        n: final.completed,
        failed: final.failed,
        ...differenceInterval(first, last, seed),
        beside: { initial: initial.beside, final: final.beside },
      },
      alignment: {},
      componentwiseMaximum: false,
      reference: references,
      configuration,
      ...(needsRewards(configuration) && { localRewards: localRewards as SavedRewards }),
      rewardModel: { backend: rewardModel.backend },
      changes: session.changes,
    },
  };
}

/**
 * The Optimas loop (arXiv 2507.03041, algorithm 1): local rewards are trained on rollouts (stage
 * 1); then, until the budget is spent, one component at a time is optimised against its own
 * reward, the change is accepted if the global reward rises on validation, and fresh pairs keep
 * the rewards aligned with the changed system (stage 2).
 */
import { RUN_LOG_VERSION, type RunEvent } from '../../run/run-event';
import { describeComponent } from '../../system/component';
import type { Trace } from '../../system/trace';
import type { OptimizationProblem } from '../optimizer';
import { measureDrift } from './drift';
import { finish } from './finish';
import { fitHeads, learnFrequencies } from './heads';
import { asShareOfBudget, measured, runExamples, untilSpent } from './measure';
import { DEFAULT_OPTIONS, type OptimasOptions } from './options';
import { nothingToLearn, shortOfExamples, unreadPrompts, type Problem } from './problems';
import { collectInitialPairs, rollOut } from './rollouts';
import { OptimasSession } from './session';
import { optimisation } from './stage-two';

export async function* optimas(
  problem: OptimizationProblem,
  overrides: Partial<OptimasOptions> = {},
): AsyncGenerator<RunEvent, void, void> {
  const session = new OptimasSession(problem, { ...DEFAULT_OPTIONS, ...overrides });
  yield* announced(session, loop(session));
}

/** The same events, and one where another model has begun to answer. */
async function* announced(
  session: OptimasSession,
  events: AsyncGenerator<RunEvent, void, void>,
): AsyncGenerator<RunEvent, void, void> {
  let known = session.reign;
  for await (const event of events) {
    for (; known < session.reign; known++) {
      const { models } = session.executor;
      session.forgetValues();
      const [from, to] = [models[known - 1]!, models[known]!];
      yield { type: 'model.replaced', iteration: session.iteration, from, to };
    }
    yield event;
  }
}

async function* loop(session: OptimasSession): AsyncGenerator<RunEvent, void, void> {
  const { options, problem } = session;
  yield await started(session);

  const short = shortOfExamples(session);
  if (short !== undefined) return yield failed(short);
  const initialTest = yield* runExamples(
    session,
    problem.data.test,
    session.measuring,
    'baseline',
    'test examples',
  );
  yield measured(session, 'test', 'initial', initialTest);

  const initialValidation = yield* untilSpent(baseline(session), []);
  if (initialValidation.length < session.validation.length) {
    return yield failed({
      message: `The budget of ${problem.budget.limit} system runs does not even cover the first measurement on ${session.validation.length} validation examples.`,
      hint: 'Raise the budget; a few hundred system runs let the local rewards learn something.',
    });
  }
  const unread = unreadPrompts(session);
  if (unread !== undefined) return yield failed(unread);
  session.validationTraces = initialValidation;
  const share = Math.min(options.stageOneShare * problem.budget.limit, problem.budget.left);
  yield* asShareOfBudget(
    session,
    share,
    untilSpent(collectInitialPairs(session, share), undefined),
  );
  if (session.replay.pairs().length === 0) return yield failed(nothingToLearn(session));
  learnFrequencies(session);
  yield session.progress('fitting', 0, 1, 'fits');
  yield* fitHeads(session);
  // Heads that never learn on have no use for fresh pairs.
  const frozen = options.adaptation === 'never';
  problem.budget.reserve(frozen ? 0 : options.finalShare * problem.budget.limit);
  yield* asShareOfBudget(session, problem.budget.left, optimisation(session));
  problem.budget.reserve(0);
  if (!frozen) yield* asShareOfBudget(session, problem.budget.left, alignFinally(session));
  yield* finish(session, initialTest, initialValidation);
}

async function started(session: OptimasSession): Promise<RunEvent> {
  const { problem } = session;
  const { system, data } = problem;
  return {
    type: 'run.started',
    version: RUN_LOG_VERSION,
    system: system.name,
    engine: problem.engine,
    method: 'optimas',
    mode: problem.mode ?? 'default',
    features: session.features.name,
    seed: problem.seed,
    limit: problem.budget.limit,
    metric: system.reward.name,
    components: system.components.map(describeComponent),
    configuration: session.configuration,
    examples: {
      train: data.train.length,
      validation: session.validation.length,
      test: data.test.length,
    },
    references: problem.references,
    rewardModel: await problem.rewardModel.describe(),
  };
}

function failed({ message, hint }: Problem): RunEvent {
  return { type: 'run.failed', message, hint };
}

async function* baseline(session: OptimasSession): AsyncGenerator<RunEvent, Trace[], void> {
  session.validatedIn = session.reign;
  const traces = yield* runExamples(
    session,
    session.validation,
    session.execution,
    'baseline',
    'validation examples',
  );
  yield measured(session, 'validation', 'initial', traces);
  if (traces[0]) yield { type: 'trace', split: 'validation', trace: traces[0] };
  return traces;
}

/**
 * What was kept back, and what is left, goes into fresh pairs under the final configuration, first
 * on train examples not rolled out before: the heads leave the run aligned with the system as it is
 * now.
 */
async function* alignFinally(session: OptimasSession): AsyncGenerator<RunEvent, void, void> {
  const { budget } = session.problem;
  session.iteration += 1;
  const seen = session.rolledOut.length;
  for (const example of [...session.trainOrder.slice(seen), ...session.rolledOut]) {
    if (budget.left <= 0) break;
    yield* untilSpent(rollOut(session, example, session.searchable, 'alignment'), undefined);
  }
  yield* fitHeads(session);
  yield* measureDrift(session);
}

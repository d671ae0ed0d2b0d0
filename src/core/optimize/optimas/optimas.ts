/**
 * The Optimas loop (arXiv 2507.03041, algorithm 1): local rewards are trained on rollouts (stage
 * 1); then, until the budget is spent, one component at a time is optimised against its own
 * reward, the change is accepted if the global reward rises on validation, and fresh pairs keep
 * the rewards aligned with the changed system (stage 2).
 *
 * Heads are refitted only after the decision on a change, so a rejected configuration never leaves
 * a trace in them.
 */
import { randomStream, shuffled } from '../../random/stream';
import { BudgetExceededError } from '../../run/budget';
import { RUN_LOG_VERSION, type Change, type RunEvent } from '../../run/run-event';
import { describeComponent, type Component } from '../../system/component';
import { componentNamed, descendants } from '../../system/compound-system';
import { withValue, type Configuration } from '../../system/configuration';
import type { Trace } from '../../system/trace';
import { compareOnValidation } from '../acceptance';
import { chooseComponent } from '../component-choice';
import type { OptimizationProblem } from '../optimizer';
import { finish } from './finish';
import { fitHeads, learnFrequencies } from './heads';
import { localSearch } from './local-search';
import { asShareOfBudget, measured, runExamples } from './measure';
import { DEFAULT_OPTIONS, type OptimasOptions } from './options';
import { collectInitialPairs, pairCounts, rollOut } from './rollouts';
import { OptimasSession } from './session';

export async function* optimas(
  problem: OptimizationProblem,
  overrides: Partial<OptimasOptions> = {},
): AsyncGenerator<RunEvent, void, void> {
  const session = new OptimasSession(problem, { ...DEFAULT_OPTIONS, ...overrides });
  const { system, data } = problem;
  yield {
    type: 'run.started',
    version: RUN_LOG_VERSION,
    system: system.name,
    engine: problem.engine,
    method: 'optimas',
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

  const initialTest = yield* runExamples(
    session,
    data.test,
    session.measuring,
    'baseline',
    'test examples',
  );
  yield measured(session, 'test', 'initial', initialTest);

  const initialValidation = yield* untilSpent(baseline(session), []);
  if (initialValidation.length < session.validation.length) {
    yield {
      type: 'run.failed',
      message: `The budget of ${problem.budget.limit} system runs does not even cover the first measurement on ${session.validation.length} validation examples.`,
      hint: 'Raise the budget; a few hundred system runs let the local rewards learn something.',
    };
    return;
  }
  session.validationTraces = initialValidation;
  const share = Math.min(session.options.stageOneShare * problem.budget.limit, problem.budget.left);
  yield* asShareOfBudget(
    session,
    share,
    untilSpent(collectInitialPairs(session, share), undefined),
  );
  if (session.replay.pairs().length === 0) {
    yield {
      type: 'run.failed',
      message: `There is nothing to learn: in ${session.rolledOut.length} rolled-out examples no component's outputs ever led to different rewards.`,
      hint: 'Check that the reward tells good outputs from bad ones, give more examples, or raise the budget.',
    };
    return;
  }
  learnFrequencies(session);
  yield session.progress('fitting', 0, 1, 'fits');
  yield* fitHeads(session);
  problem.budget.reserve(session.options.finalShare * problem.budget.limit);
  yield* asShareOfBudget(
    session,
    problem.budget.left,
    untilSpent(optimisation(session), undefined),
  );
  problem.budget.reserve(0);
  yield* asShareOfBudget(session, problem.budget.left, alignFinally(session));
  yield* finish(session, initialTest, initialValidation);
}

async function* baseline(session: OptimasSession): AsyncGenerator<RunEvent, Trace[], void> {
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

/** Stage 2, for as long as the budget lasts or any component has something left to try. */
async function* optimisation(session: OptimasSession): AsyncGenerator<RunEvent, void, void> {
  const { seed, budget } = session.problem;
  let resting: string | undefined;
  let withoutCandidate = 0;
  while (budget.left > 0 && withoutCandidate < 2 * session.searchable.length) {
    session.iteration += 1;
    const names = session.searchable.map(({ name }) => name);
    const awake = names.filter((name) => name !== resting);
    const choice = chooseComponent(
      awake.length > 0 ? awake : names,
      session.gaps,
      session.options.choiceTemperature,
      randomStream(seed, 'component', session.iteration),
    );
    yield { type: 'component.chosen', iteration: session.iteration, ...choice };
    const component = componentNamed(session.problem.system, choice.component);
    const change = yield* improve(session, component);
    withoutCandidate = change.validation === undefined ? withoutCandidate + 1 : 0;
    resting = change.accepted ? undefined : component.name;
    if (change.validation !== undefined) yield* adapt(session, component, change);
  }
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
}

/** One change of one component, decided on paired validation. */
async function* improve(
  session: OptimasSession,
  component: Component,
): AsyncGenerator<RunEvent, Change, void> {
  const trusted = yield* trustedAfterMorePairs(session, component);
  const outcome = yield* localSearch(session, component, trusted);
  const { slot, from, to } = outcome;
  const about = { iteration: session.iteration, component: component.name, ...outcome };
  if (to === from) {
    const change: Change = {
      ...about,
      accepted: false,
      reason: `no candidate beat the incumbent by its ${outcome.rankedBy} reward`,
    };
    yield { type: 'change', change, spent: session.problem.budget.spent };
    return change;
  }
  const configuration = withValue(session.configuration, component.name, slot, to);
  // The same sample index is the same random numbers for both sides.
  const sample = session.problem.model.deterministic ? 0 : session.iteration;
  const incumbent = yield* incumbentTraces(session, sample);
  const candidate = yield* runExamples(
    session,
    session.validation,
    { ...session.execution, configuration, sample },
    'optimisation',
    'validation examples',
    { component: component.name, traces: incumbent },
  );
  const comparison = compareOnValidation(incumbent, candidate);
  const change: Change = {
    ...about,
    validation: { from: comparison.incumbent, to: comparison.candidate },
    accepted: comparison.accepted,
    reason: comparison.reason,
  };
  if (change.accepted) {
    session.configuration = configuration;
    session.validationTraces = candidate;
    session.rejected.clear();
    session.changes.accepted += 1;
  } else {
    session.validationTraces = incumbent;
    session.changes.rejected += 1;
    session.rejectedValues(component.name, slot).add(to);
  }
  yield { type: 'change', change, spent: session.problem.budget.spent };
  yield measured(session, 'validation', 'iteration', session.validationTraces);
  if (change.accepted && candidate[0]) {
    yield { type: 'trace', split: 'validation', trace: candidate[0] };
  }
  return change;
}

/**
 * The incumbent on the same examples and seeds. What was measured still holds when the model is
 * deterministic; a model that samples is asked again, or one lucky pass would defend it for ever.
 */
async function* incumbentTraces(
  session: OptimasSession,
  sample: number,
): AsyncGenerator<RunEvent, readonly Trace[], void> {
  if (session.problem.model.deterministic) return session.validationTraces;
  return yield* runExamples(
    session,
    session.validation,
    { ...session.execution, sample },
    'optimisation',
    'validation examples',
  );
}

/** A head that is not to be trusted gets more pairs first; then its interval decides again. */
async function* trustedAfterMorePairs(
  session: OptimasSession,
  component: Component,
): AsyncGenerator<RunEvent, boolean, void> {
  if (session.trusted.has(component.name)) return true;
  const examples = shuffled(
    session.trainOrder,
    randomStream(session.problem.seed, 'more pairs', session.iteration),
  ).slice(0, 2 * session.options.freshExamples);
  for (const example of examples) {
    yield* rollOut(session, example, [component], 'optimisation');
  }
  yield* fitHeads(session);
  return session.trusted.has(component.name);
}

/** Fresh pairs under the configuration that is in force now, for every head whose inputs moved. */
async function* adapt(
  session: OptimasSession,
  component: Component,
  change: Change,
): AsyncGenerator<RunEvent, void, void> {
  const { system, seed } = session.problem;
  const moved = change.accepted ? descendants(system, component.name) : new Set<string>();
  const components = session.searchable.filter((c) => c === component || moved.has(c.name));
  // The other side of the decision is the most informative alternative there is.
  const other: Configuration = withValue(
    session.configuration,
    component.name,
    change.slot,
    change.accepted ? change.from : change.to,
  );
  const examples = shuffled(
    session.trainOrder,
    randomStream(seed, 'fresh examples', session.iteration),
  ).slice(0, session.options.freshExamples);
  const before = pairCounts(session);
  for (const example of examples) {
    yield* rollOut(session, example, components, 'optimisation', [other]);
  }
  const after = pairCounts(session);
  if (components.some(({ name }) => after[name] !== before[name])) yield* fitHeads(session);
}

/** Ends `work` quietly when the budget is spent: what was decided until then stands. */
async function* untilSpent<T>(
  work: AsyncGenerator<RunEvent, T, void>,
  otherwise: T,
): AsyncGenerator<RunEvent, T, void> {
  try {
    return yield* work;
  } catch (error) {
    if (error instanceof BudgetExceededError) return otherwise;
    throw error;
  }
}

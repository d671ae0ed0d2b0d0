/**
 * A run that survives the end of its tab. Everything slow or random that it asks for is recorded in a
 * journal; run again with this journal, it comes to where it was without asking again, and goes on.
 * What is lost is what was in flight.
 */
import type { OptimizationProblem } from '../core/optimize/optimizer';
import type { Journal } from '../core/run/journal';
import { DurableCalls } from '../core/run/journal-calls';
import { keyOf } from '../core/run/journal-key';
import type { PolicyTrainer } from '../core/policy/policy';
import { TextFeatures } from '../core/reward/features';
import { DurableFeatures } from './durable-features';
import { identityEntry, type RunSettings } from './durable-identity';
import { durableModel } from './durable-model';
import { DurableRewards } from './durable-rewards';

export { durableEmbedder } from './durable-embedder';

export interface DurableRun {
  /** To be run in the place of the one given. Its signal is aborted where the run diverges. */
  readonly problem: OptimizationProblem;
  /** Whether the run is still on its way to where it broke off. */
  readonly replaying: boolean;
}

export interface DurableSettings extends RunSettings {
  /** Turns of 20 ms without the use of a recorded answer after which the run has diverged. */
  readonly idleTurns?: number;
}

/** Two executions a slot are begun ahead of others, each with some calls. */
const ANSWERS_AHEAD = 20;

/**
 * The run throws `CannotContinueError` where it asks for something else than it did.
 * @param problem with a fresh budget, and features and heads that have learnt nothing
 * @throws CannotContinueError when the journal is of another run, with the reason
 */
export function durable(
  problem: OptimizationProblem,
  journal: Journal,
  settings: DurableSettings = {},
): DurableRun {
  const identity = identityEntry(problem, journal.recorded, settings);
  // Components' errors count as their failures; a run that diverges has to end all the same.
  const abort = new AbortController();
  follow(problem.signal, abort);
  const { slots = 1 } = problem.model;
  const calls = new DurableCalls(journal, {
    onDiverged: (error) => abort.abort(error),
    ahead: slots > 1 ? ANSWERS_AHEAD * slots : 0,
    ...(settings.idleTurns !== undefined && { idleTurns: settings.idleTurns }),
  });
  if (identity !== undefined) calls.keep(identity);
  const features = new DurableFeatures(problem.features ?? new TextFeatures());
  const { policyTrainer } = problem;
  return {
    problem: {
      ...problem,
      model: durableModel(problem.model, calls),
      rewardModel: new DurableRewards(problem.rewardModel, features, calls),
      features,
      ...(policyTrainer && { policyTrainer: durableTrainer(policyTrainer, calls) }),
      signal: abort.signal,
    },
    get replaying() {
      return calls.replaying;
    },
  };
}

function durableTrainer(trainer: PolicyTrainer, calls: DurableCalls): PolicyTrainer {
  return {
    improve: (...given) =>
      calls.call({
        question: `improve ${keyOf(...given)}`,
        make: () => trainer.improve(...given),
        alone: true,
      }),
  };
}

function follow(signal: AbortSignal | undefined, abort: AbortController): void {
  if (signal?.aborted === true) abort.abort(signal.reason);
  signal?.addEventListener('abort', () => abort.abort(signal.reason), { once: true });
}

/**
 * Restarts: a component-wise maximum is all that theorem 4.2 of arXiv 2507.03041 promises. Where
 * one is confirmed and budget is left, the loop starts again from another configuration, with the
 * heads it has, and the best configuration found is the one that is kept.
 */
import { pick, randomStream, shuffled } from '../../random/stream';
import type { RunEvent } from '../../run/run-event';
import { configurationHash, withValue, type Configuration } from '../../system/configuration';
import type { Trace } from '../../system/trace';
import { isConfirmed, valuesOf } from './confirmation';
import { fitHeads } from './heads';
import { measured, measurementOf, runExamples } from './measure';
import { rollOut } from './rollouts';
import type { OptimasSession } from './session';

/** A configuration the loop came to rest at. */
export interface Resting {
  readonly configuration: Configuration;
  readonly traces: readonly Trace[];
  readonly confirmed: boolean;
  /** Of which model the traces are. */
  readonly reign: number;
}

export function resting(session: OptimasSession): Resting {
  return {
    configuration: session.configuration,
    traces: session.validationTraces,
    confirmed: isConfirmed(session),
    reign: session.validatedIn,
  };
}

/**
 * The one with the higher mean reward on validation; the first of equals. Of two measured on
 * different models the later one: the earlier says nothing of the system as it is now.
 */
export function better(a: Resting, b: Resting): Resting {
  if (a.reign !== b.reign) return a.reign > b.reign ? a : b;
  const reward = ({ traces }: Resting): number => measurementOf(traces).reward ?? -Infinity;
  return reward(b) > reward(a) ? b : a;
}

/**
 * Moves to a configuration whose choices and numbers are drawn uniformly, and shows it to the heads.
 * @param known hashes of configurations that an ascent began from or came to rest at: another one
 *   would only repeat what is remembered, at no cost and without end. The new start joins them.
 * @returns false when no other configuration was drawn
 */
export async function* restart(
  session: OptimasSession,
  known: Set<string>,
): AsyncGenerator<RunEvent, boolean, void> {
  const { problem, options } = session;
  const configuration = drawn(session, known);
  if (configuration === undefined) return false;
  known.add(configurationHash(configuration));
  session.iteration += 1;
  const { reign } = session;
  const traces = yield* runExamples(
    session,
    session.validation,
    { ...session.execution, configuration },
    'optimisation',
    'validation examples',
  );
  yield* move(session, { configuration, traces, reign }, 'restart');
  const examples = shuffled(
    session.trainOrder,
    randomStream(problem.seed, 'fresh examples', session.iteration),
  ).slice(0, options.freshExamples);
  if (options.adaptation === 'never') return true;
  for (const example of examples) {
    yield* rollOut(session, example, session.searchable, 'optimisation');
  }
  yield* fitHeads(session);
  return true;
}

/** Goes to another configuration, whose validation traces are known. */
export async function* move(
  session: OptimasSession,
  { configuration, traces, reign }: Omit<Resting, 'confirmed'>,
  reason: 'restart' | 'best',
): AsyncGenerator<RunEvent, void, void> {
  session.move(configuration);
  session.validationTraces = traces;
  session.validatedIn = reign;
  yield { type: 'moved', iteration: session.iteration, configuration, reason };
  yield measured(session, 'validation', 'iteration', traces);
}

/** Draws before all configurations count as known: of a few dozen, the last is missed now and then. */
const TRIES = 100;

function drawn(session: OptimasSession, known: ReadonlySet<string>): Configuration | undefined {
  const random = randomStream(session.problem.seed, 'restart', session.iteration);
  for (let i = 0; i < TRIES; i++) {
    let configuration = session.configuration;
    for (const component of session.searchable) {
      for (const [slotName, slot] of Object.entries(component.slots)) {
        const values = valuesOf(slot);
        if (values.length < 2) continue;
        configuration = withValue(configuration, component.name, slotName, pick(values, random));
      }
    }
    if (!known.has(configurationHash(configuration))) return configuration;
  }
  return undefined;
}

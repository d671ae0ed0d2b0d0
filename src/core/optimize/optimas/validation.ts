/**
 * Whether a candidate configuration is better than the incumbent, on the same validation examples
 * and with the same random numbers for both.
 */
import type { RunEvent } from '../../run/run-event';
import type { Component } from '../../system/component';
import type { Configuration } from '../../system/configuration';
import type { ExecutionOptions } from '../../system/execute';
import type { Trace } from '../../system/trace';
import { compareOnValidation, type PairedComparison } from '../acceptance';
import { SequentialAcceptance } from '../acceptance-sequential';
import { measured, runExamples } from './measure';
import type { OptimasSession } from './session';

export interface Validation {
  readonly comparison: PairedComparison;
  /** Of every validation example, in order. */
  readonly incumbentTraces: readonly Trace[];
  /** Of every validation example where the candidate was accepted. */
  readonly candidateTraces: readonly Trace[];
}

/** A comparison during which the model was replaced compares models; it is made again. */
export async function* validate(
  session: OptimasSession,
  component: Component,
  configuration: Configuration,
): AsyncGenerator<RunEvent, Validation, void> {
  for (;;) {
    if (session.validatedIn !== session.reign) yield* validateAnew(session);
    const validation =
      session.options.acceptance === 'sequential'
        ? yield* sequentially(session, component, configuration)
        : yield* atOnce(session, component, configuration);
    if (session.validatedIn === session.reign) return validation;
  }
}

/** The incumbent on every validation example, by the model that answers now. */
async function* validateAnew(session: OptimasSession): AsyncGenerator<RunEvent, void, void> {
  const reign = session.reign;
  session.validationTraces = yield* runExamples(
    session,
    session.validation,
    session.execution,
    'optimisation',
    'validation examples',
  );
  session.validatedIn = reign;
  yield measured(session, 'validation', 'iteration', session.validationTraces);
}

async function* atOnce(
  session: OptimasSession,
  component: Component,
  configuration: Configuration,
): AsyncGenerator<RunEvent, Validation, void> {
  const incumbentTraces = yield* incumbents(session, 0, session.validation.length);
  const candidateTraces = yield* candidates(session, component, configuration, incumbentTraces, 0);
  return {
    comparison: compareOnValidation(incumbentTraces, candidateTraces),
    incumbentTraces,
    candidateTraces,
  };
}

/** One example after the other until the test decides; an accepted candidate runs on all of them. */
async function* sequentially(
  session: OptimasSession,
  component: Component,
  configuration: Configuration,
): AsyncGenerator<RunEvent, Validation, void> {
  const count = session.validation.length;
  const test = new SequentialAcceptance(count, session.options.acceptanceLevel);
  const incumbent: Trace[] = [];
  const candidate: Trace[] = [];
  while (!test.decided) {
    const at = incumbent.length;
    const [old] = yield* incumbents(session, at, at + 1);
    const [fresh] = yield* candidates(session, component, configuration, [old!], at);
    incumbent.push(old!);
    candidate.push(fresh!);
    test.add(old!, fresh!);
  }
  const { comparison } = test;
  const at = incumbent.length;
  if (comparison.accepted && at < count) {
    // The next comparison needs the new incumbent on every example.
    const old = yield* incumbents(session, at, count);
    candidate.push(...(yield* candidates(session, component, configuration, old, at)));
    incumbent.push(...old);
  }
  return {
    comparison,
    incumbentTraces: [...incumbent, ...session.validationTraces.slice(incumbent.length)],
    candidateTraces: candidate,
  };
}

/**
 * The incumbent on validation examples `from` … `to` − 1. What was measured still holds where an
 * equal execution gives an equal trace; otherwise it is asked again, or one lucky pass would defend
 * it for ever.
 */
async function* incumbents(
  session: OptimasSession,
  from: number,
  to: number,
): AsyncGenerator<RunEvent, readonly Trace[], void> {
  if (session.repeatable) return session.validationTraces.slice(from, to);
  return yield* runExamples(
    session,
    session.validation.slice(from, to),
    { ...session.execution, sample: sampleOf(session) },
    'optimisation',
    'validation examples',
  );
}

function candidates(
  session: OptimasSession,
  component: Component,
  configuration: Configuration,
  incumbent: readonly Trace[],
  from: number,
): AsyncGenerator<RunEvent, Trace[], void> {
  const execution: ExecutionOptions = {
    ...session.execution,
    configuration,
    sample: sampleOf(session),
  };
  return runExamples(
    session,
    session.validation.slice(from, from + incumbent.length),
    execution,
    'optimisation',
    'validation examples',
    { component: component.name, traces: incumbent },
  );
}

/** The same sample index is the same random numbers for both sides. */
function sampleOf(session: OptimasSession): number {
  return session.problem.model.deterministic ? 0 : session.iteration;
}

/** Measurements of the whole system: mean global reward over examples. */
import { BudgetExceededError } from '../../run/budget';
import type { Measurement, Phase, RunEvent } from '../../run/run-event';
import type { Example } from '../../system/compound-system';
import type { ExecutionOptions } from '../../system/execute';
import { isRouted } from '../../system/slots/choice';
import { sideBySide } from '../../system/side-by-side';
import { isComplete, type Trace } from '../../system/trace';
import { mean } from '../../statistics/bootstrap';
import type { OptimasSession } from './session';

/** Means over the examples that completed; the others are counted. */
export function measurementOf(traces: readonly Trace[]): Measurement {
  const complete = traces.filter(isComplete);
  const names = Object.keys(complete[0]?.beside ?? {});
  return {
    reward: complete.length === 0 ? null : mean(complete.map((trace) => trace.reward)),
    beside: Object.fromEntries(
      names.map((name) => [name, mean(complete.map((trace) => trace.beside![name]!))]),
    ),
    completed: complete.length,
    failed: traces.length - complete.length,
  };
}

/**
 * Executes every example, as many side by side as the model has slots, yielding progress and
 * failures in order.
 * @param from re-run only this component and its descendants of these traces (same order)
 */
export async function* runExamples(
  session: OptimasSession,
  examples: readonly Example[],
  execution: ExecutionOptions,
  phase: Phase,
  unit: string,
  from?: { readonly component: string; readonly traces: readonly Trace[] },
): AsyncGenerator<RunEvent, Trace[], void> {
  const traces: Trace[] = [];
  const tasks = examples.map((example, i) => () => {
    // A trace that failed has no steps to hold fixed: run that example from its start.
    const base = from?.traces[i];
    return session.executor.execute(example, {
      ...execution,
      ...(from && base && isComplete(base)
        ? { from: { component: from.component, trace: base } }
        : {}),
    });
  });
  for await (const trace of sideBySide(tasks, session.ahead, affordable(execution))) {
    traces.push(trace);
    if (trace.failure !== undefined) {
      yield { type: 'example.failed', exampleId: trace.exampleId, failure: trace.failure };
    }
    yield session.progress(phase, traces.length, examples.length, unit, from?.component);
  }
  return traces;
}

/**
 * Whether one more execution may start beside others: only where the budget covers all of them, or
 * it would depend on their pace which one finds it spent. A routed choice runs every option, so
 * what it takes is not known beforehand.
 */
export function affordable({
  budget,
  configuration,
}: Pick<ExecutionOptions, 'budget' | 'configuration'>): (started: number) => boolean {
  const routed = Object.values(configuration).some((slots) => Object.values(slots).some(isRouted));
  return (started) => budget.limit === Infinity || (!routed && budget.left >= started + 1);
}

/**
 * The same events with their progress told as the share of `total` system runs spent: within such a
 * phase the budget, not the task at hand, says how much is done.
 */
export async function* asShareOfBudget<T>(
  session: OptimasSession,
  total: number,
  events: AsyncGenerator<RunEvent, T, void>,
): AsyncGenerator<RunEvent, T, void> {
  const { budget } = session.problem;
  const start = budget.spent.systemRuns;
  let next = await events.next();
  while (!next.done) {
    const done = Math.min(budget.spent.systemRuns - start, total);
    yield next.value.type === 'progress'
      ? { ...next.value, done, total, unit: 'system runs' }
      : next.value;
    next = await events.next();
  }
  return next.value;
}

/** The event that says what was measured, and what had been spent by then. */
export function measured(
  session: OptimasSession,
  split: 'validation' | 'test',
  when: 'initial' | 'iteration' | 'final',
  traces: readonly Trace[],
): RunEvent {
  return {
    type: 'measured',
    split,
    when,
    measurement: measurementOf(traces),
    spent: session.problem.budget.spent,
  };
}

/** Ends `work` quietly when the budget is spent: what was decided until then stands. */
export async function* untilSpent<T>(
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

/**
 * Local optimisation of one component against its own reward `r_k`, without running the
 * downstream. Configurations are compared on the same inputs, because `r_k` is known only up to a
 * term in `x`. While a head is not to be trusted, measured global rewards rank the candidates.
 */
import { pick, randomStream, shuffled } from '../../random/stream';
import type { RankedBy, RunEvent } from '../../run/run-event';
import { mean } from '../../statistics/bootstrap';
import type { Component, Fields } from '../../system/component';
import type { Example } from '../../system/compound-system';
import { withValue, type SlotValue } from '../../system/configuration';
import { isFailure, type ExecutionOptions } from '../../system/execute';
import { sideBySide } from '../../system/side-by-side';
import { isComplete, type Trace } from '../../system/trace';
import { searchSlot } from '../local';
import { Scores, type LocalProblem } from '../local/local-problem';
import { bootstrappedGroups } from './rolled-out-groups';
import { localRewards } from './heads';
import { affordable } from './measure';
import { promptWriter } from './prompt-writer';
import type { OptimasSession } from './session';

export interface LocalOutcome {
  readonly slot: string;
  readonly from: SlotValue;
  /** The value to try on the whole system; equal to `from` when nothing beat the incumbent. */
  readonly to: SlotValue;
  readonly rankedBy: RankedBy;
  readonly score: { readonly from: number; readonly to: number };
}

/** An input on which every candidate is tried. */
export interface LocalInput {
  readonly example: Example;
  readonly inputs: Fields;
  /** Whole trace under the incumbent; only where global rewards rank. */
  readonly base?: Trace;
}

export async function* localSearch(
  session: OptimasSession,
  component: Component,
  rankedBy: RankedBy,
): AsyncGenerator<RunEvent, LocalOutcome, void> {
  const random = randomStream(session.problem.seed, 'local', session.iteration, component.name);
  const [slotName, slot] = pick(Object.entries(component.slots), random);
  const from = session.configuration[component.name]![slotName]!;
  const problem = await localProblem(session, component, slotName, rankedBy);
  if (problem === undefined) {
    return { slot: slotName, from, to: from, rankedBy, score: { from: 0, to: 0 } };
  }
  const to = yield* searchSlot(problem, slot, from);
  yield {
    type: 'candidates.scored',
    iteration: session.iteration,
    component: component.name,
    slot: slotName,
    rankedBy,
    candidates: problem.scores.candidates(from),
  };
  const scoreOf = (value: SlotValue): number => problem.scores.get(value) ?? 0;
  return { slot: slotName, from, to, rankedBy, score: { from: scoreOf(from), to: scoreOf(to) } };
}

/**
 * @param given inputs to compare values on, in the place of a sample of those rolled out
 * @returns `undefined` when no input is left on which the incumbent itself runs
 */
export async function localProblem(
  session: OptimasSession,
  component: Component,
  slotName: string,
  rankedBy: RankedBy,
  given?: readonly LocalInput[],
): Promise<LocalProblem | undefined> {
  const inputs = given ?? (await localInputs(session, component, rankedBy));
  if (inputs.length === 0) return undefined;
  const { seed, policyTrainer } = session.problem;
  const scores = new Scores();
  const random: LocalProblem['random'] = (purpose, ...parts) =>
    randomStream(seed, purpose, session.iteration, component.name, ...parts);
  return {
    component,
    slotName,
    options: session.options,
    rankedBy,
    rejected: session.rejectedValues(component.name, slotName),
    scores,
    random,
    async score(value) {
      const score = await scoreOf(session, component, slotName, inputs, rankedBy, value);
      if (score !== undefined) scores.set(value, score);
      return score;
    },
    localRewards: (items) => localRewards(session, component, items),
    bootstrapped: () =>
      bootstrappedGroups(session, component, new Set(inputs.map(({ example }) => example.id))),
    allInputs: () => allInputs(session, component),
    askForPrompts: promptWriter(session, component, random),
    ...(policyTrainer && { policyTrainer }),
    progress: (done, total, unit) =>
      session.progress('optimisation', done, total, unit, component.name),
  };
}

/**
 * Inputs `x_k` under the incumbent. Examples on which the incumbent itself fails are left out: they
 * compare nothing, and one of them would keep the component from ever being improved.
 */
async function localInputs(
  session: OptimasSession,
  component: Component,
  rankedBy: RankedBy,
): Promise<LocalInput[]> {
  const random = randomStream(session.problem.seed, 'local inputs', session.iteration);
  const found: LocalInput[] = [];
  for (const example of shuffled(rolledOut(session), random).slice(
    0,
    session.options.localInputs,
  )) {
    if (rankedBy === 'global') {
      const base = await session.executor.execute(example, session.execution);
      if (isComplete(base)) {
        found.push({ example, inputs: base.steps[component.name]!.inputs, base });
      }
    } else {
      const inputs = await session.executor.inputsOf(example, component, session.execution);
      if (isFailure(inputs)) continue;
      const { executor, execution } = session;
      const own = await executor.executeComponent(example, component, inputs, execution);
      if (!isFailure(own)) found.push({ example, inputs });
    }
  }
  return found;
}

/** Examples that were rolled out before have most of their upstream steps at hand. */
function rolledOut(session: OptimasSession): readonly Example[] {
  return session.rolledOut.length > 0 ? session.rolledOut : session.trainOrder;
}

async function allInputs(session: OptimasSession, component: Component): Promise<Fields[]> {
  const found: Fields[] = [];
  for (const example of rolledOut(session)) {
    const inputs = await session.executor.inputsOf(example, component, session.execution);
    if (!isFailure(inputs)) found.push(inputs);
  }
  return found;
}

/** Mean reward of a value over the inputs; `undefined` when it fails on one of them. */
async function scoreOf(
  session: OptimasSession,
  component: Component,
  slotName: string,
  inputs: readonly LocalInput[],
  rankedBy: RankedBy,
  value: SlotValue,
): Promise<number | undefined> {
  const configuration = withValue(session.configuration, component.name, slotName, value);
  const execution: ExecutionOptions = { ...session.execution, configuration };
  if (rankedBy === 'global') {
    const rewards: number[] = [];
    const tasks = inputs.map(
      ({ example, base }) =>
        () =>
          session.executor.execute(example, {
            ...execution,
            from: { component: component.name, trace: base! },
          }),
    );
    for await (const trace of sideBySide(tasks, session.ahead, affordable(execution))) {
      if (!isComplete(trace)) return undefined;
      rewards.push(trace.reward);
    }
    return mean(rewards);
  }
  const outputs: { inputs: Fields; output: string }[] = [];
  const tasks = inputs.map(
    ({ example, inputs: x }) =>
      () =>
        session.executor.executeComponent(example, component, x, execution),
  );
  for await (const step of sideBySide(tasks, session.ahead, affordable(execution))) {
    if (isFailure(step)) return undefined;
    outputs.push({ inputs: inputs[outputs.length]!.inputs, output: step.output });
  }
  return mean([...(await localRewards(session, component, outputs))]);
}

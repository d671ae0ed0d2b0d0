/**
 * Local optimisation of one component against its own reward `r_k`, without running the
 * downstream. Configurations are compared on the same inputs, because `r_k` is known only up to a
 * term in `x`. While a head is not to be trusted, measured global rewards rank the candidates.
 */
import { boltzmannIndex, pick, randomStream, shuffled } from '../../random/stream';
import type { RunEvent, ScoredCandidate } from '../../run/run-event';
import { mean } from '../../statistics/bootstrap';
import type { Component, Fields } from '../../system/component';
import type { Example } from '../../system/compound-system';
import {
  withValue,
  type ConfigurationSlot,
  type NumberSlot,
  type PromptSlot,
  type SlotValue,
} from '../../system/configuration';
import { isFailure } from '../../system/execute';
import { isComplete, type Trace } from '../../system/trace';
import { proposePrompts } from '../prompt';
import { localRewards } from './heads';
import type { OptimasSession } from './session';

export interface LocalOutcome {
  readonly slot: string;
  readonly from: SlotValue;
  /** The best value by rank; equal to `from` when nothing beat the incumbent. */
  readonly to: SlotValue;
  readonly rankedBy: 'local' | 'global';
  readonly score: { readonly from: number; readonly to: number };
}

/** An input on which every candidate is tried. */
interface LocalInput {
  readonly example: Example;
  readonly inputs: Fields;
  /** Whole trace under the incumbent; only where global rewards rank. */
  readonly base?: Trace;
}

/** What one local search works on. */
interface Search {
  readonly session: OptimasSession;
  readonly component: Component;
  readonly slotName: string;
  readonly inputs: readonly LocalInput[];
  readonly rankedBy: 'local' | 'global';
}

export async function* localSearch(
  session: OptimasSession,
  component: Component,
  trusted: boolean,
): AsyncGenerator<RunEvent, LocalOutcome, void> {
  const random = randomStream(session.problem.seed, 'local', session.iteration, component.name);
  const [slotName, slot] = pick(Object.entries(component.slots), random);
  const from = session.configuration[component.name]![slotName]!;
  const rankedBy = trusted ? 'local' : 'global';
  const search: Search = {
    session,
    component,
    slotName,
    inputs: await localInputs(session, component, rankedBy),
    rankedBy,
  };
  const scores = new Map<SlotValue, number>();
  if (search.inputs.length > 0) {
    const to = yield* searchSlot(search, slot, from, scores);
    return { slot: slotName, from, to, rankedBy, score: scoresOf(scores, from, to) };
  }
  return { slot: slotName, from, to: from, rankedBy, score: { from: 0, to: 0 } };
}

function scoresOf(
  scores: ReadonlyMap<SlotValue, number>,
  from: SlotValue,
  to: SlotValue,
): LocalOutcome['score'] {
  return { from: scores.get(from)!, to: scores.get(to)! };
}

function searchSlot(
  search: Search,
  slot: ConfigurationSlot,
  from: SlotValue,
  scores: Map<SlotValue, number>,
): AsyncGenerator<RunEvent, SlotValue, void> {
  switch (slot.kind) {
    case 'prompt':
      return searchPrompt(search, slot, String(from), scores);
    case 'number':
      return searchNumber(search, slot, Number(from), scores);
  }
}

/**
 * A few local steps: each proposes edits of the best prompt so far and keeps the best of them and
 * the incumbent, which is always scored itself.
 */
async function* searchPrompt(
  search: Search,
  slot: PromptSlot,
  from: string,
  scores: Map<SlotValue, number>,
): AsyncGenerator<RunEvent, SlotValue, void> {
  const { session, component, slotName } = search;
  const { localSteps, candidates } = session.options;
  const rejected = session.rejectedValues(component.name, slotName);
  const tried = new Set<string>([from, ...[...rejected].map(String)]);
  scores.set(from, (await score(search, from))!);
  let best = from;
  for (let step = 0; step < localSteps; step++) {
    const random = randomStream(
      session.problem.seed,
      'proposals',
      session.iteration,
      component.name,
      step,
    );
    for (const prompt of proposePrompts(best, slot, tried, candidates, random)) {
      tried.add(prompt);
      const value = await score(search, prompt);
      yield session.progress('optimisation', step + 1, localSteps, 'local steps', component.name);
      if (value !== undefined) scores.set(prompt, value);
    }
    best = argmax(scores, best) as string;
  }
  yield scored(search, from, scores);
  return best;
}

/** Numbers: every allowed value is scored, then one better than the incumbent drawn ∝ exp(r/τ). */
async function* searchNumber(
  search: Search,
  slot: NumberSlot,
  from: number,
  scores: Map<SlotValue, number>,
): AsyncGenerator<RunEvent, SlotValue, void> {
  const { session, component, slotName } = search;
  const rejected = session.rejectedValues(component.name, slotName);
  scores.set(from, (await score(search, from))!);
  for (const [i, option] of slot.options.entries()) {
    if (option !== from && !rejected.has(option)) {
      const value = await score(search, option);
      if (value !== undefined) scores.set(option, value);
    }
    yield session.progress('optimisation', i + 1, slot.options.length, 'values', component.name);
  }
  yield scored(search, from, scores);
  const better = [...scores].filter(([, value]) => value > scores.get(from)!);
  if (better.length === 0) return from;
  const drawn = boltzmannIndex(
    better.map(([, value]) => value),
    session.options.numberTemperature,
    randomStream(session.problem.seed, 'number', session.iteration, component.name),
  );
  return better[drawn]![0];
}

/**
 * Inputs `x_k` under the incumbent. Examples on which the incumbent itself fails are left out: they
 * compare nothing, and one of them would keep the component from ever being improved.
 */
async function localInputs(
  session: OptimasSession,
  component: Component,
  rankedBy: 'local' | 'global',
): Promise<LocalInput[]> {
  const { seed } = session.problem;
  const random = randomStream(seed, 'local inputs', session.iteration);
  // Examples that were rolled out before have most of their upstream steps at hand.
  const pool = session.rolledOut.length > 0 ? session.rolledOut : session.trainOrder;
  const found: LocalInput[] = [];
  for (const example of shuffled(pool, random).slice(0, session.options.localInputs)) {
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

/** Mean reward of a value over the search's inputs; `undefined` when it fails on one of them. */
async function score(search: Search, value: SlotValue): Promise<number | undefined> {
  const { session, component, slotName, inputs, rankedBy } = search;
  const configuration = withValue(session.configuration, component.name, slotName, value);
  const execution = { ...session.execution, configuration };
  if (rankedBy === 'global') {
    const rewards: number[] = [];
    for (const { example, base } of inputs) {
      const trace = await session.executor.execute(example, {
        ...execution,
        from: { component: component.name, trace: base! },
      });
      if (!isComplete(trace)) return undefined;
      rewards.push(trace.reward);
    }
    return mean(rewards);
  }
  const outputs: { inputs: Fields; output: string }[] = [];
  for (const { example, inputs: x } of inputs) {
    const step = await session.executor.executeComponent(example, component, x, execution);
    if (isFailure(step)) return undefined;
    outputs.push({ inputs: x, output: step.output });
  }
  return mean([...(await localRewards(session, component, outputs))]);
}

/** The first value with the highest score; the incumbent wins ties. */
function argmax(scores: ReadonlyMap<SlotValue, number>, incumbent: SlotValue): SlotValue {
  let best = incumbent;
  for (const [value, score] of scores) if (score > scores.get(best)!) best = value;
  return best;
}

function scored(search: Search, from: SlotValue, scores: ReadonlyMap<SlotValue, number>): RunEvent {
  return {
    type: 'candidates.scored',
    iteration: search.session.iteration,
    component: search.component.name,
    slot: search.slotName,
    rankedBy: search.rankedBy,
    candidates: [...scores].map(([value, score]): ScoredCandidate => ({
      value,
      score,
      incumbent: value === from,
    })),
  };
}

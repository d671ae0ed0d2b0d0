/** Stage 1 and the mini-batches of stage 2: rollouts that become preference pairs. */
import { pick, randomStream, type RandomStream } from '../../random/stream';
import {
  collectGroup,
  type Alternative,
  type Collected,
  type CollectionOptions,
} from '../../reward/collect';
import { rewardGap } from '../../reward/preference-pair';
import type { Phase, RunEvent } from '../../run/run-event';
import type { Component } from '../../system/component';
import type { Example } from '../../system/compound-system';
import {
  withValue,
  type Configuration,
  type ConfigurationSlot,
  type SlotValue,
} from '../../system/configuration';
import type { ExecutionOptions } from '../../system/execute';
import { isComplete, type Trace } from '../../system/trace';
import type { Demo } from '../../system/slots/demos';
import type { WeightsSlot } from '../../system/slots/weights';
import { demoPool, perturbDemos } from '../demo-candidates';
import { perturbNumber } from '../number-candidates';
import { perturbPrompt } from '../prompt-edits';
import { affordable } from './measure';
import { measuredGroups } from './rolled-out-groups';
import type { OptimasSession } from './session';

/** Draws for each distinct output wanted: many edits leave an output as it is. */
const TRIES = 3;

/** Every n-th draw of a component that asks a model samples the incumbent; the others perturb it. */
const SAMPLED_EVERY = 3;

/** A policy samples by its own probabilities. */
const POLICY_TEMPERATURE = 1;

/**
 * Other ways to run `component`: perturbed configurations, and now and then the incumbent at the
 * sampling temperature (which a component that neither asks a model nor has a policy ignores).
 */
function alternatives(
  session: OptimasSession,
  component: Component,
  exampleId: string,
): Alternative[] {
  const { samples, samplingTemperature } = session.options;
  const { configuration } = session;
  const slots = Object.entries(component.slots);
  const asksModel = slots.some(([, { kind }]) => kind === 'prompt' || kind === 'demos');
  const incumbent = (temperature: number): Alternative => ({ configuration, temperature });
  return Array.from({ length: TRIES * samples }, (_, i): Alternative => {
    const random = randomStream(
      session.problem.seed,
      'alternative',
      session.iteration,
      component.name,
      exampleId,
      i,
    );
    const [slotName, slot] = pick(slots, random);
    if (asksModel && i % SAMPLED_EVERY === SAMPLED_EVERY - 1) return incumbent(samplingTemperature);
    if (slot.kind === 'weights') return incumbent(POLICY_TEMPERATURE);
    const current = configuration[component.name]![slotName]!;
    const value = perturbed(slot, current, random, () =>
      demosWithout(session, component, exampleId),
    );
    // A slot without another value (a single option) leaves only the model's own randomness.
    if (value === undefined) return incumbent(samplingTemperature);
    return {
      configuration: withValue(configuration, component.name, slotName, value),
      temperature: 0,
    };
  });
}

/** Good outputs so far, but for the example's own: it must not be shown its answer. */
function demosWithout(session: OptimasSession, component: Component, exampleId: string): Demo[] {
  return demoPool(
    measuredGroups(session, component).filter((group) => group.exampleId !== exampleId),
  );
}

/** Another value of a slot to sample outputs with; `undefined` where there is none. */
function perturbed(
  slot: Exclude<ConfigurationSlot, WeightsSlot>,
  current: SlotValue,
  random: RandomStream,
  demos: () => readonly Demo[],
): SlotValue | undefined {
  switch (slot.kind) {
    case 'prompt':
      return perturbPrompt(current as string, slot, 1 + random.below(3), random);
    case 'number':
      return perturbNumber(slot, current as number, random);
    case 'choice': {
      const others = slot.options.filter((option) => option !== current);
      return others.length === 0 ? undefined : pick(others, random);
    }
    case 'demos':
      return perturbDemos(demos(), slot, current as readonly Demo[], random);
  }
}

/**
 * The incumbent's and other sampled outputs of one component on one example, with their rewards.
 * @param extra configurations to try besides the sampled ones
 * @param known an output known to be right
 */
export function sampleGroup(
  session: OptimasSession,
  component: Component,
  example: Example,
  base: Trace,
  execution: ExecutionOptions,
  extra: readonly Configuration[] = [],
  known?: CollectionOptions['known'],
): Promise<Collected> {
  return collectGroup(session.executor, component, example, base, {
    alternatives: [
      ...extra.map((configuration) => ({ configuration, temperature: 0 })),
      ...alternatives(session, component, example.id),
    ],
    distinct: session.options.samples,
    rollouts: session.rollouts,
    execution,
    ahead: session.ahead,
    mayStart: affordable(execution),
    ...(known && { known }),
  });
}

/** Collects one group for each component on one example and adds it to the replay buffer. */
export async function* rollOut(
  session: OptimasSession,
  example: Example,
  components: readonly Component[],
  phase: Phase,
  extra: readonly Configuration[] = [],
): AsyncGenerator<RunEvent, void, void> {
  let reign = session.reign;
  let base = await session.executor.execute(example, session.execution);
  if (!isComplete(base)) {
    yield { type: 'example.failed', exampleId: example.id, failure: base.failure! };
    return;
  }
  for (const [i, component] of components.entries()) {
    yield session.progress(phase, i, components.length, 'components', component.name);
    if (reign !== session.reign) {
      reign = session.reign;
      base = await session.executor.execute(example, session.execution);
      if (!isComplete(base)) return;
    }
    const { group, failures } = await sampleGroup(
      session,
      component,
      example,
      base,
      session.execution,
      extra,
      await groundTruth(session, component, example),
    );
    for (const { exampleId, failure } of failures) {
      yield { type: 'example.failed', exampleId, failure: failure! };
    }
    // Half of its rewards are another model's: a preference between two models, not two outputs.
    if (reign !== session.reign) continue;
    session.replay.add(group);
    if (session.changes.accepted > 0) {
      const groups = session.sinceChange.get(component.name) ?? [];
      session.sinceChange.set(component.name, [...groups, group]);
    }
    const gap = rewardGap(group);
    if (gap !== undefined) session.gaps.record(component.name, gap);
  }
}

/** The expected outcome as one more candidate of the component that writes the system's output. */
async function groundTruth(
  session: OptimasSession,
  component: Component,
  example: Example,
): Promise<CollectionOptions['known']> {
  const { system, signal } = session.problem;
  const [output] = example.expected;
  if (!session.options.groundTruth || component.output !== system.output || output === undefined) {
    return undefined;
  }
  return { output, reward: await system.reward.score(example, output, signal) };
}

/**
 * Stage 1: examples in seeded order until its share of the budget is spent.
 * @param share system runs
 */
export async function* collectInitialPairs(
  session: OptimasSession,
  share: number,
): AsyncGenerator<RunEvent, void, void> {
  const { budget } = session.problem;
  const start = budget.spent.systemRuns;
  for (const example of session.trainOrder) {
    if (budget.spent.systemRuns - start >= share) break;
    yield* rollOut(session, example, session.searchable, 'rollouts');
    session.rolledOut.push(example);
  }
}

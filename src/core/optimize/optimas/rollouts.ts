/** Stage 1 and the mini-batches of stage 2: rollouts that become preference pairs. */
import { randomStream, pick } from '../../random/stream';
import {
  collectGroup,
  type Alternative,
  type Collected,
  type CollectionOptions,
} from '../../reward/collect';
import { rewardGap, strictPairs } from '../../reward/preference-pair';
import type { Phase, RunEvent } from '../../run/run-event';
import type { Component } from '../../system/component';
import type { Example } from '../../system/compound-system';
import { withValue, type Configuration } from '../../system/configuration';
import type { ExecutionOptions } from '../../system/execute';
import { isComplete, type Trace } from '../../system/trace';
import { perturbPrompt } from '../prompt';
import type { OptimasSession } from './session';

/** Draws for each distinct output wanted: many edits leave an output as it is. */
const TRIES = 3;

/** Every n-th draw of a prompt component samples the incumbent; the others perturb it. */
const SAMPLED_EVERY = 3;

/**
 * Other ways to run `component`: perturbed configurations, and now and then the incumbent at the
 * sampling temperature (which a component without a model call ignores, so numbers are always
 * perturbed).
 */
function alternatives(
  session: OptimasSession,
  component: Component,
  exampleId: string,
): Alternative[] {
  const { samples, samplingTemperature } = session.options;
  const { seed } = session.problem;
  const slots = Object.entries(component.slots);
  const hasPrompt = slots.some(([, slot]) => slot.kind === 'prompt');
  return Array.from({ length: TRIES * samples }, (_, i): Alternative => {
    const random = randomStream(
      seed,
      'alternative',
      session.iteration,
      component.name,
      exampleId,
      i,
    );
    const [slotName, slot] = pick(slots, random);
    const { configuration } = session;
    const current = configuration[component.name]![slotName]!;
    if (hasPrompt && i % SAMPLED_EVERY === SAMPLED_EVERY - 1) {
      return { configuration, temperature: samplingTemperature };
    }
    const value =
      slot.kind === 'prompt'
        ? perturbPrompt(String(current), slot, 1 + random.below(3), random)
        : pick(
            slot.options.filter((option) => option !== current),
            random,
          );
    return {
      configuration: withValue(configuration, component.name, slotName, value),
      temperature: 0,
    };
  });
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
  const base = await session.executor.execute(example, session.execution);
  if (!isComplete(base)) {
    yield { type: 'example.failed', exampleId: example.id, failure: base.failure! };
    return;
  }
  for (const [i, component] of components.entries()) {
    yield session.progress(phase, i, components.length, 'components', component.name);
    const { group, failures } = await sampleGroup(
      session,
      component,
      example,
      base,
      session.execution,
      extra,
      groundTruth(session, component, example),
    );
    for (const { exampleId, failure } of failures) {
      yield { type: 'example.failed', exampleId, failure: failure! };
    }
    session.replay.add(group);
    const gap = rewardGap(group);
    if (gap !== undefined) session.gaps.record(component.name, gap);
  }
}

/** The expected outcome as one more candidate of the component that writes the system's output. */
function groundTruth(
  session: OptimasSession,
  component: Component,
  example: Example,
): CollectionOptions['known'] {
  const { system } = session.problem;
  const [output] = example.expected;
  if (!session.options.groundTruth || component.output !== system.output || output === undefined) {
    return undefined;
  }
  return { output, reward: system.reward.score(example, output) };
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

/** Number of strict pairs by component. */
export function pairCounts(session: OptimasSession): Record<string, number> {
  return Object.fromEntries(
    session.searchable.map(({ name }) => [
      name,
      session.replay.groups(name).reduce((sum, group) => sum + strictPairs(group).length, 0),
    ]),
  );
}

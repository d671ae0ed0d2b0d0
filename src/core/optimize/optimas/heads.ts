/** The local reward functions of a run: features, fitting, scoring and how far to trust them. */
import { alignment, type ScoredOutput } from '../../reward/alignment';
import { strictPairs, type RolloutGroup } from '../../reward/preference-pair';
import type { FeaturePair } from '../../reward/reward-model';
import type { ComponentAlignment, RunEvent } from '../../run/run-event';
import type { Component, Fields } from '../../system/component';
import { componentNamed } from '../../system/compound-system';
import { pairCounts } from './rollouts';
import type { OptimasSession } from './session';

/** Word frequencies come from the inputs of stage 1, once, before anything is scored. */
export function learnFrequencies(session: OptimasSession): void {
  session.features.learnFrequencies(
    session.searchable.flatMap((component) =>
      session.replay
        .groups(component.name)
        .flatMap((group) => component.inputs.map((field) => group.inputs[field] ?? '')),
    ),
  );
}

/**
 * `r_k` of outputs of one component, in the order given.
 * @param items inputs and output each
 */
export async function localRewards(
  session: OptimasSession,
  component: Component,
  items: readonly { readonly inputs: Fields; readonly output: string }[],
): Promise<Float32Array> {
  return session.problem.rewardModel.score(
    component.name,
    items.map((item) => vectorOf(session, component, item)),
  );
}

function vectorOf(
  session: OptimasSession,
  component: Component,
  { inputs, output }: { readonly inputs: Fields; readonly output: string },
): Float32Array {
  return session.features.vector(inputs, component.inputs, output);
}

/** Trains all heads on what the replay buffer holds; held-out folds decide when to stop. */
export async function* fitHeads(session: OptimasSession): AsyncGenerator<RunEvent, void, void> {
  const { system, rewardModel, seed } = session.problem;
  const pairs = session.replay.pairs().map((pair): FeaturePair => {
    const { inputs: order } = componentNamed(system, pair.component);
    return {
      component: pair.component,
      winner: session.features.vector(pair.inputs, order, pair.winner),
      loser: session.features.vector(pair.inputs, order, pair.loser),
      gap: pair.gap,
      fold: session.foldOf(pair.exampleId),
    };
  });
  const { epochs, losses } = await rewardModel.fit(pairs, { seed });
  session.trusted.clear();
  for (const component of session.searchable) {
    const measured = await heldOut(session, component);
    if (measured.trusted) session.trusted.add(component.name);
    yield { type: 'alignment', on: 'held-out', alignment: measured };
  }
  yield {
    type: 'heads.fitted',
    iteration: session.iteration,
    pairs: pairCounts(session),
    epochs,
    losses,
  };
}

/** Alignment on the train groups, each scored by a network that has not seen its example. */
export async function heldOut(
  session: OptimasSession,
  component: Component,
): Promise<ComponentAlignment> {
  const { rewardModel } = session.problem;
  return alignmentOn(session, component, session.replay.groups(component.name), async (items) => {
    const scores = new Float32Array(items.length);
    for (let fold = 0; fold < session.options.folds; fold++) {
      const places = items.flatMap(({ exampleId }, i) =>
        session.foldOf(exampleId) === fold ? [i] : [],
      );
      const vectors = places.map((i) => vectorOf(session, component, items[i]!));
      const own = await rewardModel.scoreHeldOut(component.name, vectors, fold);
      places.forEach((place, i) => (scores[place] = own[i]!));
    }
    return scores;
  });
}

interface Item {
  readonly group: string;
  readonly exampleId: string;
  readonly inputs: Fields;
  readonly output: string;
  readonly reward: number;
}

/**
 * Alignment of a head with measured rewards on `groups`.
 * @param score `r_k` of items by a network that was not trained on them
 */
export async function alignmentOn(
  session: OptimasSession,
  component: Component,
  groups: readonly RolloutGroup[],
  score: (items: readonly Item[]) => Promise<Float32Array>,
): Promise<ComponentAlignment> {
  const items = groups.flatMap((group, i) =>
    // A ground truth is easy to tell from what components write: it would flatter the head.
    group.outputs
      .filter(({ known }) => known !== true)
      .map(({ output, reward }): Item => ({
        group: `${group.exampleId}/${i}`,
        exampleId: group.exampleId,
        inputs: group.inputs,
        output,
        reward,
      })),
  );
  const local = await score(items);
  const outputs = items.map((item, i): ScoredOutput => ({
    group: item.group,
    local: local[i]!,
    global: item.reward,
  }));
  const reference = items.map((item): ScoredOutput => ({
    group: item.group,
    local: session.features.reference(item.inputs, component.inputs, item.output),
    global: item.reward,
  }));
  const measured = alignment(outputs);
  return {
    component: component.name,
    ...measured,
    reference: alignment(reference).accuracy,
    trusted: measured.low > 0.5,
    trainingPairs: session.replay
      .groups(component.name)
      .reduce((sum, group) => sum + strictPairs(group).length, 0),
    outputs,
  };
}

/** The local reward functions of a run: features, fitting, scoring and how far to trust them. */
import { alignment, type ScoredOutput } from '../../reward/alignment';
import type { RolloutGroup } from '../../reward/preference-pair';
import type { FeaturePair } from '../../reward/reward-model';
import type { ComponentAlignment, RunEvent } from '../../run/run-event';
import type { Component, Fields } from '../../system/component';
import { componentNamed } from '../../system/compound-system';
import type { LocalSelector } from '../../system/execute';
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
    await vectorsOf(session, component, items),
  );
}

function vectorsOf(
  session: OptimasSession,
  component: Component,
  items: readonly { readonly inputs: Fields; readonly output: string }[],
): Promise<Float32Array[]> {
  return session.features.vectors(
    items.map(({ inputs, output }) => ({ inputs, order: component.inputs, output })),
  );
}

/** Trains all heads on what the replay buffer holds; held-out folds decide when to stop. */
export async function* fitHeads(session: OptimasSession): AsyncGenerator<RunEvent, void, void> {
  const { rewardModel, seed } = session.problem;
  const pairs = await featurePairs(session);
  const { epochs, losses } = await rewardModel.fit(pairs, {
    seed,
    labels: session.options.labels,
  });
  session.selector ??= selectorOf(session);
  session.frozen ??= await rewardModel.snapshot();
  yield* judgeHeads(session);
  yield {
    type: 'heads.fitted',
    iteration: session.iteration,
    pairs: session.pairCounts(),
    epochs,
    losses,
  };
}

/** Which heads are to be trusted, from the groups they were not trained on. */
async function* judgeHeads(session: OptimasSession): AsyncGenerator<RunEvent, void, void> {
  session.trusted.clear();
  session.exhausted.clear();
  for (const component of session.searchable) {
    const measured = await heldOut(session, component);
    if (measured.trusted) session.trusted.add(component.name);
    yield { type: 'alignment', on: 'held-out', alignment: measured };
  }
}

/** Every pair of the replay buffer with its feature vectors. */
export async function featurePairs(session: OptimasSession): Promise<FeaturePair[]> {
  const { system } = session.problem;
  const pairs = session.replay.pairs();
  const side = (which: 'winner' | 'loser'): Promise<Float32Array[]> =>
    session.features.vectors(
      pairs.map((pair) => ({
        inputs: pair.inputs,
        order: componentNamed(system, pair.component).inputs,
        output: pair[which],
      })),
    );
  const [winners, losers] = [await side('winner'), await side('loser')];
  return pairs.map((pair, i): FeaturePair => ({
    component: pair.component,
    winner: winners[i]!,
    loser: losers[i]!,
    gap: pair.gap,
    fold: session.foldOf(pair.exampleId),
  }));
}

/** The output with the highest local reward, the first of equals. */
export function selectorOf(session: OptimasSession): LocalSelector {
  return {
    async best(component, inputs, outputs) {
      const rewards = await localRewards(
        session,
        component,
        outputs.map((output) => ({ inputs, output })),
      );
      return rewards.reduce((best, reward, i) => (reward > rewards[best]! ? i : best), 0);
    },
  };
}

/** Alignment on the train groups, each scored by a network that has not seen its example. */
export function heldOut(
  session: OptimasSession,
  component: Component,
  groups = session.replay.groups(component.name),
): Promise<ComponentAlignment> {
  return alignmentOn(session, component, groups, async (items) => {
    const scores = new Float32Array(items.length);
    for (let fold = 0; fold < session.options.folds; fold++) {
      const places = items.flatMap(({ exampleId }, i) =>
        session.foldOf(exampleId) === fold ? [i] : [],
      );
      if (places.length === 0) continue;
      const own = await session.problem.rewardModel.scoreHeldOut(
        component.name,
        await vectorsOf(
          session,
          component,
          places.map((i) => items[i]!),
        ),
        fold,
      );
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
    local: session.features.reference({
      inputs: item.inputs,
      order: component.inputs,
      output: item.output,
    }),
    global: item.reward,
  }));
  const measured = alignment(outputs);
  return {
    component: component.name,
    ...measured,
    reference: alignment(reference).accuracy,
    trusted: measured.low > 0.5,
    trainingPairs: session.replay.pairCount(component.name),
    outputs,
  };
}

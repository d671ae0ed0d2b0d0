/** What the reward chart draws, out of a run's state. */
import type { RunState } from '../../state/run.svelte';

export interface RewardPoint {
  readonly systemRuns: number;
  readonly reward: number;
}

export interface RewardSeries {
  /** Validation reward of the system as it stood, in order of spending. */
  readonly validation: readonly RewardPoint[];
  /** The points of `validation` at which a change was accepted. */
  readonly accepted: readonly (RewardPoint & { readonly component: string })[];
  readonly testInitial: number | null;
  readonly testFinal: number | null;
  /** Scores on the test examples without any optimisation. */
  readonly references: readonly { readonly name: string; readonly reward: number }[];
  /** System runs spent so far: where the test score at the end belongs. */
  readonly spent: number;
  /** Budget in system runs: the width of the chart. */
  readonly limit: number;
  readonly metric: string;
}

export function rewardSeries(run: RunState): RewardSeries {
  const { chance, heuristic, majority } = run.started?.references ?? {};
  const named = [
    { name: 'heuristic', reward: heuristic },
    { name: 'majority', reward: majority },
    { name: 'chance', reward: chance },
  ];
  return {
    validation: run.validation.flatMap(({ systemRuns, reward }) =>
      reward === null ? [] : [{ systemRuns, reward }],
    ),
    accepted: run.changes.flatMap(({ accepted, systemRuns, component, validation }) =>
      accepted && typeof validation?.to === 'number'
        ? [{ systemRuns, component, reward: validation.to }]
        : [],
    ),
    testInitial: run.test.initial?.reward ?? null,
    testFinal: run.test.final?.reward ?? null,
    references: named.flatMap(({ name, reward }) =>
      typeof reward === 'number' ? [{ name, reward }] : [],
    ),
    spent: run.spent.systemRuns,
    limit: run.started?.limit ?? 1,
    metric: run.started?.metric ?? 'reward',
  };
}

/** Top of the reward axis: above everything drawn, at least a fifth, and 1 once it is near. */
export function rewardTop(series: RewardSeries): number {
  const values = [
    ...series.validation.map(({ reward }) => reward),
    ...series.references.map(({ reward }) => reward),
    series.testInitial ?? 0,
    series.testFinal ?? 0,
  ];
  const needed = Math.max(0.2, Math.max(...values) * 1.1);
  // Rounded, or 0.3 in binary would become 0.4.
  return needed > 0.8 && needed <= 1.1 ? 1 : Math.ceil(Number((needed * 10).toFixed(6))) / 10;
}

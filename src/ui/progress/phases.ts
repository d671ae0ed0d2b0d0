/** The phases of a run in their order, with the names the page uses. */
import type { Phase } from '../../core/run/run-event';

export interface NamedPhase {
  readonly phase: Phase;
  readonly name: string;
}

const PHASES: readonly NamedPhase[] = [
  { phase: 'baseline', name: 'Baseline' },
  { phase: 'rollouts', name: 'Rollouts' },
  { phase: 'fitting', name: 'Training local rewards' },
  { phase: 'optimisation', name: 'Optimisation' },
  { phase: 'alignment', name: 'Final alignment' },
  { phase: 'final', name: 'Final measurement' },
  { phase: 'done', name: 'Done' },
];

const OF_A_MEASUREMENT: readonly NamedPhase[] = [
  { phase: 'baseline', name: 'Initial configuration' },
  { phase: 'final', name: 'This configuration' },
  { phase: 'done', name: 'Done' },
];

/** @param measures whether a configuration is only measured */
export function phasesOf(measures: boolean): readonly NamedPhase[] {
  return measures ? OF_A_MEASUREMENT : PHASES;
}

export function phaseName(phases: readonly NamedPhase[], phase: Phase): string {
  return phases.find((entry) => entry.phase === phase)?.name ?? phase;
}

/** Share done of a phase, in [0, 1]. */
export function shareDone({ done, total }: { done: number; total: number }): number {
  return total > 0 ? Math.min(1, Math.max(0, done / total)) : 0;
}

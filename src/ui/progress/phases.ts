/** The phases of a run in their order, with the names the page uses. */
import type { Phase } from '../../core/run/run-event';

export const PHASES: readonly { readonly phase: Phase; readonly name: string }[] = [
  { phase: 'baseline', name: 'Baseline' },
  { phase: 'rollouts', name: 'Rollouts' },
  { phase: 'fitting', name: 'Training local rewards' },
  { phase: 'optimisation', name: 'Optimisation' },
  { phase: 'alignment', name: 'Final alignment' },
  { phase: 'final', name: 'Final measurement' },
  { phase: 'done', name: 'Done' },
];

export function phaseName(phase: Phase): string {
  return PHASES.find((entry) => entry.phase === phase)?.name ?? phase;
}

/** Share done of a phase, in [0, 1]. */
export function shareDone({ done, total }: { done: number; total: number }): number {
  return total > 0 ? Math.min(1, Math.max(0, done / total)) : 0;
}

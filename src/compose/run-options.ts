/** The options of a run by name, as the page and the command line spell them. */
import { MODES, type OptimasOptions } from '../core/optimize/optimas/options';
import type { PairLabels } from '../core/reward/reward-model';
import { UnknownNameError } from './unknown-name';

/** What may be set otherwise than the mode says; every field one of `CHOICES`. */
export interface NamedOptions {
  readonly labels?: string;
  readonly adaptation?: string;
  readonly componentChoice?: string;
  readonly acceptance?: string;
  /** Validation examples a change is accepted on, at most. */
  readonly validationExamples?: number;
  /** Test examples measured, at most: a seeded draw. Default all. */
  readonly testExamples?: number;
  /** Best of N by local reward, N by component. */
  readonly bestOf?: Readonly<Record<string, number>>;
}

/**
 * α of soft labels, σ(α·gap): a gap of 0.3 in a reward of [0, 1] is then preferred with probability
 * 0.95.
 */
const SOFT_ALPHA = 10;

const LABELS: Readonly<Record<string, PairLabels>> = {
  gap: { kind: 'gap' },
  soft: { kind: 'soft', alpha: SOFT_ALPHA },
  hard: { kind: 'hard' },
};

export const CHOICES = {
  labels: Object.keys(LABELS),
  adaptation: ['every-iteration', 'on-accept', 'never'],
  componentChoice: ['softmax', 'random', 'round-robin'],
  acceptance: ['mean', 'sequential'],
} as const;

export const DEFAULT_MODE = 'default';
export const MODE_NAMES = Object.keys(MODES);

/** @throws UnknownNameError that lists what is valid */
export function runOptions(mode: string, named: NamedOptions = {}): OptimasOptions {
  const base = MODES[mode];
  if (base === undefined) throw new UnknownNameError('mode', mode, MODE_NAMES);
  const chosen: Record<string, unknown> = {};
  for (const [option, valid] of Object.entries(CHOICES)) {
    const value = named[option as keyof typeof CHOICES];
    if (value === undefined) continue;
    if (!(valid as readonly string[]).includes(value)) {
      throw new UnknownNameError(option, value, valid);
    }
    chosen[option] = option === 'labels' ? LABELS[value] : value;
  }
  const { validationExamples, testExamples = Infinity, bestOf } = named;
  return {
    ...base,
    ...chosen,
    ...(validationExamples !== undefined && { validationExamples }),
    // Rollouts of test examples for the alignment are as many calls as they are measurements.
    alignmentExamples: Math.min(base.alignmentExamples, testExamples),
    ...(bestOf && { bestOf }),
  };
}

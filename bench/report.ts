/** What `npm run optimize` prints for people. */
import type { RunState } from '../src/core/run/fold';
import { extendPace, secondsLeft, systemRunsPerSecond, type PacePoint } from '../src/core/run/pace';
import {
  extendPhasePace,
  isUnbudgeted,
  phaseRate,
  phaseSecondsLeft,
  type PhasePace,
} from '../src/core/run/phase-pace';
import { isMeasurement, type RunResult, type StampedEvent } from '../src/core/run/run-event';
import { sameValue, type SlotValue } from '../src/core/system/configuration';
import { isRouted } from '../src/core/system/slots/choice';

const PHASES: Record<RunState['phase'], string> = {
  baseline: 'Baseline',
  rollouts: 'Rollouts',
  fitting: 'Training local rewards',
  optimisation: 'Optimisation',
  alignment: 'Final alignment',
  final: 'Final measurement',
  done: 'Done',
};

/** How fast a run goes: within the budget, and in the present phase. */
export interface Paces {
  readonly budget: readonly PacePoint[];
  readonly phase?: PhasePace;
}

export function extendPaces({ budget, phase }: Paces, timed: StampedEvent): Paces {
  const present = extendPhasePace(phase, [timed]);
  return { budget: extendPace(budget, [timed]), ...(present && { phase: present }) };
}

/** One line: phase, share done, budget, rate and time left. */
export function progressLine(state: RunState, paces: Paces): string {
  const { done, total, unit } = state.progress;
  const reward = state.validation.at(-1)?.reward;
  return [
    PHASES[state.phase],
    `${Math.round((100 * done) / Math.max(total, 1e-9))} % of ${Math.round(total)} ${unit}`,
    ...(isUnbudgeted(state.phase) ? ofPhase(paces.phase) : ofBudget(state, paces.budget)),
    ...(reward == null ? [] : [`validation ${reward.toFixed(3)}`]),
  ].join(' · ');
}

function ofBudget({ spent, started }: RunState, points: readonly PacePoint[]): string[] {
  const limit = started?.limit ?? 0;
  const rate = systemRunsPerSecond(points);
  return [
    `${spent.systemRuns.toFixed(1)} of ${limit} system runs`,
    ...told(rate, secondsLeft(limit - spent.systemRuns, rate), 'the budget'),
  ];
}

function ofPhase(pace: PhasePace | undefined): string[] {
  return told(phaseRate(pace), phaseSecondsLeft(pace), 'this phase');
}

function told(rate: number | undefined, left: number | undefined, of: string): string[] {
  if (rate === undefined || left === undefined) return [];
  return [`${perSecond(rate)}/s`, `about ${Math.ceil(left)} s of ${of} left`];
}

/** Also where one takes many seconds. */
function perSecond(rate: number): string {
  return rate >= 1 ? rate.toFixed(1) : String(Number(rate.toPrecision(2)));
}

function figure(value: number | null): string {
  return value === null ? '–' : value.toFixed(3);
}

/** The result as a short text. */
export function summary(state: RunState, result: RunResult, seconds: number): string {
  const { validation, budget } = result;
  const metric = state.started?.metric ?? 'reward';
  const about = `${result.system} on ${result.engine}, seed ${result.seed}`;
  if (isMeasurement(result)) {
    return [
      `${about}: the initial configuration and this one, ${seconds.toFixed(1)} s`,
      ...testLines(result, metric),
    ].join('\n');
  }
  const changes = state.changes.map(
    ({ accepted, component, slot, from, to, reason }) =>
      `  ${accepted ? 'accepted' : 'rejected'}  ${component}.${slot}: ${difference(from, to)} — ${reason}`,
  );
  const alignment = Object.entries(result.alignment).map(
    ([name, { accuracy, low, high, kendallTau, spearman, calibrationError, pairs, ...own }]) =>
      `  ${name.padEnd(20)} ${accuracy.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}] on ${pairs} pairs, τ ${figure(kendallTau)}, ρ ${figure(spearman)}, calibration error ${figure(calibrationError)}, untrained ${own.reference.toFixed(3)}`,
  );
  return [
    `${about}, ${budget.systemRuns.toFixed(1)} of ${budget.limit} system runs, ${seconds.toFixed(1)} s (${result.rewardModel.backend})`,
    ...testLines(result, metric),
    `Validation ${metric}  ${figure(validation.initial)} → ${figure(validation.final)}`,
    ...(result.bestOf === undefined
      ? []
      : [
          `Best of N       ${figure(result.bestOf.test)} on test, difference in [${figure(result.bestOf.low)}, ${figure(result.bestOf.high)}]`,
        ]),
    'Pair accuracy of the local rewards, test examples:',
    ...alignment,
    'Changes:',
    ...changes,
  ].join('\n');
}

function testLines(result: RunResult, metric: string): string[] {
  const { test, reference, budget, measurement } = result;
  return [
    `Test ${metric}        ${figure(test.initial)} → ${figure(test.final)}, difference in [${figure(test.low)}, ${figure(test.high)}] (95 %, n = ${test.n})`,
    `References      heuristic ${figure(reference.heuristic)}, majority ${figure(reference.majority)}, chance ${figure(reference.chance)}`,
    `Model calls     ${budget.modelCalls} in the budget, ${measurement.modelCalls} to measure; tokens ${budget.tokens} and ${measurement.tokens}`,
  ];
}

/** What differs between two values: lines gone and come for a prompt, a count for lists. */
function difference(from: SlotValue, to: SlotValue): string {
  if (sameValue(from, to)) return 'kept';
  if (typeof from !== 'string' || typeof to !== 'string') return `${short(from)} → ${short(to)}`;
  const before = from.split('\n');
  const after = to.split('\n');
  if (before.length === 1 && after.length === 1) return `"${from}" → "${to}"`;
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `−"${line}"`),
    ...after.filter((line) => !before.includes(line)).map((line) => `+"${line}"`),
  ].join(' ');
}

function short(value: SlotValue): string {
  if (isRouted(value)) return 'for each input by local reward';
  if (!Array.isArray(value)) return String(value);
  const of = typeof value[0] === 'number' ? 'weights' : 'demos';
  return `${value.length} ${of}`;
}

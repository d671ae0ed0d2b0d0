/** Sentences and rows of a result. */
import { isMeasurement, type RunResult } from '../../core/run/run-event';
import { count, interval, number, score, signed } from '../shared/format';

/** Mean calibration error over the heads that were measured; `null` where none was. */
export function meanCalibrationError({ alignment }: Pick<RunResult, 'alignment'>): number | null {
  const errors = Object.values(alignment).flatMap(({ calibrationError }) =>
    typeof calibrationError === 'number' ? [calibrationError] : [],
  );
  return errors.length === 0 ? null : errors.reduce((sum, error) => sum + error, 0) / errors.length;
}

export const ALIGNMENT_COLUMNS = [
  'Local reward of',
  'Pairs',
  'Pair accuracy',
  'Untrained reference',
  'Kendall’s τ',
  'Spearman’s ρ',
  'Calibration error',
] as const;

/** One row a component, in the order of `ALIGNMENT_COLUMNS`. */
export function alignmentRows({ alignment }: Pick<RunResult, 'alignment'>): string[][] {
  return Object.entries(alignment).map(([component, measured]) => [
    component,
    count(measured.pairs),
    `${score(measured.accuracy)} (${interval(measured.low, measured.high)})`,
    score(measured.reference),
    score(measured.kendallTau),
    score(measured.spearman),
    score(measured.calibrationError),
  ]);
}

/** Whether the final configuration is known to be a component-wise maximum on validation. */
export function maximumSentence({
  componentwiseMaximum,
}: Pick<RunResult, 'componentwiseMaximum'>): string {
  return componentwiseMaximum
    ? 'A component-wise maximum on validation: every single change of a choice or a number was measured, or none is left.'
    : 'Not known to be a component-wise maximum on validation: some single changes of a choice or a number were not measured.';
}

/** What best of N by the local reward came to; `undefined` where the run asked for none. */
export function bestOfSentence({
  bestOf,
  test,
}: Pick<RunResult, 'bestOf' | 'test'>): string | undefined {
  if (bestOf === undefined) return undefined;
  const samples = Object.entries(bestOf.samples)
    .map(([component, n]) => `${number(n)} of ${component}`)
    .join(', ');
  const asked = `Best of several outputs by the local reward (${samples})`;
  if (bestOf.test === null) return `${asked}: no test example was completed.`;
  const difference = test.final === null ? null : bestOf.test - test.final;
  return `${asked}: test ${score(bestOf.test)}, ${signed(difference)} against one output each, 95 % interval ${signed(bestOf.low)} to ${signed(bestOf.high)}.`;
}

/** What the difference of the test scores says. */
export function verdict(result: Pick<RunResult, 'method' | 'changes' | 'test'>): string {
  const { accepted, rejected } = result.changes;
  const { low, high } = result.test;
  if (!isMeasurement(result) && accepted === 0) {
    return rejected === 0
      ? 'No change was tried: the system is as it was. A larger budget leaves more to try with.'
      : 'No change was accepted: the system is as it was.';
  }
  if (low === null || high === null) return '';
  const [gain, loss] = isMeasurement(result)
    ? ['it is better than the initial one', 'it is worse than the initial one']
    : ['the gain is more than chance', 'the system became worse'];
  if (low > 0) return `The interval lies above 0: ${gain}.`;
  if (high < 0) return `The interval lies below 0: ${loss}.`;
  return 'The interval contains 0: on these examples the difference could be chance.';
}

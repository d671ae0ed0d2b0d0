/** Scores of methods that learn nothing: on all test examples, or on those that a run measures on. */
import type { DataSplits } from '../core/optimize/optimizer';
import type { References } from '../core/run/references';
import type { ReferenceWatch } from '../systems/system-module';

/** @param splits with the test examples they are of; default: all */
export type ReferenceScores = (splits?: DataSplits) => Promise<References>;

/**
 * @param measure may take long
 * @param all measured when they are first asked for; a measurement that fails is tried again
 */
export function referenceScores(
  measure: (splits: DataSplits, watch: ReferenceWatch) => Promise<References>,
  all: DataSplits,
  watch: ReferenceWatch = {},
): ReferenceScores {
  const { onProgram: _, ...quiet } = watch;
  let known: Promise<References> | undefined;
  let telling = false;
  const measured = async (splits: DataSplits): Promise<References> => {
    // Of two at a time one is told: both would look like one that jumps.
    if (telling) return measure(splits, quiet);
    telling = true;
    try {
      return await measure(splits, watch);
    } finally {
      telling = false;
    }
  };
  return (splits = all) => {
    if (splits !== all) return measured(splits);
    known ??= measured(all).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}

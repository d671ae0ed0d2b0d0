/** Seeded splits of examples into disjoint parts. */
import type { DataSplits } from '../core/optimize/optimizer';
import { randomStream, shuffled } from '../core/random/stream';
import type { Example } from '../core/system/compound-system';
import { DataError } from './data-error';

/** Shares of train and validation; the rest is test, the largest part, because intervals need it. */
const TRAIN = 0.35;
const VALIDATION = 0.25;

/** Fewer leave no part with anything to say. */
export const MIN_EXAMPLES = 12;

/** Splits belong to the file, not to a run: every seed is measured on the same test examples. */
export const SPLIT_SEED = 0;

/** How many examples each part gets; `undefined` when there are too few. */
export function splitSizes(
  examples: number,
): { readonly train: number; readonly validation: number; readonly test: number } | undefined {
  if (examples < MIN_EXAMPLES) return undefined;
  const train = Math.round(TRAIN * examples);
  const validation = Math.round(VALIDATION * examples);
  return { train, validation, test: examples - train - validation };
}

/**
 * @param seed of the shuffle; the same examples and seed give the same parts
 * @throws DataError when there are too few examples
 */
export function splitExamples(examples: readonly Example[], seed: number): DataSplits {
  const sizes = splitSizes(examples.length);
  if (!sizes) {
    throw new DataError(
      `the file has ${examples.length} questions, at least ${MIN_EXAMPLES} are needed to split them into train, validation and test`,
    );
  }
  const order = shuffled(examples, randomStream(seed, 'split'));
  const { train, validation } = sizes;
  return {
    train: order.slice(0, train),
    validation: order.slice(train, train + validation),
    test: order.slice(train + validation),
  };
}

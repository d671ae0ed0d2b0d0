/** The port to features φ(x_k, y_k): what a local reward function sees of an input and an output. */
import type { WordFrequencies } from './text-profile';
import type { Fields } from '../system/component';

export interface FeatureItem {
  /** `x_k` by field name. */
  readonly inputs: Fields;
  /** Names of the fields in the component's order: the first is the query, the rest the context. */
  readonly order: readonly string[];
  readonly output: string;
}

export interface FeatureMap {
  readonly name: string;
  /** Dimension d of φ. */
  readonly d: number;
  /**
   * Learns word frequencies from the inputs components see. Call before the first `vectors`: the
   * meaning of a feature must not change under a trained head.
   * @throws Error when features were computed already
   */
  learnFrequencies(texts: Iterable<string>): void;
  /** What `learnFrequencies` learnt, to be kept; absent where features cannot be kept. */
  frequencies?(): WordFrequencies | undefined;
  /** Takes what was kept, in the place of learning it. @throws Error when features were computed */
  takeFrequencies?(words: WordFrequencies): void;
  /** φ(x, y) of each item, unscaled, in the order given; each computed once, by content. */
  vectors(items: readonly FeatureItem[]): Promise<Float32Array[]>;
  /** The untrained score that stands beside every head: a head has to earn its place. */
  reference(item: FeatureItem): number;
}

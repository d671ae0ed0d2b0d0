/**
 * One trunk with its heads: `r_k = h_k ∘ φ` in tfjs. A shared tanh layer, and one linear head a
 * component that reads the layer and the standardised features. The features mean the same for
 * every component, so the linear part is a common vector plus a smaller part of the head's own,
 * which is held back more strongly: a head with few pairs leans on what the others learnt.
 */
import * as tf from '@tensorflow/tfjs';
import type { RandomStream } from '../core/random/stream';
import type { FeaturePair } from '../core/reward/reward-model';
import { learnStandardisation, standardise, type Standardisation } from './standardisation';

export interface NetworkOptions {
  readonly hidden: number;
  readonly learningRate: number;
  /** λ of the penalty on all weights. */
  readonly weightDecay: number;
  /** Factor on the heads' own linear weights inside the penalty. */
  readonly ownDecay: number;
  readonly batch: number;
}

/** Trunk [d, h], bias [h], heads [h, K], linear parts: common [d, 1] and own [d, K]. */
interface Weights {
  readonly trunk: tf.Variable;
  readonly bias: tf.Variable;
  readonly heads: tf.Variable;
  readonly common: tf.Variable;
  readonly own: tf.Variable;
}

/** Pairs as tensors would want them: both sides standardised, one-hot component, weight. */
interface PairBlock {
  readonly winners: Float32Array;
  readonly losers: Float32Array;
  readonly mask: Float32Array;
  readonly weights: Float32Array;
  readonly size: number;
}

export class Network {
  readonly #index: ReadonlyMap<string, number>;
  readonly #scales: readonly (Standardisation | undefined)[];
  readonly #weights: Weights;
  // Epsilon is passed because the backends' defaults differ.
  readonly #optimizer: tf.AdamOptimizer;

  /**
   * @param components names, one head each
   * @param d length of a feature vector
   * @param pairs what it will be trained on; they set the scale of the features
   * @param random of the initial weights
   */
  constructor(
    readonly components: readonly string[],
    readonly d: number,
    pairs: readonly FeaturePair[],
    random: RandomStream,
    readonly options: NetworkOptions,
  ) {
    this.#index = new Map(components.map((name, k) => [name, k]));
    this.#scales = components.map((name) => {
      const own = pairs.filter(({ component }) => component === name);
      return own.length === 0
        ? undefined
        : learnStandardisation(own.flatMap(({ winner, loser }) => [winner, loser]));
    });
    const { hidden, learningRate } = options;
    const { length: count } = components;
    this.#weights = {
      trunk: variable(glorotUniform(d, hidden, random), [d, hidden]),
      bias: variable(new Float32Array(hidden), [hidden]),
      heads: variable(glorotUniform(hidden, count, random), [hidden, count]),
      common: variable(new Float32Array(d), [d, 1]),
      own: variable(new Float32Array(d * count), [d, count]),
    };
    this.#optimizer = tf.train.adam(learningRate, 0.9, 0.999, 1e-7);
  }

  /** One pass over the pairs in the order given. */
  epoch(pairs: readonly FeaturePair[]): void {
    for (let start = 0; start < pairs.length; start += this.options.batch) {
      const block = this.#block(pairs.slice(start, start + this.options.batch));
      this.#optimizer.minimize(
        () => tf.add(this.#rankingLoss(block), this.#penalty()) as tf.Scalar,
        false,
        Object.values(this.#weights) as tf.Variable[],
      );
    }
  }

  /** Weighted mean ranking loss, without the penalty. @param pairs at least one */
  async loss(pairs: readonly FeaturePair[]): Promise<number> {
    const block = this.#block(pairs);
    const loss = tf.tidy(() => this.#rankingLoss(block));
    const [value] = await loss.data();
    loss.dispose();
    return value!;
  }

  /** `r_k` of each vector; 0 for a component that had no pair: it has learnt nothing. */
  async score(component: string, vectors: readonly Float32Array[]): Promise<Float32Array> {
    const k = this.#indexOf(component);
    const by = this.#scales[k];
    if (vectors.length === 0 || by === undefined) return new Float32Array(vectors.length);
    const buffer = standardise(
      vectors.map((vector) => ({ vector, by })),
      this.d,
    );
    const scores = tf.tidy(() => this.#rewards(tf.tensor2d(buffer, [vectors.length, this.d])));
    const all = await scores.data();
    scores.dispose();
    const { length: count } = this.components;
    return Float32Array.from(vectors, (_, i) => all[i * count + k]!);
  }

  /** Weights and scales as plain arrays, to be put back by `restore`. */
  async snapshot(): Promise<readonly Float32Array[]> {
    const variables = Object.values(this.#weights) as tf.Variable[];
    const values = await Promise.all(variables.map((weight) => weight.data()));
    return values.map((value) => Float32Array.from(value));
  }

  restore(snapshot: readonly Float32Array[]): void {
    (Object.values(this.#weights) as tf.Variable[]).forEach((weight, i) => {
      const value = tf.tensor(snapshot[i]!, weight.shape);
      weight.assign(value);
      value.dispose();
    });
  }

  dispose(): void {
    tf.dispose(Object.values(this.#weights) as tf.Variable[]);
    this.#optimizer.dispose();
  }

  /** r of every head for every row: [n, d] → [n, K]. */
  #rewards(x: tf.Tensor2D): tf.Tensor2D {
    const { trunk, bias, heads, common, own } = this.#weights;
    const hidden = tf.tanh(tf.add(tf.matMul(x, trunk as tf.Tensor2D), bias)) as tf.Tensor2D;
    return tf.add(
      tf.matMul(hidden, heads as tf.Tensor2D),
      tf.matMul(x, tf.add(own, common) as tf.Tensor2D),
    );
  }

  #rankingLoss(block: PairBlock): tf.Scalar {
    const { size } = block;
    const shape: [number, number] = [size, this.d];
    const winners = this.#rewards(tf.tensor2d(block.winners, shape));
    const losers = this.#rewards(tf.tensor2d(block.losers, shape));
    const mask = tf.tensor2d(block.mask, [size, this.components.length]);
    const margin = tf.sum(tf.mul(tf.sub(winners, losers), mask), 1);
    const weights = tf.tensor1d(block.weights);
    // softplus(−z) = −log σ(z); tf.logSigmoid fails in the backward pass.
    const losses = tf.mul(tf.softplus(tf.neg(margin)), weights);
    return tf.div(tf.sum(losses), tf.sum(weights)) as tf.Scalar;
  }

  #penalty(): tf.Scalar {
    const { trunk, heads, common, own } = this.#weights;
    const { weightDecay, ownDecay } = this.options;
    const squares = [trunk, heads, common].map((weight) => tf.sum(tf.square(weight)));
    const held = tf.mul(tf.sum(tf.square(own)), ownDecay);
    return tf.mul(tf.addN([...squares, held]), weightDecay) as tf.Scalar;
  }

  #block(pairs: readonly FeaturePair[]): PairBlock {
    const { length: count } = this.components;
    const mask = new Float32Array(pairs.length * count);
    const weights = new Float32Array(pairs.length);
    // Dividing by the mean keeps the loss in its usual range and leaves equal gaps at weight 1.
    const meanGap = pairs.reduce((sum, { gap }) => sum + gap, 0) / pairs.length;
    const side = (which: 'winner' | 'loser'): Float32Array =>
      standardise(
        pairs.map((pair) => ({
          vector: pair[which],
          by: this.#scaleOf(this.#indexOf(pair.component)),
        })),
        this.d,
      );
    pairs.forEach((pair, i) => {
      mask[i * count + this.#indexOf(pair.component)] = 1;
      weights[i] = pair.gap / meanGap;
    });
    return { winners: side('winner'), losers: side('loser'), mask, weights, size: pairs.length };
  }

  /** Held-out pairs of a component without pairs to fit have no scale: their margin is 0. */
  #scaleOf(k: number): Standardisation {
    return (
      this.#scales[k] ?? {
        mean: new Float32Array(this.d),
        deviation: new Float32Array(this.d).fill(Infinity),
      }
    );
  }

  #indexOf(component: string): number {
    const k = this.#index.get(component);
    if (k === undefined) throw new Error(`there is no reward head for "${component}"`);
    return k;
  }
}

function variable(values: Float32Array, shape: number[]): tf.Variable {
  const initial = tf.tensor(values, shape);
  const made = tf.variable(initial);
  // A variable keeps its own reference; the inner tensor is ours to dispose.
  initial.dispose();
  return made;
}

/** U(−a, a) with a = √(6 / (in + out)) (Glorot & Bengio 2010, eq. 16). */
function glorotUniform(inputs: number, outputs: number, random: RandomStream): Float32Array {
  const limit = Math.sqrt(6 / (inputs + outputs));
  return Float32Array.from({ length: inputs * outputs }, () => (2 * random.uniform() - 1) * limit);
}

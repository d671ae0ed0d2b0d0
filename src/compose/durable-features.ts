/**
 * Features that are computed when a head is to read them and not before: while a run is repeated from
 * its journal no head reads any, and φ would take most of the time.
 */
import { keyOf, shortHash } from '../core/run/journal-key';
import type { FeatureItem, FeatureMap } from '../core/reward/feature-map';
import type { WordFrequencies } from '../core/reward/text-profile';
import type { Fields } from '../core/system/component';

interface Known {
  readonly vector: Float32Array;
  readonly item: FeatureItem;
  filled: boolean;
  key: string | undefined;
  reference: number | undefined;
}

export class DurableFeatures implements FeatureMap {
  readonly name: string;
  readonly d: number;
  readonly #inner: FeatureMap;
  /** By the object that holds the inputs, which steps and groups share; then by order and output. */
  #items = new WeakMap<Fields, Map<string, Known>>();
  readonly #vectors = new WeakMap<Float32Array, Known>();
  readonly #inputKeys = new WeakMap<Fields, Map<string, string>>();

  constructor(inner: FeatureMap) {
    this.#inner = inner;
    this.name = inner.name;
    this.d = inner.d;
  }

  learnFrequencies(texts: Iterable<string>): void {
    // References were without these frequencies.
    this.#items = new WeakMap();
    this.#inner.learnFrequencies(texts);
  }

  frequencies(): WordFrequencies | undefined {
    return this.#inner.frequencies?.();
  }

  takeFrequencies(words: WordFrequencies): void {
    if (this.#inner.takeFrequencies === undefined) {
      throw new Error(`the features "${this.name}" cannot be kept`);
    }
    this.#items = new WeakMap();
    this.#inner.takeFrequencies(words);
  }

  /** Vectors of the right length that hold nothing before `fill`. */
  vectors(items: readonly FeatureItem[]): Promise<Float32Array[]> {
    return Promise.resolve(items.map((item) => this.#known(item).vector));
  }

  reference(item: FeatureItem): number {
    const known = this.#known(item);
    return (known.reference ??= this.#inner.reference(item));
  }

  /** Computes what was not computed yet, in place. @throws Error of the features */
  async fill(vectors: readonly Float32Array[]): Promise<void> {
    const empty = new Set<Known>();
    for (const vector of vectors) {
      const known = this.#vectors.get(vector);
      if (known?.filled === false) empty.add(known);
    }
    const given = [...empty];
    const computed = await this.#inner.vectors(given.map(({ item }) => item));
    given.forEach((known, i) => {
      known.vector.set(computed[i]!);
      known.filled = true;
    });
  }

  /** A short hash of the texts that a vector describes. */
  keyOf(vector: Float32Array): string {
    const known = this.#vectors.get(vector);
    if (known === undefined) return keyOf([...vector]);
    return (known.key ??= `${this.#keyOfInputs(known.item)}/${shortHash(known.item.output)}`);
  }

  #known(item: FeatureItem): Known {
    const { inputs, order, output } = item;
    let own = this.#items.get(inputs);
    if (own === undefined) this.#items.set(inputs, (own = new Map<string, Known>()));
    const address = `${order.join('\n')}\n\n${output}`;
    let known = own.get(address);
    if (known === undefined) {
      const vector = new Float32Array(this.d);
      known = { vector, item, filled: false, key: undefined, reference: undefined };
      own.set(address, known);
      this.#vectors.set(vector, known);
    }
    return known;
  }

  #keyOfInputs({ inputs, order }: FeatureItem): string {
    let keys = this.#inputKeys.get(inputs);
    if (keys === undefined) this.#inputKeys.set(inputs, (keys = new Map<string, string>()));
    const names = order.join('\n');
    let key = keys.get(names);
    if (key === undefined) keys.set(names, (key = keyOf(order.map((name) => inputs[name] ?? ''))));
    return key;
  }
}

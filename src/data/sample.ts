/** A seeded sample of a stream whose length is not known before its end. */
import { randomStream, type RandomStream } from '../core/random/stream';

/**
 * Reservoir sampling (Vitter 1985, algorithm R): every item is kept with the same probability, and
 * no more than `size` items are ever held.
 */
export class Reservoir<Item> {
  readonly #size: number;
  readonly #random: RandomStream;
  readonly #kept: { readonly place: number; readonly item: Item }[] = [];
  #seen = 0;

  /** @param size at least 1 */
  constructor(size: number, seed: number) {
    this.#size = size;
    this.#random = randomStream(seed, 'sample');
  }

  /** @param make makes what is kept; called only for items that are kept for now */
  offer(make: () => Item): void {
    const place = this.#seen;
    this.#seen += 1;
    const slot = place < this.#size ? place : this.#random.below(this.#seen);
    if (slot < this.#size) this.#kept[slot] = { place, item: make() };
  }

  /** In the order in which they were offered. */
  items(): Item[] {
    return [...this.#kept].sort((a, b) => a.place - b.place).map(({ item }) => item);
  }
}

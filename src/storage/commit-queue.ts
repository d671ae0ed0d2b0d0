/**
 * Writes one batch after the other: the first thing is written at once, and what comes while a
 * transaction is under way is written by the next one together. So a slow producer waits for its own
 * transaction only, and a fast one does not need a transaction each.
 */
export class CommitQueue<Item> {
  readonly #write: (items: readonly Item[]) => Promise<void>;
  #waiting: Item[] = [];
  #next: Promise<void> | undefined;
  #current: Promise<void> = Promise.resolve();

  /** @param write commits items in order, all or none. @throws what kept it from doing so */
  constructor(write: (items: readonly Item[]) => Promise<void>) {
    this.#write = write;
  }

  /** Resolves once committed. @throws what the batch threw, for each of its items */
  add(item: Item): Promise<void> {
    this.#waiting.push(item);
    this.#next ??= this.#after(this.#current);
    return this.#next;
  }

  /** Once everything that was added is committed, or has failed. */
  async settled(): Promise<void> {
    await (this.#next ?? this.#current).catch(() => undefined);
  }

  async #after(before: Promise<void>): Promise<void> {
    await before.catch(() => undefined);
    const items = this.#waiting;
    this.#waiting = [];
    this.#current = this.#next!;
    this.#next = undefined;
    await this.#write(items);
  }
}

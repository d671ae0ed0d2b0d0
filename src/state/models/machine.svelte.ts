/** What this machine can run, once the browser was asked, and whether it keeps what is downloaded. */
import {
  detectCapabilities,
  detectStorage,
  type Capabilities,
  type Surroundings,
} from './capabilities';

export class Machine {
  readonly #around: Surroundings;
  #capabilities = $state.raw<Capabilities>();
  #refused = $state.raw(false);

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** `undefined` until the browser has answered. */
  get capabilities(): Capabilities | undefined {
    return this.#capabilities;
  }
  /** The browser was asked to keep the files and did not agree. */
  get refused(): boolean {
    return this.#refused;
  }

  async detect(): Promise<void> {
    this.#capabilities = await detectCapabilities(this.#around);
  }

  /** After a download or a deletion. */
  async measureStorage(): Promise<void> {
    const storage = await detectStorage(this.#around);
    if (this.#capabilities && storage) this.#capabilities = { ...this.#capabilities, storage };
  }

  /** Asks the browser not to evict what is downloaded; most ask nobody and decide themselves. */
  async keepFiles(): Promise<void> {
    const kept = await this.#around.storage?.persist().catch(() => false);
    this.#refused = kept !== true;
    await this.measureStorage();
  }
}

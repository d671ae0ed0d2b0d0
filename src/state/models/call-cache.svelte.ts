/** The cache of model calls: how much of it there is, and how to be rid of it. */
export interface CallCacheStats {
  readonly entries: number;
  readonly bytes: number;
  readonly limitBytes: number;
  /** Calls answered from it. */
  readonly hits: number;
}

/** Where the figures come from. */
export interface CallCachePort {
  stats(): Promise<CallCacheStats>;
  clear(): Promise<void>;
}

export class CallCache {
  readonly #port: CallCachePort;
  #stats = $state.raw<CallCacheStats>();
  #problem = $state.raw<string>();

  constructor(port: CallCachePort) {
    this.#port = port;
  }

  /** `undefined` until it was read. */
  get stats(): CallCacheStats | undefined {
    return this.#stats;
  }
  get problem(): string | undefined {
    return this.#problem;
  }

  refresh(): Promise<void> {
    return this.#guarded(async () => undefined);
  }

  clear(): Promise<void> {
    return this.#guarded(() => this.#port.clear());
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.#stats = await this.#port.stats();
      this.#problem = undefined;
    } catch {
      this.#problem =
        'The browser’s storage could not be read, so calls are not cached. Private windows often forbid it.';
    }
  }
}

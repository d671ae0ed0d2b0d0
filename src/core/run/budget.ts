/** What a run may spend and what it has spent. */

export interface Spent {
  /** Components executed divided by the components of the system. */
  readonly systemRuns: number;
  readonly modelCalls: number;
  /** Model calls that were answered by an earlier, equal execution. */
  readonly cacheHits: number;
  /** Prompt and completion tokens of the calls that were made. */
  readonly tokens: number;
}

export class BudgetExceededError extends Error {
  override readonly name = 'BudgetExceededError';
}

/**
 * Counts system runs, a partial execution by the share of components executed. A step that is
 * reused from a trace or answered by an equal earlier one executes nothing and costs nothing.
 */
export class Budget {
  #executed = 0;
  #modelCalls = 0;
  #cacheHits = 0;
  #tokens = 0;
  #reserved = 0;

  /**
   * @param limit system runs, > 0; `Infinity` only counts
   * @param components number of components of the system
   */
  constructor(
    readonly limit: number,
    readonly components: number,
  ) {
    if (!(limit > 0)) throw new RangeError(`a budget must be positive, got ${limit}`);
  }

  /** @throws BudgetExceededError, before anything is executed, if one more would pass the limit. */
  reserveExecution(): void {
    if ((this.#executed + 1) / this.components > this.limit - this.#reserved) {
      throw new BudgetExceededError(
        `the budget of ${this.limit} system runs is spent${this.#reserved > 0 ? ` but for ${this.#reserved} kept back` : ''}`,
      );
    }
    this.#executed += 1;
  }

  addCalls(calls: number, tokens: number): void {
    this.#modelCalls += calls;
    this.#tokens += tokens;
  }

  addCacheHits(calls: number): void {
    this.#cacheHits += calls;
  }

  /** Keeps system runs back for later work, in place of what was kept back before. */
  reserve(systemRuns: number): void {
    this.#reserved = systemRuns;
  }

  /** System runs left, without what is kept back. */
  get left(): number {
    return this.limit - this.#reserved - this.#executed / this.components;
  }

  get spent(): Spent {
    return {
      systemRuns: this.#executed / this.components,
      modelCalls: this.#modelCalls,
      cacheHits: this.#cacheHits,
      tokens: this.#tokens,
    };
  }
}

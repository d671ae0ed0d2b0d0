/** What the page of this benchmark measures. */
export interface CallTimes {
  /** Milliseconds of each call on our path, and of these in the engine itself. */
  readonly ours: readonly number[];
  readonly engine: readonly number[];
  /** Milliseconds of equal calls on the package itself, in turns with ours. */
  readonly direct: readonly number[];
  readonly tokensPerSecond: number;
  /** Milliseconds of calls that the cache answered. */
  readonly hits: readonly number[];
}

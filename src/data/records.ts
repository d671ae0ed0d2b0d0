/** What every reader of rows is given. */
export interface LocatedRecord {
  /** 1-based line on which the record begins. */
  readonly line: number;
  readonly value: unknown;
}

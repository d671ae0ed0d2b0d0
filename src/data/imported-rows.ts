import type { LocatedRecord } from './records';

/** Rows of a data file, as they are published or with the fields that the system needs. */
export interface ImportedRows {
  /** Of the file. */
  readonly name: string;
  readonly records: readonly LocatedRecord[];
  /** What was left out on the way, as sentences. */
  readonly notes: readonly string[];
}

/** A parser that is given text in pieces and gives records back as soon as they are complete. */
import type { DataError } from './data-error';
import type { LocatedRecord } from './records';

/** A record, or the reason why one row cannot be read while those after it can. */
export type StreamedRecord = LocatedRecord | { readonly line: number; readonly problem: DataError };

export interface RecordParser {
  /** @throws DataError where nothing after it can be read */
  push(text: string): StreamedRecord[];
  /** @throws DataError when the text ends too early */
  end(): StreamedRecord[];
}

/** Characters of one record; more of them are a sign of a quote or a bracket that is not closed. */
export const MAX_RECORD = 16_000_000;

/** Ids of rows: splits and seeds depend on them, so every row needs its own. */
import { DataError } from './data-error';

/** @throws DataError at the second row of an id, with the line of the first */
export function withUniqueIds<Row extends { readonly id: string; readonly line: number }>(
  rows: readonly Row[],
): readonly Row[] {
  const lines = new Map<string, number>();
  for (const { id, line } of rows) {
    const other = lines.get(id);
    if (other !== undefined) {
      throw new DataError(
        `the id "${id}" stands on line ${other} already; every row needs its own`,
        line,
        'id',
      );
    }
    lines.set(id, line);
  }
  return rows;
}

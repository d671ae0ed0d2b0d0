/** Whether a row can be used by a system, and what is kept of it. */
import { DataError } from './data-error';
import { readsAsPublished, type DataFormat, type FormatName } from './formats';
import { readHotpotRow } from './hotpotqa';
import { applyMapping, type ColumnMapping } from './mapping';
import { readAmazon } from './amazon';
import { readStarkRow } from './stark';
import { readPubmedRow } from './pubmedqa';
import type { LocatedRecord } from './records';
import type { RequiredField } from './required-fields';
import { isObject, textOf, valueAt } from './values';

/** Ids that are compared; beyond them a double is found by whoever reads the sample. */
const MAX_IDS = 200_000;

/** What published files call the id of a row. */
const IDS = ['_id', 'id', 'pubid', 'pmid'];

/** What a row is kept as. @throws DataError that names the line and the field */
export type RowCheck = (record: LocatedRecord) => unknown;

type ReadRow = (value: unknown, line: number) => unknown;

/** On its own: whether numbers count from 0 or 1 shows in all rows, and does not matter here. */
function readAmazonRow(value: unknown, line: number): unknown {
  return readAmazon([{ value, line }]);
}

/** What reads a row of a form; of others only the fields that are needed are looked at. */
const READERS: Partial<Record<FormatName, ReadRow>> = {
  hotpotqa: readHotpotRow,
  pubmedqa: readPubmedRow,
  stark: readStarkRow,
  amazon: readAmazonRow,
};
/** What reads a row whose columns were mapped, by the system's name. */
const MAPPED_READERS: Partial<Record<string, ReadRow>> = {
  'evidence-qa': readPubmedRow,
  'entity-ranking': readStarkRow,
  'next-item': readAmazonRow,
};

/** Rows of a published form stay as they are, others become texts by field. */
export function rowCheck(
  format: DataFormat,
  system: string,
  fields: readonly RequiredField[],
  mapping: ColumnMapping,
): RowCheck {
  const mapped: ReadRow = (value, line) => applyMapping(fields, mapping, value, line);
  if (!readsAsPublished(format, system)) {
    const read = MAPPED_READERS[system];
    return ({ value, line }) => {
      const row = mapped(value, line);
      read?.(row, line);
      return row;
    };
  }
  const read = READERS[format.name] ?? mapped;
  const ids = new Map<string, number>();
  return ({ value, line }) => {
    read(value, line);
    oneOfAKind(value, line, ids);
    return value;
  };
}

/** Rows without an id are no matter here: who needs one says so. */
function oneOfAKind(value: unknown, line: number, ids: Map<string, number>): void {
  const name = isObject(value) ? IDS.find((field) => value[field] !== undefined) : undefined;
  const id = name === undefined ? undefined : valueAt(value, name);
  if ((typeof id !== 'string' && typeof id !== 'number') || id === '') return;
  const other = ids.get(String(id));
  if (other !== undefined) {
    throw new DataError(
      `the id "${id}" stands on line ${other} already; every row needs its own`,
      line,
      'id',
    );
  }
  if (ids.size < MAX_IDS) ids.set(String(id), line);
}

/** Reads the value of the field whose values may be classes, where it has a column. */
export function classOf(
  fields: readonly RequiredField[],
  mapping: ColumnMapping,
): { readonly field: string; readonly of: (record: unknown) => string } | undefined {
  const field = fields.find(({ classes }) => classes)?.name;
  const column = field === undefined ? undefined : mapping[field];
  if (field === undefined || column === undefined || column === '') return undefined;
  return { field, of: (record) => textOf(valueAt(record, column)) };
}

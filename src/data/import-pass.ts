/** The one pass over a file: what it is, what is wrong with it, and a sample of its rows. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { ByteStream } from './byte-stream';
import { DataError } from './data-error';
import { detectFormat, readsAsPublished, type DataFormat } from './formats';
import { ProgressMeter, type ImportProgress } from './import-progress';
import { columnsOf, mappingProblems, proposeMapping, type ColumnMapping } from './mapping';
import { detached, PreviewBuilder, type DataPreview } from './preview';
import type { LocatedRecord } from './records';
import type { RequiredField } from './required-fields';
import { classOf, rowCheck, type RowCheck } from './row-check';
import { Reservoir } from './sample';
import { SPLIT_SEED } from './split';
import { readRecords } from './stream';
import type { StreamedRecord } from './stream-parser';

/** Rows that are kept: as many paragraphs as theirs index in about a second. */
export const MAX_ROWS = 1000;

export interface ImportOptions {
  /** Name of the system the data are for. */
  readonly system: string;
  /** Default: proposed by the names of the columns. Not used for a form the system reads itself. */
  readonly mapping?: ColumnMapping | undefined;
  /** Bytes of the file, for progress. */
  readonly total?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** At most ten calls a second. */
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
}

/** Rows that tell form and columns. */
const FIRST_ROWS = 100;

export interface Pass {
  readonly format: DataFormat;
  readonly columns: readonly string[];
  readonly mapping: ColumnMapping;
  readonly preview: DataPreview;
  readonly rows: readonly LocatedRecord[];
  readonly contentHash: string;
}

/** @throws DataError where the file cannot be read; the signal's reason */
export async function passOver(
  stream: ByteStream,
  fields: readonly RequiredField[],
  options: ImportOptions,
): Promise<Pass> {
  const hash = sha256.create();
  const meter = new ProgressMeter(options.total, options.onProgress);
  const onBytes = (piece: Uint8Array): void => {
    hash.update(piece);
    meter.bytes(piece.length);
  };
  let first: StreamedRecord[] = [];
  let reading: Reading | undefined;
  let rows = 0;
  for await (const records of readRecords(stream, { signal: options.signal, onBytes })) {
    rows += records.length;
    if (reading) for (const record of records) reading.add(record);
    else first.push(...records);
    if (!reading && first.length >= FIRST_ROWS) {
      reading = new Reading(first, fields, options);
      first = [];
    }
    // A pause in which a message from the page can arrive: the next read may be at hand already.
    if (meter.rows(rows)) await new Promise((resume) => setTimeout(resume));
  }
  reading ??= new Reading(first, fields, options);
  return { ...reading.result(), contentHash: bytesToHex(hash.digest()) };
}

/** What is known once the first rows have told the file's form and columns. */
class Reading {
  readonly #format: DataFormat;
  readonly #columns: readonly string[];
  readonly #mapping: ColumnMapping;
  /** Absent while fields lack a column: nothing can be said of single rows then, and none is used. */
  readonly #check: RowCheck | undefined;
  readonly #class: ReturnType<typeof classOf>;
  readonly #preview: PreviewBuilder;
  readonly #sample = new Reservoir<LocatedRecord>(MAX_ROWS, SPLIT_SEED);

  constructor(
    first: readonly StreamedRecord[],
    fields: readonly RequiredField[],
    { system, mapping }: ImportOptions,
  ) {
    const values = first
      .slice(0, FIRST_ROWS)
      .flatMap((record) => ('problem' in record ? [] : [record.value]));
    this.#format = detectFormat(values);
    this.#columns = columnsOf(values);
    const published = readsAsPublished(this.#format, system);
    this.#mapping =
      mapping === undefined || published ? proposeMapping(fields, this.#columns) : mapping;
    const complete = mappingProblems(fields, this.#mapping, this.#columns).length === 0;
    if (published || complete) {
      this.#check = rowCheck(this.#format, system, fields, this.#mapping);
    }
    this.#class = classOf(fields, this.#mapping);
    this.#preview = new PreviewBuilder(this.#class?.field);
    for (const record of first) this.add(record);
  }

  add(record: StreamedRecord): void {
    if ('problem' in record) {
      this.#preview.problem(record.problem);
      return;
    }
    this.#preview.example(record);
    const { line, value } = record;
    let kept: unknown;
    try {
      kept = this.#check?.(record);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      this.#preview.problem(error);
      return;
    }
    this.#preview.row(this.#class?.of(value));
    if (this.#check) this.#sample.offer(() => ({ line, value: detached(kept) }));
  }

  result(): Omit<Pass, 'contentHash'> {
    const rows = this.#sample.items();
    return {
      format: this.#format,
      columns: this.#columns,
      mapping: this.#mapping,
      preview: this.#preview.build(rows.length, this.#columns),
      rows,
    };
  }
}

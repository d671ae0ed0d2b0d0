/**
 * Imports a data file of any size for a system: in a worker and in Node. One pass counts and checks
 * every row and keeps a seeded sample of those that can be used.
 */
import type { ByteStream } from './byte-stream';
import { DataError } from './data-error';
import { mismatch, readsAsPublished, type DataFormat } from './formats';
import { passOver, type ImportOptions } from './import-pass';
import { mappingProblems, type ColumnMapping, type FieldProblem } from './mapping';
import type { DataPreview, RowProblem } from './preview';
import type { LocatedRecord } from './records';
import { requiredFields, type RequiredField } from './required-fields';
import { MIN_EXAMPLES } from './split';

export { MAX_ROWS, type ImportOptions } from './import-pass';
export type { ImportProgress } from './import-progress';

export interface FileInspection {
  readonly format: DataFormat;
  /** Whether the system reads the file in its published form; else by the mapping. */
  readonly published: boolean;
  /** Paths of the file's columns. */
  readonly columns: readonly string[];
  /** What the system needs. */
  readonly fields: readonly RequiredField[];
  /** As given, or as proposed. */
  readonly mapping: ColumnMapping;
  /** What keeps the mapping from being used. */
  readonly missing: readonly FieldProblem[];
  /** A sentence where the file belongs to another system. */
  readonly mismatch?: string;
  /** Why the file cannot be used as it stands. */
  readonly refusal?: RowProblem;
  readonly preview: DataPreview;
  /** SHA-256 of the file's bytes, hexadecimal. */
  readonly contentHash: string;
}

export interface ImportedFile extends FileInspection {
  /**
   * At most `MAX_ROWS`, in the file's order: as they stand in the file where it is in a form that
   * the system reads itself, else `{field: text}` by the mapping.
   */
  readonly rows: readonly LocatedRecord[];
  /** What was left out or sampled, as sentences. */
  readonly notes: readonly string[];
}

/** @throws DataError that says why the file cannot be used; the signal's reason */
export async function importFile(
  stream: ByteStream,
  options: ImportOptions,
): Promise<ImportedFile> {
  return usable(await inspectFile(stream, options));
}

/** @throws DataError that says why an inspected file cannot be used */
export function usable(file: ImportedFile): ImportedFile {
  const { refusal } = file;
  if (refusal) throw new DataError(refusal.message, refusal.line, refusal.field);
  return file;
}

/**
 * Reads a file and tells what it holds, also when it cannot be used.
 * @throws DataError where it cannot even be read; the signal's reason
 */
export async function inspectFile(
  stream: ByteStream,
  options: ImportOptions,
): Promise<ImportedFile> {
  const { system } = options;
  const fields = requiredFields(system);
  const { format, columns, mapping, preview, rows, contentHash } = await passOver(
    stream,
    fields,
    options,
  );
  const published = readsAsPublished(format, system);
  const missing = published ? [] : mappingProblems(fields, mapping, columns);
  const foreign = mismatch(format, system);
  // A mapping that was chosen by hand shows that the file is meant for this system.
  const refusal =
    foreign !== undefined && options.mapping === undefined
      ? { message: foreign }
      : refusalOf(missing, preview);
  return {
    format,
    published,
    columns,
    fields,
    mapping,
    missing,
    ...(foreign !== undefined && { mismatch: foreign }),
    ...(refusal && { refusal }),
    preview,
    contentHash,
    rows,
    notes: notesOn(preview),
  };
}

function refusalOf(
  [first]: readonly FieldProblem[],
  { rows, usable, problems }: DataPreview,
): RowProblem | undefined {
  if (rows === 0) return { message: 'the file has no rows' };
  if (first) return first;
  const [problem] = problems;
  if (usable === 0 && problem) {
    return { ...problem, message: `no row can be used; the first: ${problem.message}` };
  }
  if (usable >= MIN_EXAMPLES) return undefined;
  const most = usable === rows ? '' : ' that can be used';
  const message = `the file has ${usable} ${usable === 1 ? 'row' : 'rows'}${most}, at least ${MIN_EXAMPLES} are needed to split them into train, validation and test`;
  return problem
    ? { ...problem, message: `${message}; the first that cannot be used: ${problem.message}` }
    : { message };
}

function notesOn({ rows, usable, taken, problems }: DataPreview): readonly string[] {
  const left = rows - usable;
  const [first] = problems;
  const where = first?.line === undefined ? '' : ` (line ${first.line}: ${first.message})`;
  return [
    ...(left === 0
      ? []
      : left === 1
        ? [`1 of ${rows} rows was left out because it cannot be used${where}.`]
        : [
            `${left} of ${rows} rows were left out because they cannot be used; see the first${where}.`,
          ]),
    ...(usable > taken
      ? [`The file has ${usable} rows; a seeded sample of ${taken} was taken.`]
      : []),
  ];
}

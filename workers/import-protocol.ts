/**
 * What crosses between the page and the import worker: types only. Errors cross as values, because
 * an Error loses everything but its message on the way.
 */
import type { FileInspection, ImportedFile } from '../src/data/import-file';
import type { ImportProgress } from '../src/data/import-progress';
import type { ColumnMapping } from '../src/data/mapping';
import type { DataProblem } from './run-protocol';

export type { FileInspection, ImportedFile } from '../src/data/import-file';
export type { ImportProgress } from '../src/data/import-progress';
export type { ColumnMapping, FieldProblem } from '../src/data/mapping';
export type { ClassBalance, DataPreview, RowProblem } from '../src/data/preview';
export type { RequiredField } from '../src/data/required-fields';
export type { DataProblem } from './run-protocol';

export type ImportOutcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly aborted: true }
  | { readonly ok: false; readonly aborted?: false; readonly problem: DataProblem };

export interface ImportRequest {
  /** Name of the system the data are for. */
  readonly system: string;
  /** Default: proposed by the names of the columns. */
  readonly mapping?: ColumnMapping;
}

/** Hears how far a file is read, at most ten times a second. */
export type ReportImport = (progress: ImportProgress) => void;

/** The import worker's side, behind Comlink. It reads one file at a time: a new one ends the last. */
export interface ImportWorkerApi {
  /** What the file holds, also where it cannot be used; a problem only where it cannot be read. */
  inspect(
    file: Blob,
    request: ImportRequest,
    report: ReportImport,
  ): Promise<ImportOutcome<FileInspection>>;
  /** The rows to use; a problem where the file cannot be used. */
  read(
    file: Blob,
    request: ImportRequest,
    report: ReportImport,
  ): Promise<ImportOutcome<ImportedFile>>;
  /** Ends what is under way; its outcome is `aborted`. */
  cancel(): Promise<void>;
}

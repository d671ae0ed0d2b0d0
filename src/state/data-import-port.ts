/** What the import of data files needs from its surroundings, and what it hands on. */
import type {
  ColumnMapping,
  DataProblem,
  FileInspection,
  ImportedFile,
  ImportOutcome,
  ImportRequest,
  ReportImport,
} from '../clients/import-client';

export type {
  ClassBalance,
  ColumnMapping,
  DataPreview,
  DataProblem,
  FieldProblem,
  FileInspection,
  ImportedFile,
  ImportOutcome,
  ImportProgress,
  ImportRequest,
  RequiredField,
  RowProblem,
} from '../clients/import-client';

export interface DataImportClient {
  inspect(
    file: File,
    request: ImportRequest,
    report: ReportImport,
  ): Promise<ImportOutcome<FileInspection>>;
  read(
    file: File,
    request: ImportRequest,
    report: ReportImport,
  ): Promise<ImportOutcome<ImportedFile>>;
  cancel(): Promise<void>;
  dispose(): void;
}

/** A file that shall be used, and what is in it. */
export interface UsedFile {
  readonly file: File;
  readonly system: string;
  /** Absent for a file in the form the system reads itself. */
  readonly mapping?: ColumnMapping;
  readonly data: ImportedFile;
}

/** Takes the data into use. @returns why not, if they cannot be */
export type TakeData = (used: UsedFile) => Promise<DataProblem | undefined>;

export type ImportPhase =
  /** `inspecting` looks at the file, `reading` reads what is to be used, `taking` hands it over. */
  'idle' | 'inspecting' | 'preview' | 'refused' | 'reading' | 'taking';

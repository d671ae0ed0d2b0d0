/** Imports one file at a time, off the page. */
import { DataError } from '../src/data/data-error';
import { inspectFile, usable, type ImportedFile } from '../src/data/import-file';
import { problemOf } from '../src/data/preview';
import type {
  ImportOutcome,
  ImportRequest,
  ImportWorkerApi,
  ReportImport,
} from './import-protocol';

export class ImportHost implements ImportWorkerApi {
  #job: AbortController | undefined;

  /** What was looked at last: to use it, nothing need be read again. */
  #seen: { readonly file: string; readonly content: ImportedFile } | undefined;

  inspect: ImportWorkerApi['inspect'] = (file, request, report) =>
    this.#run(file, request, report, ({ rows: _rows, notes: _notes, ...inspection }) => inspection);

  read: ImportWorkerApi['read'] = (file, request, report) =>
    this.#run(file, request, report, usable);

  async cancel(): Promise<void> {
    this.#job?.abort();
  }

  async #run<Value>(
    file: Blob,
    request: ImportRequest,
    onProgress: ReportImport,
    taken: (content: ImportedFile) => Value,
  ): Promise<ImportOutcome<Value>> {
    this.#job?.abort();
    const job = new AbortController();
    this.#job = job;
    const { signal } = job;
    try {
      const key = keyOf(file, request);
      if (this.#seen?.file !== key) {
        const options = { ...request, signal, total: file.size, onProgress };
        this.#seen = { file: key, content: await inspectFile(file.stream(), options) };
      }
      return { ok: true, value: taken(this.#seen.content) };
    } catch (error) {
      if (signal.aborted) return { ok: false, aborted: true };
      if (error instanceof DataError) return { ok: false, problem: problemOf(error) };
      const message = error instanceof Error ? error.message : String(error);
      return {
        ok: false,
        problem: {
          message: `the file cannot be read (${message}); choose it again, it may have changed or moved`,
        },
      };
    } finally {
      if (this.#job === job) this.#job = undefined;
    }
  }
}

/** A file crosses to the worker as another object each time. */
function keyOf(file: Blob, { system, mapping }: ImportRequest): string {
  const { name = '', lastModified = 0 } = file as Partial<File>;
  return JSON.stringify([name, lastModified, file.size, system, mapping ?? null]);
}

/** Imports one file at a time, off the page. */
import { DataError } from '../src/data/data-error';
import { importFile, inspectFile, type ImportOptions } from '../src/data/import-file';
import type { ByteStream } from '../src/data/byte-stream';
import { problemOf } from '../src/data/preview';
import type {
  ImportOutcome,
  ImportRequest,
  ImportWorkerApi,
  ReportImport,
} from './import-protocol';

export class ImportHost implements ImportWorkerApi {
  #job: AbortController | undefined;

  inspect: ImportWorkerApi['inspect'] = (file, request, report) =>
    this.#run(inspectFile, file, request, report);

  read: ImportWorkerApi['read'] = (file, request, report) =>
    this.#run(importFile, file, request, report);

  async cancel(): Promise<void> {
    this.#job?.abort();
  }

  async #run<Value>(
    work: (stream: ByteStream, options: ImportOptions) => Promise<Value>,
    file: Blob,
    { system, mapping }: ImportRequest,
    onProgress: ReportImport,
  ): Promise<ImportOutcome<Value>> {
    this.#job?.abort();
    const job = new AbortController();
    this.#job = job;
    const { signal } = job;
    try {
      const options = { system, mapping, signal, total: file.size, onProgress };
      return { ok: true, value: await work(file.stream(), options) };
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

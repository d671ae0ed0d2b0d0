/** The page's side of the import: a worker that starts with the first file and is disposed whole. */
import * as Comlink from 'comlink';
import type {
  FileInspection,
  ImportedFile,
  ImportOutcome,
  ImportRequest,
  ImportWorkerApi,
  ReportImport,
} from '../../workers/import-protocol';

export type * from '../../workers/import-protocol';

export class ImportClient {
  readonly #worker: Worker;
  readonly #api: Comlink.Remote<ImportWorkerApi>;
  /** Settles once the worker broke: its open calls would never answer. */
  readonly #broken: Promise<ImportOutcome<never>>;

  constructor() {
    this.#worker = new Worker(new URL('../../workers/import.worker.ts', import.meta.url), {
      type: 'module',
      name: 'import',
    });
    this.#broken = new Promise((resolve) => {
      this.#worker.addEventListener('error', (event) => {
        const why = event.message || 'it could not be loaded';
        const message = `the import worker stopped: ${why}; try again, or take a smaller part of the file`;
        resolve({ ok: false, problem: { message } });
      });
    });
    this.#api = Comlink.wrap<ImportWorkerApi>(this.#worker);
  }

  inspect(
    file: Blob,
    request: ImportRequest,
    report: ReportImport,
  ): Promise<ImportOutcome<FileInspection>> {
    return this.#reported(report, (proxy) => this.#api.inspect(file, request, proxy));
  }

  read(
    file: Blob,
    request: ImportRequest,
    report: ReportImport,
  ): Promise<ImportOutcome<ImportedFile>> {
    return this.#reported(report, (proxy) => this.#api.read(file, request, proxy));
  }

  async cancel(): Promise<void> {
    await this.#api.cancel();
  }

  dispose(): void {
    this.#api[Comlink.releaseProxy]();
    this.#worker.terminate();
  }

  /** A call with a listener of its own, which is let go with it. */
  #reported<Value>(
    report: ReportImport,
    call: (proxy: ReportImport & Comlink.ProxyMarked) => Promise<ImportOutcome<Value>>,
  ): Promise<ImportOutcome<Value>> {
    return Promise.race([call(Comlink.proxy(report)), this.#broken]);
  }
}

/** Data files, read off the page: large ones take seconds. */
import * as Comlink from 'comlink';
import { ImportHost } from './import-host';
import type { ImportWorkerApi } from './import-protocol';

const host = new ImportHost();

const api: ImportWorkerApi = {
  inspect: (file, request, report) => host.inspect(file, request, report),
  read: (file, request, report) => host.read(file, request, report),
  cancel: () => host.cancel(),
};

Comlink.expose(api);

/** One language model, in a worker of its own. */
import * as Comlink from 'comlink';
import { ENGINES } from './engines';
import { outcomeOf } from './model-failure';
import { ModelHost } from './model-host';
import type { ModelWorkerApi } from './model-protocol';
import { selfTest } from './self-test';

const host = new ModelHost(ENGINES, selfTest);

const api: ModelWorkerApi = {
  ...host.calls(),
  download: (source, report) => host.download(source, report),
  load: (source, report) => host.load(source, report),
  cancel: () => host.cancel(),
  watch: async (lost) => host.watch(lost),
  unload: () => host.unload(),
  selfTest: (report) => host.selfTest(report),
  stored: (source) => host.stored(source),
  remove: (source) => host.remove(source),
  async connect(port) {
    Comlink.expose(host.calls(), port);
  },
  listServerModels: (baseUrl, key) =>
    outcomeOf(async () => {
      const { listModels } = await import('../src/engines/openai');
      return listModels(baseUrl, key);
    }),
};

Comlink.expose(api);

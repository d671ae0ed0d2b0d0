/** Runs untrusted programs in QuickJS, in a worker that can be ended when one of them does not end. */
import * as Comlink from 'comlink';
import variant from '@jitl/quickjs-wasmfile-release-sync';
import wasmUrl from '@jitl/quickjs-wasmfile-release-sync/wasm?url';
import { newQuickJSWASMModuleFromVariant, newVariant } from 'quickjs-emscripten-core';
import { sandbox } from '../src/sandbox/sandbox';
import type { SandboxWorkerApi } from './sandbox-protocol';

const { run } = sandbox(() =>
  newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmLocation: wasmUrl })),
);

const api: SandboxWorkerApi = {
  load: async () => void (await run('0')),
  run,
};

Comlink.expose(api);

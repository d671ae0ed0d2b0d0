/** The adapter in a worker, as the app has it, with what the tests need to disturb it. */
import {
  downloadWebllm,
  loadWebllm,
  removeWebllm,
  storedWebllm,
  verifyWebllm,
} from '../../src/engines/webllm';

let model;
const devices = [];

const { requestDevice } = GPUAdapter.prototype;
GPUAdapter.prototype.requestDevice = async function (...given) {
  const device = await requestDevice.apply(this, given);
  devices.push(device);
  return device;
};

/** The libraries that can be had for tests miss two functions that are never called. */
function fillImports() {
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (source, imports) => {
    const module = await WebAssembly.compile(source);
    for (const wanted of WebAssembly.Module.imports(module)) {
      if (wanted.kind === 'function') imports[wanted.module][wanted.name] ??= () => 0;
    }
    return { module, instance: await instantiate(module, imports) };
  };
}

/** `until`: pieces of text, reports, or milliseconds after which the work is aborted. */
function work({ pieces, reports, milliseconds } = {}) {
  const start = performance.now();
  const abort = new AbortController();
  const stop = () => abort.abort(new DOMException('stopped by the test', 'AbortError'));
  if (milliseconds) setTimeout(stop, milliseconds);
  const heard = { texts: [], progress: [] };
  const at = () => Math.round(performance.now() - start);
  return {
    heard,
    signal: abort.signal,
    hear(piece) {
      heard.texts.push({ piece, at: at() });
      if (heard.texts.length === pieces) stop();
    },
    report(progress) {
      heard.progress.push({ ...progress, at: at() });
      if (heard.progress.length === reports) stop();
    },
    at,
  };
}

const methods = {
  async load({ report, signal }, source, { fill = false, ...options } = {}) {
    if (fill) fillImports();
    model = await loadWebllm(source, report, signal, options);
    const { id, deterministic, slots, usesGpu, contextTokens } = model;
    return { id, deterministic, slots, usesGpu, contextTokens, embeds: Boolean(model.embed) };
  },
  complete: ({ signal, hear }, messages, parameters) =>
    model.complete(messages, parameters, signal, hear),
  embed: async ({ signal }, texts) =>
    (await model.embed(texts, signal)).map((vector) => [...vector]),
  unload: () => model.unload(),
  download: ({ report, signal }, source, pauses) => downloadWebllm(source, report, signal, pauses),
  stored: (_, source) => storedWebllm(source),
  remove: (_, source) => removeWebllm(source),
  verify: ({ report, signal }, source) => verifyWebllm(source, report, signal),
  /** As when the memory of the graphics card is full: WebLLM destroys the device itself. */
  destroyDevice: async () => devices.at(-1).destroy(),
  /** Bytes of one stored file are turned over, as a bad disk would do. */
  async spoil(_, url) {
    const cache = await caches.open('webllm/model');
    const response = await cache.match(url);
    const bytes = new Uint8Array(await response.arrayBuffer());
    bytes[bytes.length >> 1] ^= 255;
    await cache.put(url, new Response(bytes, { headers: response.headers }));
  },
};

addEventListener('message', async ({ data: { job, method, given } }) => {
  const last = given.at(-1);
  const until = last?.until;
  const running = work(until);
  try {
    const value = await methods[method](running, ...(until ? given.slice(0, -1) : given));
    postMessage({ job, ok: true, value, milliseconds: running.at(), ...running.heard });
  } catch (error) {
    const { name, message, problem, advice, lasting, cause } = error;
    const failure = { name, message, problem, advice, lasting, cause: cause && String(cause) };
    postMessage({ job, ok: false, failure, milliseconds: running.at(), ...running.heard });
  }
});

/**
 * Language models on the processor through wllama (llama.cpp in WebAssembly): no GPU is needed, any
 * GGUF will do. One model a worker; wllama starts workers of its own below it.
 */
import type { LoadModelParams } from '@wllama/wllama/esm/index.js';
import { ModelError } from '../../core/system/chat-model';
import type { LoadedModel, ReportProgress } from '../loaded-model';
import { fingerprint } from './checksum';
import { createWllama, type WllamaEngine, type WllamaLog } from './engine';
import { loadFailure, notGguf } from './failures';
import { downloadFile, openFile, removeFile, storedFile, type StoredFile } from './files';
import { loadedModel } from './model';
import { partsOf, type WllamaSource } from './source';

export type { WllamaSource } from './source';

const CONTEXT_TOKENS = 4096;
/** More than this and threads wait for each other. */
const MOST_THREADS = 8;

export interface WllamaOptions {
  /** Default: the installed package. */
  readonly createEngine?: (log: WllamaLog) => Promise<WllamaEngine>;
  /** Seconds without a token after which a call has hung: reading a long prompt takes a while. */
  readonly silentSeconds?: number;
}

/**
 * Downloads what is missing and loads the model.
 * @throws ModelError, and the signal's reason when aborted: what has been downloaded stays
 */
export async function loadWllama(
  source: WllamaSource,
  report: ReportProgress,
  signal: AbortSignal,
  options: WllamaOptions = {},
): Promise<LoadedModel> {
  const files = await filesOf(source, report, signal);
  await Promise.all(files.map((file) => requireGguf(file, source.model)));
  signal.throwIfAborted();
  report({ phase: 'loading' });
  const { createEngine = createWllama, silentSeconds = 120 } = options;
  const log: string[] = [];
  const engine = await createEngine((line) => {
    log.push(line);
    if (log.length > 60) log.shift();
  });
  const parameters = loadParameters(source);
  try {
    await abortable(engine.loadModel([...files], parameters), signal);
    const info = engine.getLoadedContextInfo();
    const contextTokens = Math.min(info.n_ctx, info.n_ctx_train || info.n_ctx);
    const print = await fingerprint(files);
    return loadedModel(engine, {
      name: source.model,
      id: `wllama:${source.model}@${print}/${contextTokens}`,
      slots: parameters.n_parallel!,
      threads: engine.isMultithread() ? engine.getNumThreads() : 1,
      contextTokens,
      embeds: source.embeddings === true,
      silentSeconds,
    });
  } catch (error) {
    void engine.exit().catch(() => undefined);
    signal.throwIfAborted();
    throw error instanceof ModelError ? error : loadFailure(error, source.model, log.join('\n'));
  }
}

/** Downloads what is missing, to this machine and no further. */
export async function downloadWllama(
  source: WllamaSource,
  report: ReportProgress,
  signal: AbortSignal,
): Promise<StoredFile> {
  await filesOf(source, report, signal);
  return (await storedWllama(source)) ?? { bytes: 0, complete: false };
}

export async function storedWllama({ file }: WllamaSource): Promise<StoredFile | undefined> {
  if (file instanceof Blob) return { bytes: 0, complete: true };
  const parts = await Promise.all(partsOf(file.url).map(storedFile));
  const here = parts.filter((part) => part !== undefined);
  if (here.length === 0) return undefined;
  return {
    bytes: here.reduce((sum, { bytes }) => sum + bytes, 0),
    complete: here.length === parts.length && here.every(({ complete }) => complete),
  };
}

export async function removeWllama({ file }: WllamaSource): Promise<void> {
  if (file instanceof Blob) return;
  for (const url of partsOf(file.url)) await removeFile(url);
}

async function filesOf(
  { file }: WllamaSource,
  report: ReportProgress,
  signal: AbortSignal,
): Promise<readonly File[]> {
  if (file instanceof File) return [file];
  const parts = partsOf(file.url);
  // A checksum is that of one file.
  const sha256 = parts.length === 1 ? file.sha256 : undefined;
  for (const url of parts) await downloadFile(url, { sha256, report, signal });
  return Promise.all(parts.map(openFile));
}

/** Every GGUF begins with its name. */
async function requireGguf(file: Blob, name: string): Promise<void> {
  const magic = await file.slice(0, 4).text();
  if (magic !== 'GGUF') throw notGguf(name);
}

function loadParameters({
  threads,
  slots = 1,
  contextTokens = CONTEXT_TOKENS,
  embeddings = false,
}: WllamaSource): LoadModelParams {
  const cores = Math.floor((globalThis.navigator?.hardwareConcurrency ?? 2) / 2);
  return {
    // Every slot has a context of this size: sharing one would make answers depend on neighbours.
    n_ctx: contextTokens * slots,
    kv_unified: false,
    n_parallel: slots,
    n_threads: threads ?? Math.max(1, Math.min(MOST_THREADS, cores)),
    n_gpu_layers: 0,
    jinja: true,
    cache_idle_slots: false,
    ...(embeddings && { embeddings: true, pooling_type: 'mean' as const }),
  };
}

/** wllama cannot stop loading: whoever aborts ends the worker. */
async function abortable<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
  });
  work.catch(() => undefined);
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop!);
  }
}

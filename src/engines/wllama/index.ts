/**
 * Language models on the processor through wllama (llama.cpp in WebAssembly): no GPU is needed, any
 * GGUF will do. One model a worker; wllama starts workers of its own below it.
 */
import type { LoadedModel, ReportProgress } from '../loaded-model';
import { fingerprint } from './checksum';
import { createWllama, type CreateEngine } from './engine';
import { filesOf } from './files-of';
import { readHead } from './gguf';
import { contextTokensOf, loadParameters, threadsOf } from './load-parameters';
import { loadedModel } from './model';
import { factsOf } from './model-facts';
import { RenewedEngine } from './renewed-engine';
import type { WllamaSource } from './source';
import { startEngine } from './start';
import { widened } from './widened';

export { downloadWllama, removeWllama, storedWllama } from './files-of';
export type { WllamaSource } from './source';

export interface WllamaOptions {
  /** Default: the installed package. */
  readonly createEngine?: CreateEngine;
  /** Seconds without a sign of life after which a call hangs. */
  readonly silentSeconds?: number;
  /** Bytes of earlier prompts that the engine may keep. */
  readonly keptBytes?: number;
}

/**
 * Downloads what is missing and loads the model.
 * @throws ModelError, and the signal's reason when aborted: what has been downloaded stays
 */
export async function loadWllama(
  source: WllamaSource,
  report: ReportProgress,
  signal: AbortSignal,
  { createEngine = createWllama, silentSeconds = 120, keptBytes }: WllamaOptions = {},
): Promise<LoadedModel> {
  const { model: name, slots = 1, embeddings = false } = source;
  const files = await filesOf(source, report, signal);
  const heads = await Promise.all(files.map((file) => readHead(file, name)));
  const facts = factsOf(heads[0]!);
  const print = await fingerprint(files);
  signal.throwIfAborted();
  const contextTokens = contextTokensOf(source.contextTokens, facts.trainedTokens, embeddings);
  const threads = threadsOf(source.threads);
  const parameters = loadParameters({ threads, slots, contextTokens, embeddings });
  const weights = await Promise.all(files.map((file, i) => widened(file, heads[i]!)));
  const task = { name, files: weights, parameters, create: createEngine, silentSeconds };
  const started = await startEngine(task, report, signal);
  const engine = new RenewedEngine(started.engine, {
    start: async () => (await startEngine(task)).engine,
    canStart: () => areThere(files),
    bytesPerToken: facts.bytesPerToken,
    ...(keptBytes !== undefined && { keptBytes }),
  });
  const side = slots > 1 ? `x${slots}` : '';
  return loadedModel(engine, {
    name,
    // Another build of llama.cpp computes other last digits.
    id: `wllama:${name}@${print}/${started.build}/${contextTokens}${side}`,
    slots,
    threads: started.threads,
    contextTokens,
    dimension: embeddings ? started.width : undefined,
    silentSeconds,
  });
}

/** Deleted files and changed ones can no longer be read. */
async function areThere(files: readonly File[]): Promise<boolean> {
  try {
    await Promise.all(files.map((file) => file.slice(0, 4).arrayBuffer()));
    return true;
  } catch {
    return false;
  }
}

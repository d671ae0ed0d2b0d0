/**
 * Language models on the GPU through WebLLM: chat, or embeddings, one model a worker. The package
 * (2 MB gzip) is imported when a model is loaded and nowhere else.
 */
import type { MLCEngineConfig, MLCEngineInterface, ModelRecord } from '@mlc-ai/web-llm';
import type { ModelError } from '../../core/system/chat-model';
import type { LoadedModel, ReportProgress } from '../loaded-model';
import { abortable } from './abortable';
import { bringContents, bringFiles } from './download';
import { webllmFailure } from './errors';
import type { Contents, ModelConfig } from './files';
import { requireGpu, watchDevices, type DeviceWatch } from './gpu';
import { hearLastWords } from './last-words';
import { loadedModel } from './model';
import { loadProgress, throttled } from './progress';
import { targetOf, type Target, type WebllmSource } from './source';
import { verifyWebllm } from './stored';

export { downloadWebllm } from './download';
export type { WebllmSource } from './source';
export { removeWebllm, storedWebllm, verifyWebllm, type StoredFiles } from './stored';

export type CreateEngine = (config: MLCEngineConfig) => Promise<MLCEngineInterface>;

export interface WebllmOptions {
  /** Default: the `MLCEngine` of the installed package. */
  readonly createEngine?: CreateEngine;
  /** Seconds without a token after which a call has hung; a software adapter takes 14 s a token. */
  readonly silentSeconds?: number;
  /**
   * Seconds an aborted call may take to end. Whoever aborts does not wait for it, the next call
   * does; and a prompt of thousands of tokens is read in one step.
   */
  readonly interruptSeconds?: number;
}

const importedEngine: CreateEngine = async (config) => {
  const { MLCEngine } = await import('@mlc-ai/web-llm');
  return new MLCEngine(config);
};

/**
 * Downloads what is missing and loads the model.
 * @throws ModelError, and the signal's reason when aborted: what has been downloaded stays
 */
export async function loadWebllm(
  source: WebllmSource,
  report: ReportProgress,
  signal: AbortSignal,
  options: WebllmOptions = {},
): Promise<LoadedModel> {
  signal.throwIfAborted();
  const target = targetOf(source);
  // Before the download, as far as is known by then.
  await requireGpu(target, target.listed?.needsF16 ?? false);
  const contents = await bringContents(target, signal);
  const { config } = contents;
  if (target.listed === undefined && /f16/.test(config.quantization ?? '')) {
    await requireGpu(target, true);
  }
  await bringFiles(target, contents, report, signal);

  const embeds = (target.listed?.type ?? typeOf(config)) === 'embedding';
  const record = { ...target.record, model_type: embeds ? 1 : (target.record.model_type ?? 0) };
  const watch = watchDevices(target.name);
  const words = hearLastWords();
  const failureOf = (error: unknown): ModelError =>
    watch.failure() ?? webllmFailure(words.of(error), target.name);
  try {
    const engine = await engineOf(target, record, contents, report, signal, watch, options);
    // WebLLM takes a load that ended with its device for one that was aborted, and says nothing.
    if (!embeds) await engine.getMessage();
    const failure = watch.failure();
    if (failure) throw failure;
    return loadedModel(engine, target, config, { embeds, watch, failureOf, ...options });
  } catch (error) {
    const failure = failureOf(error);
    watch.release();
    signal.throwIfAborted();
    // A weight file gone bad shows itself as anything.
    if (SUSPICIOUS.has(failure.problem)) await verifyWebllm(source, report, signal);
    throw failure;
  } finally {
    watch.ignoreOthers();
    words.release();
  }
}

const SUSPICIOUS = new Set<ModelError['problem']>(['truncated', 'crashed', 'unknown']);

async function engineOf(
  { name }: Target,
  record: ModelRecord,
  { totalBytes }: Contents,
  report: ReportProgress,
  signal: AbortSignal,
  watch: DeviceWatch,
  { createEngine = importedEngine }: WebllmOptions,
): Promise<MLCEngineInterface> {
  const tell = throttled(report);
  const engine = await createEngine({
    appConfig: { model_list: [record], cacheBackend: 'cache' },
    initProgressCallback(progress) {
      const told = loadProgress(progress, totalBytes);
      if (told && !signal.aborted) tell(told);
    },
  });
  signal.throwIfAborted();
  const loading = engine.reload(name);
  // Its files are all here, so it can't be stopped; it lets go of them when it is through.
  const stop = (): void => void loading.then(() => engine.unload()).catch(() => undefined);
  signal.addEventListener('abort', stop);
  try {
    await abortable(Promise.race([loading, watch.lost]), signal);
  } finally {
    signal.removeEventListener('abort', stop);
  }
  return engine;
}

/** The one kind of model that MLC compiles for embeddings. */
function typeOf({ model_type }: ModelConfig): 'embedding' | 'llm' {
  return model_type === 'bert' ? 'embedding' : 'llm';
}

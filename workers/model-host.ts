/**
 * A model worker's inside: at most one model, loaded once, answering calls that can be aborted by
 * name. One worker a model, so that a crash, a hang or a lack of memory takes no other model along.
 */
import {
  ModelError,
  type ChatMessage,
  type ChatParameters,
  type ModelProblem,
} from '../src/core/system/chat-model';
import type { LoadedModel, ReportProgress } from '../src/engines/loaded-model';
import { failureOf, outcomeOf } from './model-failure';
import type {
  CompletedCall,
  ModelCallApi,
  ModelDescription,
  ModelFailure,
  ModelOutcome,
  ModelSource,
  SelfTest,
  StoredModel,
} from './model-protocol';
import { TextBatches } from './text-batches';

/** What an engine can do before a model is in memory. */
export interface Engine {
  load(source: ModelSource, report: ReportProgress, signal: AbortSignal): Promise<LoadedModel>;
  /** Absent where there is nothing to keep on this machine. */
  download?(source: ModelSource, report: ReportProgress, signal: AbortSignal): Promise<StoredModel>;
  stored?(source: ModelSource): Promise<StoredModel | undefined>;
  remove?(source: ModelSource): Promise<void>;
}

export type Engines = Readonly<Record<ModelSource['engine'], () => Promise<Engine>>>;

/** Checks the device and the model's own answers. */
export type SelfTester = (
  model: LoadedModel,
  report: (share: number) => void,
  signal: AbortSignal,
) => Promise<SelfTest>;

/** After these the model answers nobody any more, and must be loaded anew. */
const GONE: ReadonlySet<ModelProblem> = new Set([
  'device-lost',
  'out-of-memory',
  'crashed',
  'hung',
]);

export class ModelHost {
  readonly #engines: Engines;
  readonly #selfTest: SelfTester;
  #model: LoadedModel | undefined;
  #loading: AbortController | undefined;
  #lost: (failure: ModelFailure) => void = () => undefined;

  constructor(engines: Engines, selfTest: SelfTester) {
    this.#engines = engines;
    this.#selfTest = selfTest;
  }

  async download(source: ModelSource, report: ReportProgress): Promise<ModelOutcome<StoredModel>> {
    return this.#long(async (signal) => {
      const engine = await this.#engine(source);
      if (engine.download === undefined) return { bytes: 0, complete: true };
      return engine.download(source, report, signal);
    });
  }

  async load(source: ModelSource, report: ReportProgress): Promise<ModelOutcome<ModelDescription>> {
    return this.#long(async (signal) => {
      const engine = await this.#engine(source);
      await this.#model?.unload();
      this.#model = undefined;
      this.#model = await engine.load(source, report, signal);
      return descriptionOf(this.#model);
    });
  }

  async cancel(): Promise<void> {
    this.#loading?.abort(new DOMException('it was cancelled', 'AbortError'));
  }

  async unload(): Promise<void> {
    await this.cancel();
    const model = this.#model;
    this.#model = undefined;
    await model?.unload();
  }

  async stored(source: ModelSource): Promise<StoredModel | undefined> {
    return (await this.#engine(source)).stored?.(source);
  }

  async remove(source: ModelSource): Promise<ModelOutcome<void>> {
    return outcomeOf(async () => (await this.#engine(source)).remove?.(source));
  }

  async selfTest(report: (share: number) => void): Promise<ModelOutcome<SelfTest>> {
    return this.#long((signal) => this.#selfTest(this.#loaded(), report, signal));
  }

  /** @param lost hears that a loaded model is gone by itself, while it was answering */
  watch(lost: (failure: ModelFailure) => void): void {
    this.#lost = lost;
  }

  /** The calls of this model for one port: the numbers of its jobs are its own. */
  calls(): ModelCallApi {
    const jobs = new Map<number, AbortController>();
    let hear: (job: number, piece: string) => void = () => undefined;
    const run = async <Value>(
      job: number,
      work: (signal: AbortSignal) => Promise<Value>,
    ): Promise<ModelOutcome<Value>> => {
      const abort = new AbortController();
      jobs.set(job, abort);
      try {
        return await outcomeOf(() => work(abort.signal), abort.signal);
      } finally {
        jobs.delete(job);
      }
    };
    return {
      describe: async () => descriptionOf(this.#loaded()),
      listen: async (listener) => {
        hear = listener;
      },
      complete: (job, messages, parameters, streamed) =>
        run(job, (signal) => {
          const send = streamed ? (piece: string) => hear(job, piece) : undefined;
          return this.#complete(messages, parameters, signal, send);
        }),
      embed: (job, texts) => run(job, (signal) => this.#embed(texts, signal)),
      abort: async (job) =>
        jobs.get(job)?.abort(new DOMException('the call was stopped', 'AbortError')),
    };
  }

  async #complete(
    messages: readonly ChatMessage[],
    parameters: ChatParameters,
    signal: AbortSignal,
    send: ((text: string) => void) | undefined,
  ): Promise<CompletedCall> {
    const model = this.#loaded();
    const batches = send && new TextBatches(send);
    const start = performance.now();
    try {
      const answer = await model.complete(messages, parameters, signal, batches?.add);
      const engineMilliseconds = performance.now() - start;
      batches?.flush();
      return { ...answer, engineMilliseconds };
    } catch (error) {
      if (error instanceof ModelError && error.lasting && GONE.has(error.problem)) {
        this.#lost(failureOf(error));
      }
      throw error;
    } finally {
      batches?.end();
    }
  }

  async #embed(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
    const model = this.#loaded();
    if (model.embed !== undefined) return model.embed(texts, signal);
    throw new ModelError(
      'unsupported',
      'This model gives no embeddings.',
      'Load an embedding model, or choose other features.',
      true,
    );
  }

  #engine(source: ModelSource): Promise<Engine> {
    return this.#engines[source.engine]();
  }

  #loaded(): LoadedModel {
    if (this.#model !== undefined) return this.#model;
    throw new ModelError('not-loaded', 'No model is loaded here.', 'Load the model again.', true);
  }

  /** A download, a load or a self-test: one at a time, ended by `cancel`. */
  async #long<Value>(work: (signal: AbortSignal) => Promise<Value>): Promise<ModelOutcome<Value>> {
    await this.cancel();
    const abort = (this.#loading = new AbortController());
    return outcomeOf(() => work(abort.signal), abort.signal);
  }
}

function descriptionOf(model: LoadedModel): ModelDescription {
  const { id, deterministic, slots, usesGpu, contextTokens, threads } = model;
  return {
    id,
    deterministic,
    slots,
    usesGpu,
    embeds: model.embed !== undefined,
    ...(contextTokens !== undefined && { contextTokens }),
    ...(threads !== undefined && { threads }),
  };
}

/**
 * The page's side of the models: a worker of its own for each, so that a crash, a lack of memory or
 * a hang takes no other model along, and ending the worker frees everything for certain.
 */
import * as Comlink from 'comlink';
import { PromptApiClient } from './prompt-api-client';
import type {
  LoadProgress,
  ModelDescription,
  ModelFailure,
  ModelOutcome,
  ModelSource,
  ModelWorkerApi,
  SelfTest,
  StoredModel,
} from '../../workers/model-protocol';

/** How long a worker may take to free its GPU before it is ended anyway. */
const UNLOAD_WITHIN_MS = 3000;

export class ModelClient {
  // Kept in fields: a collected worker or proxy never answers again.
  readonly #worker: Worker;
  readonly #api: Comlink.Remote<ModelWorkerApi>;
  #ended = false;

  /** @param onCrash the worker ended by itself: the model answers nothing more */
  constructor(onCrash: (failure: ModelFailure) => void = () => undefined) {
    this.#worker = new Worker(new URL('../../workers/model.worker.ts', import.meta.url), {
      type: 'module',
      name: 'model',
    });
    this.#worker.addEventListener('error', (event) => {
      event.preventDefault();
      if (this.#ended) return;
      this.dispose();
      onCrash({
        problem: 'crashed',
        message: `The model's worker stopped: ${event.message || 'it could not be loaded'}.`,
        advice: 'Load the model again; if that does not help, choose a smaller one.',
        lasting: true,
      });
    });
    this.#api = Comlink.wrap<ModelWorkerApi>(this.#worker);
    void this.#api
      .watch(Comlink.proxy((failure: ModelFailure) => !this.#ended && onCrash(failure)))
      .catch(() => undefined);
  }

  download(
    source: ModelSource,
    report: (progress: LoadProgress) => void,
  ): Promise<ModelOutcome<StoredModel>> {
    return this.#api.download(source, Comlink.proxy(report));
  }

  load(
    source: ModelSource,
    report: (progress: LoadProgress) => void,
  ): Promise<ModelOutcome<ModelDescription>> {
    return this.#api.load(source, Comlink.proxy(report));
  }

  cancel(): Promise<void> {
    return this.#api.cancel();
  }

  /** @param port handed over: whoever holds the other end can call the model */
  connect(port: MessagePort): Promise<void> {
    return this.#api.connect(Comlink.transfer(port, [port]));
  }

  selfTest(report: (share: number) => void): Promise<ModelOutcome<SelfTest>> {
    return this.#api.selfTest(Comlink.proxy(report));
  }

  stored(source: ModelSource): Promise<StoredModel | undefined> {
    return this.#api.stored(source);
  }

  remove(source: ModelSource): Promise<ModelOutcome<void>> {
    return this.#api.remove(source);
  }

  listServerModels(baseUrl: string, key?: string): Promise<ModelOutcome<readonly string[]>> {
    return this.#api.listServerModels(baseUrl, key);
  }

  /** Frees memory and GPU, then ends the worker. */
  async unload(): Promise<void> {
    if (this.#ended) return;
    const patience = new Promise<void>((resolve) => setTimeout(resolve, UNLOAD_WITHIN_MS));
    await Promise.race([this.#api.unload(), patience]).catch(() => undefined);
    this.dispose();
  }

  /** Ends the worker at once, whatever it is doing. */
  dispose(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#api[Comlink.releaseProxy]();
    this.#worker.terminate();
  }
}

/** All models of the page; what asks after files only has a worker without a model. */
export class ModelClients {
  #shelf: ModelClient | undefined;

  open(
    { engine }: ModelSource,
    onCrash: (failure: ModelFailure) => void,
  ): ModelClient | PromptApiClient {
    return engine === 'prompt-api' ? new PromptApiClient() : new ModelClient(onCrash);
  }

  /** The names that a server lists; a worker of its own, so that an abort ends the request. */
  async listServerModels(
    { baseUrl, key }: { readonly baseUrl: string; readonly key?: string },
    signal: AbortSignal,
  ): Promise<ModelOutcome<readonly string[]>> {
    if (signal.aborted) return { ok: false, aborted: true };
    return new Promise((resolve, reject) => {
      const client = new ModelClient((failure) => resolve({ ok: false, failure }));
      signal.addEventListener('abort', () => resolve({ ok: false, aborted: true }), { once: true });
      const asked = client.listServerModels(baseUrl, key).then(resolve, reject);
      void asked.finally(() => client.dispose());
      signal.addEventListener('abort', () => client.dispose(), { once: true });
    });
  }

  stored(source: ModelSource): Promise<StoredModel | undefined> {
    return this.#files().stored(source);
  }

  remove(source: ModelSource): Promise<ModelOutcome<void>> {
    return this.#files().remove(source);
  }

  #files(): ModelClient {
    return (this.#shelf ??= new ModelClient(() => (this.#shelf = undefined)));
  }
}

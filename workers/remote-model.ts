/**
 * A model that lives in another worker or in the page, as a `ChatModel`. An AbortSignal does not
 * cross, so calls have numbers; a worker that died answers nobody, so open calls are watched.
 */
import * as Comlink from 'comlink';
import { ModelError, type ChatAnswer, type ChatModel } from '../src/core/system/chat-model';
import { failureOf, valueOf } from './model-failure';
import type { ModelCallApi, ModelDescription, ModelFailure, ModelOutcome } from './model-protocol';

/** How often a worker with open calls is asked whether it lives, and how long it may take. */
const PING_EVERY_MS = 15_000;
const PING_WITHIN_MS = 60_000;

const DEAD: ModelFailure = {
  problem: 'crashed',
  message: 'The model stopped answering.',
  advice: 'Load the model again, or choose a smaller one.',
  lasting: true,
};

/** What hears the text of an open call, by its number. */
type Listeners = Map<number, (piece: string) => void>;

export class RemoteModel implements ChatModel {
  readonly writesPrompts = true;
  readonly #calls: Comlink.Remote<ModelCallApi>;
  readonly #release: () => void;
  readonly #open = new Map<number, (failure: ModelFailure) => void>();
  readonly #listeners: Listeners;
  #job = 0;
  #lost: ModelFailure | undefined;
  #watch: ReturnType<typeof setInterval> | undefined;

  private constructor(
    readonly description: ModelDescription,
    calls: Comlink.Remote<ModelCallApi>,
    listeners: Listeners,
    release: () => void,
  ) {
    this.#calls = calls;
    this.#listeners = listeners;
    this.#release = release;
  }

  /** @throws ModelError when nobody answers on the port */
  static async connect(port: MessagePort): Promise<RemoteModel> {
    const calls = Comlink.wrap<ModelCallApi>(port);
    const release = (): void => {
      calls[Comlink.releaseProxy]();
      port.close();
    };
    try {
      const listeners: Listeners = new Map();
      const description = await within(calls.describe(), PING_WITHIN_MS);
      // One callback for all calls: one a call would leave a channel behind for each.
      await calls.listen(Comlink.proxy((job, piece) => listeners.get(job)?.(piece)));
      return new RemoteModel(description, calls, listeners, release);
    } catch (error) {
      release();
      throw error;
    }
  }

  get id(): string {
    return this.description.id;
  }
  get deterministic(): boolean {
    return this.description.deterministic;
  }
  get slots(): number {
    return this.description.slots;
  }
  /** Milliseconds the engine itself took for the latest call. */
  engineMilliseconds = 0;

  async complete(...[messages, parameters, signal, onText]: Parameters<ChatModel['complete']>) {
    let heard = '';
    const { engineMilliseconds, ...answer } = await this.#call((job) => {
      if (onText !== undefined) {
        this.#listeners.set(job, (piece) => {
          heard += piece;
          onText(piece);
        });
      }
      return this.#calls.complete(job, messages, parameters, onText !== undefined);
    }, signal);
    this.engineMilliseconds = engineMilliseconds;
    // Pieces and answers come on different ports: the answer may overtake the last of them.
    if (answer.text.length > heard.length && answer.text.startsWith(heard)) {
      onText?.(answer.text.slice(heard.length));
    }
    return answer satisfies ChatAnswer;
  }

  embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> {
    return this.#call((job) => this.#calls.embed(job, texts), signal);
  }

  /** The model is gone: open calls and all further ones fail with these words. */
  lose(failure: ModelFailure = DEAD): void {
    if (this.#lost !== undefined) return;
    this.#lost = failure;
    for (const fail of this.#open.values()) fail(failure);
    this.#open.clear();
    clearInterval(this.#watch);
    this.#release();
  }

  async #call<Value>(
    ask: (job: number) => Promise<ModelOutcome<Value>>,
    signal: AbortSignal | undefined,
  ): Promise<Value> {
    signal?.throwIfAborted();
    if (this.#lost !== undefined) return valueOf<Value>({ ok: false, failure: this.#lost });
    const job = (this.#job += 1);
    const outcome = await new Promise<ModelOutcome<Value>>((resolve) => {
      const stop = (): void => {
        // Whoever asked goes on at once; the engine frees its slot on its own time.
        void this.#calls.abort(job);
        resolve({ ok: false, aborted: true });
      };
      signal?.addEventListener('abort', stop, { once: true });
      this.#open.set(job, (failure) => resolve({ ok: false, failure }));
      this.#watch ??= setInterval(() => void this.#ping(), PING_EVERY_MS);
      ask(job)
        .then(resolve, (error: unknown) => resolve({ ok: false, failure: failureOf(error) }))
        .finally(() => signal?.removeEventListener('abort', stop));
    });
    this.#open.delete(job);
    this.#listeners.delete(job);
    if (this.#open.size === 0) {
      clearInterval(this.#watch);
      this.#watch = undefined;
    }
    return valueOf(outcome, signal);
  }

  async #ping(): Promise<void> {
    try {
      await within(this.#calls.describe(), PING_WITHIN_MS);
    } catch {
      this.lose();
    }
  }
}

/** @throws ModelError when nothing comes in time */
async function within<Value>(answer: Promise<Value>, milliseconds: number): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new ModelError(DEAD.problem, DEAD.message, DEAD.advice, DEAD.lasting));
    }, milliseconds);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

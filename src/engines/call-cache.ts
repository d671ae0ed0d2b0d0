/**
 * Answers that are asked for again come from a store instead of the model, and equal calls at the
 * same time ask it once. An answer from the store is the answer as it was first given, with the
 * tokens it cost then, so that a run counts the same whether or not it was made before.
 */
import type { ChatAnswer, ChatMessage, ChatModel, ChatParameters } from '../core/system/chat-model';
import { Flight } from './call-cache-flight';
import { callKey } from './call-cache-key';

/** Keeps answers by their address. It may fail or forget: the model is asked then. */
export interface CallStore {
  get(key: string): Promise<ChatAnswer | undefined>;
  put(key: string, answer: ChatAnswer, about: CallAbout): Promise<void>;
}

/** What a store may want to know of an answer, to show it or to make room. */
export interface CallAbout {
  /** Id of the model that gave it. */
  readonly model: string;
}

export interface CallCacheHooks {
  /** An answer came from the store. */
  readonly hit?: () => void;
  /** A call waits for the answer of an equal one that is under way. */
  readonly joined?: () => void;
  /** The model is asked. */
  readonly miss?: () => void;
  /** The store failed (no room, a private window). Told once; the calls themselves go on. */
  readonly trouble?: (error: unknown) => void;
}

/** The same model. Failures, aborted and empty answers are never kept, nor whatever is unlike an answer. */
export function cachedModel(
  model: ChatModel,
  store: CallStore,
  hooks: CallCacheHooks = {},
): ChatModel {
  const { id, deterministic, writesPrompts, slots } = model;
  const calls = new CachedCalls(model, store, hooks);
  return {
    id,
    deterministic,
    ...(writesPrompts !== undefined && { writesPrompts }),
    ...(slots !== undefined && { slots }),
    async complete(messages, parameters, signal, onText) {
      signal?.throwIfAborted();
      const key = callKey(model, messages, parameters);
      if (key === undefined) return model.complete(messages, parameters, signal, onText);
      return calls.flight(key, messages, parameters).join(signal, onText);
    },
  };
}

class CachedCalls {
  readonly #model: ChatModel;
  readonly #store: CallStore;
  readonly #hooks: CallCacheHooks;
  readonly #flights = new Map<string, Flight>();
  #troubled = false;

  constructor(model: ChatModel, store: CallStore, hooks: CallCacheHooks) {
    this.#model = model;
    this.#store = store;
    this.#hooks = hooks;
  }

  /** The call under way with this address, or a new one. */
  flight(key: string, messages: readonly ChatMessage[], parameters: ChatParameters): Flight {
    const under = this.#flights.get(key);
    if (under !== undefined) {
      this.#hooks.joined?.();
      return under;
    }
    // Not one that has taken its place since.
    const forget = (): void => {
      if (this.#flights.get(key) === flight) this.#flights.delete(key);
    };
    const flight: Flight = new Flight(async (signal, onText) => {
      try {
        const kept = await this.#kept(key);
        if (kept !== undefined) onText(kept.text);
        signal.throwIfAborted();
        const answer = kept ?? (await this.#asked(messages, parameters, signal, onText));
        // Nobody waits for the store, but until it is done equal calls find the answer here.
        if (kept === undefined && isAnswer(answer)) void this.#keep(key, answer).then(forget);
        else forget();
        return answer;
      } catch (error) {
        forget();
        throw error;
      }
    }, forget);
    this.#flights.set(key, flight);
    return flight;
  }

  async #kept(key: string): Promise<ChatAnswer | undefined> {
    const kept = await this.#withStore((store) => store.get(key));
    if (!isAnswer(kept)) return undefined;
    this.#hooks.hit?.();
    return kept;
  }

  #asked(
    messages: readonly ChatMessage[],
    parameters: ChatParameters,
    signal: AbortSignal,
    onText: (piece: string) => void,
  ): Promise<ChatAnswer> {
    this.#hooks.miss?.();
    return this.#model.complete(messages, parameters, signal, onText);
  }

  async #keep(key: string, answer: ChatAnswer): Promise<void> {
    const { text, finishReason, usage } = answer;
    const about = { model: this.#model.id };
    await this.#withStore((store) => store.put(key, { text, finishReason, usage }, about));
  }

  async #withStore<Value>(work: (store: CallStore) => Promise<Value>): Promise<Value | undefined> {
    try {
      return await work(this.#store);
    } catch (error) {
      if (!this.#troubled) this.#hooks.trouble?.(error);
      this.#troubled = true;
      return undefined;
    }
  }
}

/** A store is read across versions of this code and of the browser: what it gives may be anything. */
function isAnswer(value: unknown): value is ChatAnswer {
  const { text, finishReason, usage } = (value ?? {}) as Partial<ChatAnswer>;
  return (
    typeof text === 'string' &&
    text !== '' &&
    (finishReason === 'stop' || finishReason === 'length') &&
    [usage?.promptTokens, usage?.completionTokens].every(Number.isFinite)
  );
}

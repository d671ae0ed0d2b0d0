/**
 * Any server that speaks OpenAI's chat completions: OpenAI itself, llama.cpp, Ollama, vLLM, LM
 * Studio and others. Runs in a page, a worker and Node; nothing but `fetch` is needed.
 */
import { ModelError } from '../../core/system/chat-model';
import type { LoadedModel } from '../loaded-model';
import { callQueue } from '../queue';
import { chat, type ChatServer } from './chat';
import { Connection, type ConnectionOptions } from './connection';
import { KnownDialect } from './dialect';
import { embedTexts, TEXTS_PER_REQUEST } from './embeddings';
import { RETRY_RULES, retried, type RetryRules } from './retry';
import { serverAddress } from './server-address';

export { listModels } from './models';

export interface OpenaiOptions extends ConnectionOptions {
  /** Up to and without `/chat/completions`, for example `http://localhost:8080/v1`. */
  readonly baseUrl: string;
  readonly model: string;
  /** Calls side by side. Default 4. */
  readonly slots?: number;
  readonly retry?: Partial<RetryRules>;
}

/**
 * It is never deterministic: a server promises nothing. It may batch calls (which changes the last
 * digits and with them a token now and then), and whoever runs it may change the model behind the
 * name. A call waits for its place, and keeps it while it waits to be tried again, so that a busy
 * server is not asked more.
 *
 * @throws ModelError `bad-request` for a base URL or a model name that cannot be meant,
 *   `refused-key` for such a key
 */
export function openaiModel(options: OpenaiOptions): LoadedModel {
  const { baseUrl, slots = 4 } = options;
  const model = options.model.trim();
  const address = serverAddress(baseUrl);
  if (model === '') throw noModel(address.name);
  const rules = { ...RETRY_RULES, ...options.retry };
  const connection = new Connection(address, options);
  const server: ChatServer = { connection, model, dialect: new KnownDialect(), rules };
  const queue = callQueue(slots);
  const unloaded = new AbortController();
  // One signal a call: listeners of all calls on one would look like a leak.
  const until = (signal?: AbortSignal): AbortSignal =>
    AbortSignal.any([...(signal ? [signal] : []), unloaded.signal]);
  return {
    id: `openai:${address.id}/${model}`,
    deterministic: false,
    writesPrompts: true,
    slots,
    usesGpu: false,
    complete(messages, parameters, signal, onText) {
      const end = until(signal);
      return queue.run(() => chat(server, messages, parameters, end, onText), end);
    },
    async embed(texts, signal) {
      const end = until(signal);
      const vectors: Float32Array[] = [];
      for (let i = 0; i < texts.length; i += TEXTS_PER_REQUEST) {
        const some = texts.slice(i, i + TEXTS_PER_REQUEST);
        const attempt = (): Promise<Float32Array[]> => embedTexts(connection, model, some, end);
        vectors.push(...(await queue.run(() => retried(attempt, rules, end), end)));
      }
      return vectors;
    },
    async unload() {
      unloaded.abort(notLoaded(model));
    },
  };
}

function noModel(server: string): ModelError {
  return new ModelError(
    'bad-request',
    `No model of the server at ${server} is named.`,
    'Choose one of the models that it lists.',
    true,
  );
}

function notLoaded(model: string): ModelError {
  return new ModelError('not-loaded', `The model ${model} was unloaded.`, 'Load it again.', true);
}

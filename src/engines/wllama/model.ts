/** A GGUF in memory as a `LoadedModel`. */
import type { ChatAnswer, ChatMessage, ChatParameters } from '../../core/system/chat-model';
import { ModelError } from '../../core/system/chat-model';
import { jsonOutput } from '../json-output';
import type { LoadedModel } from '../loaded-model';
import type { ChatChunk, WllamaEngine } from './engine';
import { callFailure, hung } from './failures';

const MAX_TOKENS = 256;

export interface ModelFacts {
  readonly name: string;
  readonly id: string;
  readonly slots: number;
  readonly threads: number;
  readonly contextTokens: number;
  readonly embeds: boolean;
  readonly silentSeconds: number;
}

/**
 * With one slot equal calls give equal answers, whatever was asked between them, because no part of
 * an earlier prompt is reused. Several slots are computed together, and what stands beside a call
 * changes its last digits.
 */
export function loadedModel(engine: WllamaEngine, facts: ModelFacts): LoadedModel {
  const { id, name, slots, threads, contextTokens, embeds } = facts;
  return {
    id,
    deterministic: slots === 1,
    writesPrompts: true,
    slots,
    threads,
    contextTokens,
    usesGpu: false,
    async complete(messages, parameters, signal, onText) {
      signal?.throwIfAborted();
      const answer = await generate(engine, facts, messages, parameters, signal, onText);
      if (parameters.json === undefined) return answer;
      return { ...answer, text: jsonOutput(answer.text, parameters.json, answer.finishReason) };
    },
    ...(embeds && {
      async embed(texts: readonly string[], signal?: AbortSignal) {
        const vectors: Float32Array[] = [];
        for (const text of texts) {
          signal?.throwIfAborted();
          vectors.push(await embedding(engine, name, text));
        }
        return vectors;
      },
    }),
    unload: () => engine.exit(),
  };
}

async function generate(
  engine: WllamaEngine,
  { name, silentSeconds }: ModelFacts,
  messages: readonly ChatMessage[],
  parameters: ChatParameters,
  signal: AbortSignal | undefined,
  onText: ((piece: string) => void) | undefined,
): Promise<ChatAnswer> {
  const abort = new AbortController();
  const stop = (): void => abort.abort(signal?.reason);
  signal?.addEventListener('abort', stop, { once: true });
  let text = '';
  let finish: string | undefined;
  let usage: ChatAnswer['usage'] | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let silent: ((error: ModelError) => void) | undefined;
  const silence = new Promise<never>((_, reject) => (silent = reject));
  silence.catch(() => undefined);
  const heard = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => silent!(hung(name, silentSeconds)), silentSeconds * 1000);
  };
  heard();
  const call = engine.createChatCompletion({
    ...requestOf(messages, parameters),
    stream: true,
    abortSignal: abort.signal,
    onData(chunk: ChatChunk) {
      heard();
      const [choice] = chunk.choices;
      const piece = choice?.delta.content ?? '';
      text += piece;
      if (piece !== '' && !abort.signal.aborted) onText?.(piece);
      finish = choice?.finish_reason ?? finish;
      usage = usageOf(chunk) ?? usage;
    },
  });
  try {
    await Promise.race([call, silence]);
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof ModelError ? error : callFailure(error, name);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
  signal?.throwIfAborted();
  // Without an end it broke off, and what there is of it is no answer.
  if (finish === undefined) throw callFailure(new Error('the answer broke off'), name);
  return {
    text,
    finishReason: finish === 'length' ? 'length' : 'stop',
    usage: usage ?? { promptTokens: 0, completionTokens: 0 },
  };
}

function requestOf(
  messages: readonly ChatMessage[],
  { temperature = 0, seed = 0, maxTokens = MAX_TOKENS, stop, json }: ChatParameters,
) {
  return {
    messages: [...messages],
    temperature,
    seed,
    max_tokens: maxTokens,
    // Tokens left over from another call change the last digits of this one.
    cache_prompt: false,
    stream_options: { include_usage: true },
    ...(stop && stop.length > 0 && { stop: [...stop] }),
    ...(json && {
      response_format: {
        type: 'json_schema' as const,
        json_schema: { name: 'answer', schema: json, strict: true },
      },
    }),
  };
}

function usageOf({ usage, timings }: ChatChunk): ChatAnswer['usage'] | undefined {
  if (usage)
    return { promptTokens: usage.prompt_tokens, completionTokens: usage.completion_tokens };
  return timings && { promptTokens: timings.prompt_n, completionTokens: timings.predicted_n };
}

/** The mean of the hidden states of all tokens, as llama.cpp normalises it: of length 1. */
async function embedding(engine: WllamaEngine, name: string, text: string): Promise<Float32Array> {
  try {
    const { data } = await engine.createEmbedding({ input: text });
    return Float32Array.from(data[0]!.embedding as number[]);
  } catch (error) {
    throw callFailure(error, name);
  }
}

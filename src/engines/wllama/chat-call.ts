/** One call of a chat model: what llama.cpp is asked, and what is read out of its pieces. */
import type { ChatAnswer, ChatMessage, ChatParameters } from '../../core/system/chat-model';
import type { ChatChunk } from './engine';
import { callFailure, hung } from './engine-failures';
import type { RunningEngine } from './running-engine';
import { watchSilence } from './silence';

const MAX_TOKENS = 256;

/** Seeds from here on are not seeds: llama.cpp takes this one as "any". */
const ANY_SEED = 0xffff_ffff;

export interface ChatCall {
  readonly messages: readonly ChatMessage[];
  readonly parameters: ChatParameters;
  readonly signal: AbortSignal | undefined;
  readonly onText: ((piece: string) => void) | undefined;
}

export interface CallContext {
  /** Of the model, for people. */
  readonly name: string;
  /** Seconds in which nothing at all happens, after which the engine hangs. */
  readonly silentSeconds: number;
  /** Hears how many tokens were read and written, also when the call fails. */
  readonly kept: (tokens: number) => void;
}

/**
 * Ends only when the engine has let go of the call, also when that is aborted: while a prompt is
 * read this takes as long as a batch of it.
 * @throws ModelError, or anything when aborted
 */
export async function generate(
  engine: RunningEngine,
  { messages, parameters, signal, onText }: ChatCall,
  { name, silentSeconds, kept }: CallContext,
): Promise<ChatAnswer> {
  let text = '';
  let finish: string | undefined;
  let usage: ChatChunk['usage'];
  let read = 0;
  let written = 0;
  const silence = watchSilence(silentSeconds, () => engine.end(hung(name, silentSeconds)));
  const onData = (chunk: ChatChunk): void => {
    silence.broken();
    const [choice] = chunk.choices;
    const piece = choice?.delta?.content ?? '';
    if (piece !== '') {
      written += 1;
      text += piece;
      if (!signal?.aborted) onText?.(piece);
    }
    read = chunk.prompt_progress?.total ?? read;
    finish = choice?.finish_reason ?? finish;
    usage = chunk.usage ?? usage;
  };
  try {
    await engine.ask(
      async (wllama) => {
        signal?.throwIfAborted();
        await wllama.createChatCompletion({
          ...requestOf(messages, parameters),
          stream: true,
          onData,
          ...(signal && { abortSignal: signal }),
        });
        // Without an end it broke off, and what there is of it is no answer.
        if (finish === undefined) throw new Error('the answer broke off');
      },
      (error, log) => callFailure(error, name, log),
    );
  } finally {
    silence.stop();
    kept(usage ? usage.prompt_tokens + usage.completion_tokens : read + written);
  }
  return {
    text,
    finishReason: finish === 'length' ? 'length' : 'stop',
    usage: {
      promptTokens: usage?.prompt_tokens ?? read,
      completionTokens: usage?.completion_tokens ?? written,
    },
  };
}

/** What is not named here is llama.cpp's default: top-k 40, top-p 0.95, min-p 0.05. */
function requestOf(
  messages: readonly ChatMessage[],
  { temperature = 0, seed = 0, maxTokens = MAX_TOKENS, stop, json }: ChatParameters,
) {
  return {
    messages: [...messages],
    temperature,
    seed: seed % ANY_SEED,
    max_tokens: maxTokens,
    // Exact: `load-parameters` says why. A prompt that is known to its end is not read again.
    cache_prompt: true,
    // A piece for every batch that is read, so that silence means something.
    return_progress: true,
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

/** Reads WebLLM's stream of tokens, and gives up on one that has fallen silent. */
import type {
  ChatCompletionChunk,
  ChatCompletionRequestStreaming,
  MLCEngineInterface,
} from '@mlc-ai/web-llm';
import { ModelError, type ChatAnswer } from '../../core/system/chat-model';

export interface Guards {
  /** Seconds without a token after which a call counts as hung. */
  readonly silentSeconds: number;
  /** Seconds an interrupted call may take to end: WebLLM finishes the step it is in. */
  readonly interruptSeconds: number;
  /** Rejects when the device is lost; WebLLM may then wait for ever. */
  readonly lost: Promise<never>;
}

export interface Generation {
  readonly finishReason: ChatAnswer['finishReason'];
  readonly usage: ChatAnswer['usage'];
}

/**
 * An aborted call is read to its end before this throws, so that the engine is free for the next.
 * @throws ModelError `hung`, the signal's reason, and what WebLLM throws
 */
export async function generate(
  engine: MLCEngineInterface,
  request: ChatCompletionRequestStreaming,
  name: string,
  guards: Guards,
  signal: AbortSignal,
  hear: (piece: string) => void,
): Promise<Generation> {
  const dog = watchdog(name);
  const interrupt = (): void => {
    dog.wait(guards.interruptSeconds);
    engine.interruptGenerate();
  };
  signal.throwIfAborted();
  signal.addEventListener('abort', interrupt);
  let usage = { promptTokens: 0, completionTokens: 0 };
  let finishReason: ChatAnswer['finishReason'] | undefined;
  try {
    dog.wait(guards.silentSeconds);
    const stream = await Promise.race([
      engine.chat.completions.create(request),
      dog.bites,
      guards.lost,
    ]);
    const chunks = stream[Symbol.asyncIterator]();
    for (;;) {
      const next = await Promise.race([chunks.next(), dog.bites, guards.lost]);
      if (next.done) break;
      // Once more for each token after an abort: WebLLM forgets an interrupt that came too early.
      if (signal.aborted) engine.interruptGenerate();
      else dog.wait(guards.silentSeconds);
      const [choice] = next.value.choices;
      if (choice?.delta.content && !signal.aborted) hear(choice.delta.content);
      if (choice?.finish_reason) finishReason = reasonOf(choice.finish_reason);
      if (next.value.usage) usage = usageOf(next.value.usage);
    }
  } finally {
    dog.rest();
    signal.removeEventListener('abort', interrupt);
  }
  signal.throwIfAborted();
  return { finishReason: finishReason ?? 'abort', usage };
}

function usageOf(usage: NonNullable<ChatCompletionChunk['usage']>): ChatAnswer['usage'] {
  return { promptTokens: usage.prompt_tokens, completionTokens: usage.completion_tokens };
}

function reasonOf(reason: string): ChatAnswer['finishReason'] {
  return reason === 'length' || reason === 'abort' ? reason : 'stop';
}

interface Watchdog {
  /** Rejects once nothing has been heard for as long as was waited for. */
  readonly bites: Promise<never>;
  wait(seconds: number): void;
  rest(): void;
}

export function watchdog(name: string): Watchdog {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let reject: (error: ModelError) => void = () => undefined;
  const bites = new Promise<never>((_, no) => (reject = no));
  bites.catch(() => undefined);
  return {
    bites,
    wait(seconds) {
      clearTimeout(timer);
      timer = setTimeout(() => reject(hung(name, seconds)), seconds * 1000);
    },
    rest: () => clearTimeout(timer),
  };
}

function hung(name: string, seconds: number): ModelError {
  return new ModelError(
    'hung',
    `${name} has been silent for ${seconds} seconds.`,
    'Load the model again; where the graphics card is just slow, choose a smaller one.',
    true,
  );
}

/** A chat model whose calls end when the test says so. */
import type {
  ChatAnswer,
  ChatMessage,
  ChatModel,
  ChatParameters,
} from '../../core/system/chat-model';

export interface HeldCall {
  readonly messages: readonly ChatMessage[];
  readonly parameters: ChatParameters;
  readonly signal: AbortSignal | undefined;
  /** Tells a piece of text to whoever listens. */
  write(piece: string): void;
  answer(text: string, finishReason?: ChatAnswer['finishReason']): void;
  fail(error: unknown): void;
}

export interface HeldModel extends ChatModel {
  /** Every call in order. */
  readonly calls: HeldCall[];
  /** The call with that number, once it has come. */
  call(n: number): Promise<HeldCall>;
}

export const USAGE = { promptTokens: 10, completionTokens: 2 };

/** @param own what differs from a deterministic model named `held` */
export function heldModel(own: Partial<ChatModel> = {}): HeldModel {
  const calls: HeldCall[] = [];
  return {
    id: 'held',
    deterministic: true,
    calls,
    async call(n) {
      for (let turn = 0; calls.length <= n; turn++) {
        if (turn > 1000) throw new Error(`there were ${calls.length} calls, none with number ${n}`);
        await turnOfEvents();
      }
      return calls[n]!;
    },
    complete(messages, parameters, signal, onText) {
      return new Promise((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason as Error));
        calls.push({
          messages,
          parameters,
          signal,
          write: (piece) => onText?.(piece),
          answer: (text, finishReason = 'stop') => resolve({ text, finishReason, usage: USAGE }),
          fail: reject,
        });
      });
    },
    ...own,
  };
}

/** Until everything that can happen without time passing has happened. */
export function turnOfEvents(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** One call of the browser's model, on a session of its own. */
import {
  ModelError,
  type ChatAnswer,
  type ChatMessage,
  type ChatParameters,
} from '../../core/system/chat-model';
import { jsonOutput } from '../json-output';
import { estimatedUsage } from '../openai/token-estimate';
import { tooLong, wroteNothing } from './failures';
import type { LanguageModelSession, PromptOptions, SessionMessage } from './language-model';
import { LimitedText } from './limited-text';

export interface SplitMessages {
  /** What the session begins with. */
  readonly before: SessionMessage[];
  /** What it is asked. */
  readonly prompt: string;
}

/**
 * The last message is what is asked, whoever's it is, but for the model's own. Messages of the
 * system are joined into the first, where alone the API takes one.
 * @throws ModelError `bad-request` where nothing is asked
 */
export function splitMessages(messages: readonly ChatMessage[]): SplitMessages {
  const last = messages.at(-1);
  if (last === undefined || last.role === 'assistant') {
    throw new ModelError(
      'bad-request',
      "The browser's built-in model was asked nothing: the last message is its own.",
      'End the messages with one of the user.',
      false,
    );
  }
  const earlier = messages.slice(0, -1);
  const system = earlier.filter(({ role }) => role === 'system').map(({ content }) => content);
  return {
    before: [
      ...(system.length > 0 ? [{ role: 'system' as const, content: system.join('\n\n') }] : []),
      ...earlier
        .filter(({ role }) => role !== 'system')
        .map(({ role, content }) => ({ role, content })),
    ],
    prompt: last.content,
  };
}

/** @throws ModelError, and whatever the session throws */
export async function askSession(
  session: LanguageModelSession,
  prompt: string,
  messages: readonly ChatMessage[],
  { json, maxTokens, stop }: ChatParameters,
  signal: AbortSignal,
  onText: ((piece: string) => void) | undefined,
): Promise<ChatAnswer> {
  const options: PromptOptions = { signal, ...(json && { responseConstraint: json }) };
  const promptTokens = sum(usageOf(session), await measured(session, prompt, options));
  // Past this the browser forgets the beginning of the messages without a word.
  if (promptTokens !== undefined && promptTokens > (contextOf(session) ?? Infinity))
    throw tooLong();
  const limited = new LimitedText(stop, maxTokens);
  const tell = (piece: string): void => {
    if (piece !== '') onText?.(piece);
  };
  const reader = session.promptStreaming(prompt, options).getReader();
  while (limited.ended === undefined) {
    const { done, value = '' } = await reader.read();
    tell(done ? limited.end() : limited.add(value));
    if (!done && limited.ended !== undefined) void reader.cancel().catch(() => undefined);
  }
  if (limited.text.trim() === '') throw wroteNothing();
  const finishReason = limited.ended;
  const estimated = estimatedUsage(messages, limited.text);
  const after = usageOf(session);
  const written = after !== undefined && promptTokens !== undefined ? after - promptTokens : 0;
  return {
    text: json ? jsonOutput(limited.text, json, finishReason) : limited.text,
    finishReason,
    usage: {
      promptTokens: promptTokens ?? estimated.promptTokens,
      // A session that was stopped need not count what it wrote.
      completionTokens: written > 0 ? written : estimated.completionTokens,
    },
  };
}

/** Tokens that prompt and answer may have together. */
export function contextOf(session: LanguageModelSession): number | undefined {
  const tokens = session.contextWindow ?? session.inputQuota;
  return tokens !== undefined && Number.isFinite(tokens) ? tokens : undefined;
}

function usageOf(session: LanguageModelSession): number | undefined {
  return session.contextUsage ?? session.inputUsage;
}

async function measured(
  session: LanguageModelSession,
  prompt: string,
  options: PromptOptions,
): Promise<number | undefined> {
  return session.measureContextUsage
    ? session.measureContextUsage(prompt, options)
    : session.measureInputUsage?.(prompt, options);
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}

/**
 * Tokens of a text where the engine does not count them: rather too many than too few, so that a
 * budget of tokens holds. English takes about four bytes a token, other scripts about three.
 */
import type { ChatMessage, ChatUsage } from '../../core/system/chat-model';

const BYTES_PER_TOKEN = 3;

/** Marks of the template around a message. */
const TOKENS_PER_MESSAGE = 4;

export function estimatedTokens(text: string): number {
  return Math.ceil(new TextEncoder().encode(text).length / BYTES_PER_TOKEN);
}

/** @param pieces of the answer as they came: a piece is a token or more */
export function estimatedUsage(
  messages: readonly ChatMessage[],
  answer: string,
  pieces = 0,
): ChatUsage {
  return {
    promptTokens: messages.reduce(
      (sum, { content }) => sum + estimatedTokens(content) + TOKENS_PER_MESSAGE,
      0,
    ),
    completionTokens: Math.max(estimatedTokens(answer), pieces),
  };
}

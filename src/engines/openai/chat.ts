/** One chat call of a server: asked, asked again where that may help, and checked. */
import {
  ModelError,
  type ChatAnswer,
  type ChatMessage,
  type ChatParameters,
} from '../../core/system/chat-model';
import { jsonOutput } from '../json-output';
import { chatBody } from './chat-body';
import { readChatReply, type ChatReply } from './chat-reply';
import type { Connection } from './connection';
import { simpler, type Dialect, type KnownDialect } from './dialect';
import { PassingFailure, retried, type RetryRules } from './retry';
import { estimatedUsage } from './token-estimate';

export interface ChatServer {
  readonly connection: Connection;
  readonly model: string;
  readonly dialect: KnownDialect;
  readonly rules: RetryRules;
}

/** @throws ModelError, and the signal's reason when aborted */
export async function chat(
  server: ChatServer,
  messages: readonly ChatMessage[],
  parameters: ChatParameters,
  signal: AbortSignal,
  onText: ((piece: string) => void) | undefined,
): Promise<ChatAnswer> {
  const schema = parameters.json && JSON.stringify(parameters.json);
  let dialect: Dialect | undefined = server.dialect.for(schema);
  for (;;) {
    try {
      const reply = await askIn(dialect, server, messages, parameters, signal, onText);
      server.dialect.learn(dialect, schema);
      return answerOf(reply, server, messages, parameters);
    } catch (error) {
      dialect = simpler(dialect, error, schema);
      if (dialect === undefined) throw error;
    }
  }
}

function askIn(
  dialect: Dialect,
  { connection, model, rules }: ChatServer,
  messages: readonly ChatMessage[],
  parameters: ChatParameters,
  signal: AbortSignal,
  onText: ((piece: string) => void) | undefined,
): Promise<ChatReply> {
  const body = chatBody(model, messages, parameters, dialect);
  let told = false;
  const hear = (piece: string): void => {
    told = true;
    onText?.(piece);
  };
  const attempt = async (): Promise<ChatReply> => {
    try {
      return await connection.ask('/chat/completions', body, signal, (reply) =>
        readChatReply(reply, connection, hear),
      );
    } catch (error) {
      if (!told || !(error instanceof PassingFailure)) throw error;
      // The listener cannot be made to forget: another try would tell the beginning twice.
      const { problem, message, advice, cause } = error.failure;
      throw new ModelError(problem, message, advice, false, { cause });
    }
  };
  return retried(attempt, rules, signal);
}

/** @throws ModelError for an answer that is none: an empty text must not be scored as one */
function answerOf(
  reply: ChatReply,
  { connection, model }: ChatServer,
  messages: readonly ChatMessage[],
  { json }: ChatParameters,
): ChatAnswer {
  const { text, finishReason, promptTokens, completionTokens, pieces } = reply;
  if (text.trim() === '') throw emptyAnswer(`${model} at ${connection.server.name}`, finishReason);
  const estimated = estimatedUsage(messages, text, pieces);
  return {
    text: json ? jsonOutput(text, json, finishReason) : text,
    finishReason,
    usage: {
      promptTokens: promptTokens ?? estimated.promptTokens,
      completionTokens: completionTokens ?? estimated.completionTokens,
    },
  };
}

function emptyAnswer(model: string, finishReason: ChatAnswer['finishReason']): ModelError {
  return finishReason === 'length'
    ? new ModelError(
        'too-long',
        `The model ${model} used up its tokens before it wrote an answer.`,
        'Allow more tokens for the answer, or turn its thinking off.',
        false,
      )
    : new ModelError(
        'unknown',
        `The model ${model} wrote nothing.`,
        'Change the prompt, or choose another model.',
        false,
      );
}

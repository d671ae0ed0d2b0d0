/** The answer in the events of a `/chat/completions` stream, or in one piece of JSON. */
import { createParser } from 'eventsource-parser';
import type { ChatAnswer } from '../../core/system/chat-model';
import { AnswerText } from './answer-text';
import type { Connection } from './connection';
import { ConnectionLost, wholeText, type Reply } from './exchange';
import { at } from './json-path';
import { htmlInstead, isHtml } from './refusals';

export interface ChatReply {
  /** Without the model's thoughts; empty when it wrote nothing else. */
  readonly text: string;
  readonly finishReason: ChatAnswer['finishReason'];
  /** As the server counts; undefined where it does not. */
  readonly promptTokens: number | undefined;
  readonly completionTokens: number | undefined;
  /** Pieces that came, thoughts among them: each is a token or more. */
  readonly pieces: number;
}

/** Characters of one event; an answer comes in thousands of them. */
const LARGEST_EVENT = 1 << 22;

/**
 * Once the answer is whole: how long to wait for the count of its tokens, and how long for the end
 * of the response alone, so that the connection can be used again.
 */
const COUNT_MILLISECONDS = 2000;
const END_MILLISECONDS = 200;

/** Characters kept of what is no stream of events, to see what it is instead. */
const KEPT = 1 << 16;

/**
 * @param hear is told the answer piece by piece
 * @throws ModelError, or PassingFailure when the answer breaks off
 */
export async function readChatReply(
  reply: Reply,
  connection: Connection,
  hear: (piece: string) => void,
): Promise<ChatReply> {
  const reading = new Reading(connection, hear);
  const type = reply.headers.get('content-type') ?? '';
  if (type.includes('html')) throw htmlInstead(connection.server);
  if (type.includes('json')) {
    reading.message(await wholeText(reply), 'whole');
    return reading.end();
  }
  let start = '';
  let events = 0;
  const parser = createParser({
    maxBufferSize: LARGEST_EVENT,
    onEvent: ({ data, event }) => {
      events += 1;
      if (data.trim() === '[DONE]') {
        reading.finished = true;
        reply.hurry(END_MILLISECONDS);
      } else reading.message(data, event === 'error' ? 'error' : 'piece');
    },
    onError: ({ type: kind, field, value = '' }) => {
      if (kind === 'max-buffer-size-exceeded') throw connection.notUnderstood('an endless event');
      // llama.cpp names the field so instead of `data`.
      if (field === 'error') reading.message(value, 'error');
    },
  });
  try {
    for await (const chunk of reply.chunks()) {
      if (start.length < KEPT) start += chunk.slice(0, KEPT - start.length);
      parser.feed(chunk);
      if (reading.finished) reply.hurry(COUNT_MILLISECONDS);
    }
    // The last event may lack the empty line that ends it.
    parser.feed('\n\n');
  } catch (error) {
    // What breaks off after the end of the answer breaks off nothing.
    if (!(error instanceof ConnectionLost && reading.finished)) throw error;
  }
  if (events === 0 && isHtml(start)) throw htmlInstead(connection.server);
  if (events === 0 && start.trimStart().startsWith('{')) reading.message(start, 'whole');
  return reading.end();
}

class Reading {
  readonly #connection: Connection;
  readonly #hear: (piece: string) => void;
  readonly #answer = new AnswerText();
  #finish: string | undefined;
  #promptTokens: number | undefined;
  #completionTokens: number | undefined;
  #pieces = 0;
  /** Nothing of the answer is to come. */
  finished = false;

  constructor(connection: Connection, hear: (piece: string) => void) {
    this.#connection = connection;
    this.#hear = hear;
  }

  message(data: string, kind: 'piece' | 'whole' | 'error'): void {
    const message = kind === 'error' ? undefined : this.#parsed(data);
    const error = at(message, 'error') ?? (at(message, 'object') === 'error' ? message : undefined);
    if (kind === 'error' || error != null) {
      const code = Number(at(error, 'code') ?? at(error, 'status'));
      const status = code >= 400 && code < 600 ? code : 500;
      throw this.#connection.refusal({ status, text: data });
    }
    this.#promptTokens = tokens(message, 'prompt_tokens') ?? this.#promptTokens;
    this.#completionTokens = tokens(message, 'completion_tokens') ?? this.#completionTokens;
    const choice = at(message, 'choices', 0);
    if (kind === 'whole') {
      if (choice === undefined) throw this.#connection.notUnderstood('JSON that is no answer');
      this.finished = true;
    }
    const written = at(choice, kind === 'whole' ? 'message' : 'delta');
    this.#write(textOf(at(written, 'content')));
    // Thoughts that the server sends apart are counted and not told.
    const thought = at(written, 'reasoning_content') ?? at(written, 'reasoning');
    if (typeof thought === 'string' && thought !== '') this.#pieces += 1;
    const finish = at(choice, 'finish_reason');
    if (typeof finish === 'string') {
      this.#finish = finish;
      this.finished = true;
    }
  }

  /** @throws PassingFailure when the answer has no end: half of one is no answer */
  end(): ChatReply {
    if (!this.finished) throw this.#connection.brokenOff();
    return {
      text: this.#answer.end(),
      finishReason: this.#finish === 'length' ? 'length' : 'stop',
      promptTokens: this.#promptTokens,
      completionTokens: this.#completionTokens,
      pieces: this.#pieces,
    };
  }

  #parsed(data: string): unknown {
    try {
      return JSON.parse(data);
    } catch {
      throw this.#connection.notUnderstood(`a piece of its answer that is no JSON: ${data}`);
    }
  }

  #write(piece: string): void {
    if (piece === '') return;
    this.#pieces += 1;
    const certain = this.#answer.add(piece);
    if (certain !== '') this.#hear(certain);
  }
}

/** Some servers send parts, thoughts among them, in place of a text. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .filter((part) => at(part, 'type') === 'text')
    .map((part) => String(at(part, 'text') ?? ''))
    .join('');
}

function tokens(message: unknown, name: string): number | undefined {
  const count = at(message, 'usage', name);
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined;
}

/**
 * An OpenAI-compatible server for tests: the reader answers, streamed word by word, so that whole
 * runs make sense; every call is counted.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ChatMessage } from '../src/core/system/chat-model';
import { reader } from '../src/engines/reader';

interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  readonly temperature?: number;
  readonly seed?: number;
}

export interface Manners {
  /** Milliseconds before an answer begins. */
  delay: number;
  /** Status of every answer in the place of one: 401, 429, 500. */
  refuse: number | undefined;
  /** Answers every request with a web page. */
  html: boolean;
  /** Chat calls that are answered at once, before delay and refusal begin. */
  after: number;
}

export class OpenaiServer {
  readonly manners: Manners = { delay: 0, refuse: undefined, html: false, after: 0 };
  /** Bodies of the chat calls, in the order in which they came. */
  readonly calls: string[] = [];
  /** Chat calls that were answered to the end. */
  answered = 0;
  readonly #server: Server;
  readonly #model = reader();

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(): Promise<OpenaiServer> {
    const server = new OpenaiServer();
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  /** The delay or the status of refusal that the next call meets. */
  get #present(): Pick<Manners, 'delay' | 'refuse'> {
    const { after, delay, refuse } = this.manners;
    return this.calls.length < after ? { delay: 0, refuse: undefined } : { delay, refuse };
  }

  get baseUrl(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Headers', '*');
    if (request.method === 'OPTIONS') {
      response.writeHead(204).end();
      return;
    }
    if (this.manners.html) {
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><p>Hello</p>');
      return;
    }
    const { refuse } = this.#present;
    if (refuse !== undefined) {
      const error = { error: { message: 'refused by the test' } };
      response.writeHead(refuse, { 'Content-Type': 'application/json' }).end(JSON.stringify(error));
      return;
    }
    if (request.url?.endsWith('/models')) {
      response
        .writeHead(200, { 'Content-Type': 'application/json' })
        .end(JSON.stringify({ object: 'list', data: [{ id: 'reader' }, { id: 'other' }] }));
      return;
    }
    await this.#complete(await bodyOf(request), response);
  }

  async #complete(body: string, response: ServerResponse): Promise<void> {
    const { delay } = this.#present;
    this.calls.push(body);
    const { messages, temperature = 0, seed = 0 } = JSON.parse(body) as ChatRequest;
    const { text, usage } = await this.#model
      .complete(messages, { temperature, seed })
      // Asked for prompts, or to count: the reader knows one form of question only.
      .catch(() => ({ text: 'Well.', usage: { promptTokens: 9, completionTokens: 1 } }));
    await new Promise((resolve) => setTimeout(resolve, delay));
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    const send = (chunk: object): void => {
      response.write(`data: ${JSON.stringify({ object: 'chat.completion.chunk', ...chunk })}\n\n`);
    };
    for (const piece of text.match(/\s*\S+|\s+$/g) ?? []) {
      send({ choices: [{ index: 0, delta: { content: piece }, finish_reason: null }] });
    }
    send({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
    const { promptTokens: prompt_tokens, completionTokens: completion_tokens } = usage;
    send({
      choices: [],
      usage: { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens },
    });
    response.end('data: [DONE]\n\n');
    this.answered += 1;
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

/** A server that speaks OpenAI's API, or something else, as a test tells it to; on a free port. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface ReceivedRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Its JSON; undefined without a body. */
  readonly body: Record<string, unknown> | undefined;
  /** Whether the other side went away before the response was whole. */
  readonly gone: boolean;
}

export type Responder = (response: ServerResponse, request: ReceivedRequest) => unknown;

export interface FakeServer {
  /** With `/v1`. */
  readonly baseUrl: string;
  readonly port: number;
  readonly requests: ReceivedRequest[];
}

/** @param responders one a request, in order; the last one again for all further ones */
export async function fakeServer(...responders: readonly Responder[]): Promise<FakeServer> {
  const requests: ReceivedRequest[] = [];
  const server = createServer((request, response) => {
    const respond = responders[Math.min(requests.length, responders.length - 1)]!;
    const received = {
      path: request.url!,
      headers: request.headers,
      body: undefined as ReceivedRequest['body'],
      gone: false,
    };
    requests.push(received);
    response.on('close', () => (received.gone = !response.writableEnded));
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      if (body !== '') received.body = JSON.parse(body) as Record<string, unknown>;
      respond(response, received);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { baseUrl: `http://127.0.0.1:${port}/v1`, port, requests };
}

/** One event of a chat stream. */
export function delta(content: string, finish: string | null = null, more: object = {}): object {
  return { choices: [{ index: 0, delta: { content, ...more }, finish_reason: finish }] };
}

export const USAGE_EVENT = { choices: [], usage: { prompt_tokens: 7, completion_tokens: 3 } };

/** The events as they cross the wire; a text stands as it is. */
export function wire(...events: readonly (object | string)[]): string {
  return events
    .map((event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`)
    .join('');
}

/** A whole, well-behaved answer, a character an event. */
export function answering(text: string, finish = 'stop'): Responder {
  const pieces = [...text].map((character) => delta(character));
  return sending(wire(...pieces, delta('', finish), USAGE_EVENT, '[DONE]'));
}

/** These bytes or texts, one write each, then the end. */
export function sending(...parts: readonly (string | Uint8Array)[]): Responder {
  return async (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const part of parts) await write(response, part);
    response.end();
  };
}

/** These, then nothing more, with the connection left open. */
export function hanging(...parts: readonly string[]): Responder {
  return async (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    for (const part of parts) await write(response, part);
  };
}

/** These, then a connection that breaks; with none, before any response. */
export function dropping(...parts: readonly string[]): Responder {
  return async (response, request) => {
    if (parts.length > 0) await hanging(...parts)(response, request);
    response.socket?.destroy();
  };
}

export function replying(
  status: number,
  body: object | string,
  headers: Record<string, string> = {},
): Responder {
  return (response) => {
    const type = typeof body === 'string' ? 'text/html' : 'application/json';
    response.writeHead(status, { 'content-type': type, ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

/** In a turn of its own, so that it arrives as a piece of its own. */
function write(response: ServerResponse, part: string | Uint8Array): Promise<void> {
  return new Promise((resolve) => response.write(part, () => setTimeout(resolve, 5)));
}

/**
 * One request and its response, piece by piece: ended at once by its signal, and by a watch over
 * servers that keep the line open and say nothing.
 */

export type Fetch = typeof globalThis.fetch;

export interface ExchangeRequest {
  readonly fetch: Fetch;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON by POST; GET without one. */
  readonly body?: unknown;
  /** Longest time without a byte. */
  readonly stallMilliseconds: number;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /**
   * The text as it comes, read once.
   * @throws ConnectionLost, and TooMuch
   */
  chunks(): AsyncGenerator<string>;
  /** What is still to come is worth no more than so long without a byte. */
  hurry(milliseconds: number): void;
}

/** No response came, or it broke off. */
export class ConnectionLost extends Error {
  /** @param responded whether there was a response that broke off */
  constructor(
    readonly responded: boolean,
    cause: unknown,
  ) {
    super('the connection was lost', { cause });
  }
}

/** Not a byte came for too long. */
export class Stalled extends Error {}

/** The response is larger than any answer. */
export class TooMuch extends Error {}

/** Characters of a response: embeddings of a few thousand texts fit. */
const LARGEST = 1 << 26;

/** @throws the signal's reason when aborted, ConnectionLost, Stalled, and what `read` throws */
export async function exchange<Value>(
  request: ExchangeRequest,
  signal: AbortSignal | undefined,
  read: (reply: Reply) => Promise<Value>,
): Promise<Value> {
  signal?.throwIfAborted();
  const end = new AbortController();
  const stop = (): void => end.abort(signal?.reason);
  signal?.addEventListener('abort', stop);
  const watch = new Watch(request.stallMilliseconds, () => end.abort());
  try {
    const response = await responseTo(request, end.signal);
    watch.restart();
    const value = await read({
      status: response.status,
      headers: response.headers,
      chunks: () => chunks(response, watch),
      hurry: (milliseconds) => watch.hurry(milliseconds),
    });
    signal?.throwIfAborted();
    return value;
  } catch (error) {
    signal?.throwIfAborted();
    throw watch.stalled && error instanceof ConnectionLost ? new Stalled() : error;
  } finally {
    watch.end();
    signal?.removeEventListener('abort', stop);
    // Frees the connection of a response that was not read to its end.
    end.abort();
  }
}

async function responseTo(
  { fetch, url, headers, body }: ExchangeRequest,
  signal: AbortSignal,
): Promise<Response> {
  try {
    return await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      referrerPolicy: 'no-referrer',
      signal,
    });
  } catch (error) {
    throw new ConnectionLost(false, error);
  }
}

async function* chunks(response: Response, watch: Watch): AsyncGenerator<string> {
  const reader = response.body?.getReader();
  // A character may be cut between two chunks: the decoder keeps its first half.
  const decoder = new TextDecoder();
  let length = 0;
  while (reader !== undefined) {
    let bytes: Uint8Array | undefined;
    try {
      bytes = (await reader.read()).value;
    } catch (error) {
      throw new ConnectionLost(true, error);
    }
    watch.restart();
    const text = decoder.decode(bytes, { stream: bytes !== undefined });
    length += text.length;
    if (length > LARGEST) throw new TooMuch();
    if (text !== '') yield text;
    if (bytes === undefined) return;
  }
}

class Watch {
  readonly #alarm: () => void;
  #milliseconds: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  stalled = false;

  constructor(milliseconds: number, alarm: () => void) {
    this.#milliseconds = milliseconds;
    this.#alarm = alarm;
    this.restart();
  }

  restart(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.stalled = true;
      this.#alarm();
    }, this.#milliseconds);
  }

  hurry(milliseconds: number): void {
    this.#milliseconds = Math.min(this.#milliseconds, milliseconds);
    this.restart();
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

/** The whole text of a reply. */
export async function wholeText(reply: Reply): Promise<string> {
  let text = '';
  for await (const chunk of reply.chunks()) text += chunk;
  return text;
}

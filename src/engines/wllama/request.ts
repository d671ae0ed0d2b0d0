/** The part of a file that is still missing, over the network. */
import { ModelError } from '../../core/system/chat-model';
import { cutShort, pageInstead, refused, unreachable } from './failures';

export interface Rest {
  /** The bytes as they come. @throws ModelError `network` or `truncated`, the signal's reason */
  readonly response: AsyncIterable<Uint8Array>;
  /** Where they belong: 0 where the server begins anew. */
  readonly from: number;
  /** Bytes of the whole file, where the server tells. */
  readonly total?: number;
  readonly etag?: string;
}

/**
 * @param have bytes that are here already
 * @param etag of the version they are of: another version begins anew
 */
export async function requestFrom(
  url: string,
  have: number,
  etag: string | undefined,
  signal: AbortSignal,
): Promise<Rest> {
  const headers: Record<string, string> =
    have > 0 ? { Range: `bytes=${have}-`, ...(etag !== undefined && { 'If-Range': etag }) } : {};
  let response = await asked(url, headers, signal);
  // The file is here already, or is shorter than what is here.
  if (response.status === 416) {
    const whole = /\*\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
    if (Number(whole) === have) return { response: none(), from: have, total: have };
    response = await asked(url, {}, signal);
  }
  if (!response.ok) throw refused(url, response.status);
  if (/^text\/html/i.test(response.headers.get('content-type') ?? '')) throw pageInstead(url);
  const from = response.status === 206 ? startOf(response, have) : 0;
  const length = response.headers.get('content-length');
  // Compressed on its way, its length says nothing of the file's.
  const known = length !== null && response.headers.get('content-encoding') === null;
  const total = known ? from + Number(length) : undefined;
  const tag = response.headers.get('etag') ?? undefined;
  return {
    response: bytesOf(response, url, known ? Number(length) : undefined, signal),
    from,
    ...(total !== undefined && { total }),
    // A weak one does not promise equal bytes.
    ...(tag !== undefined && !tag.startsWith('W/') && { etag: tag }),
  };
}

async function asked(
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Response> {
  try {
    return await fetch(url, { headers, signal });
  } catch (error) {
    signal.throwIfAborted();
    throw unreachable(url, error);
  }
}

function startOf(response: Response, asked: number): number {
  const start = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1];
  return start === undefined ? asked : Number(start);
}

async function* bytesOf(
  response: Response,
  url: string,
  length: number | undefined,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, void> {
  const reader = response.body!.getReader();
  let read = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      read += value.length;
      yield value;
    }
  } catch (error) {
    if (error instanceof ModelError) throw error;
    signal.throwIfAborted();
    throw unreachable(url, error);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  if (length !== undefined && read < length) throw cutShort(url.split('/').at(-1) ?? url);
}

async function* none(): AsyncGenerator<Uint8Array, void, void> {
  // Nothing is missing.
}

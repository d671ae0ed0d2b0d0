/** The part of a file that is still missing, over the network. */
import { ModelError } from '../../core/system/chat-model';
import { endedEarly, notShared, pageInstead, refused, unreachable } from './failures';
import { nameOf } from './source';

/** What names a version of a file. Two that differ in one of them are two versions. */
export interface Version {
  /** Bytes of the whole file, where the server tells. */
  readonly total?: number;
  readonly etag?: string;
  readonly modified?: string;
}

export interface Rest {
  /** The bytes as they come. @throws ModelError `network` or `truncated`, the signal's reason */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Where they belong: 0 where the server begins anew. */
  readonly from: number;
  readonly version: Version;
}

/**
 * @param have bytes that are here already
 * @param version they are of: another version, or a server without ranges, begins anew
 * @throws ModelError, and the signal's reason when aborted
 */
export async function requestRest(
  url: string,
  have: number,
  version: Version,
  signal: AbortSignal,
): Promise<Rest> {
  if (have === 0) return restOf(await asked(url, {}, signal), url, 0, signal);
  const response = await asked(url, rangeHeaders(url, have, version), signal);
  if (response.status === 416) {
    const whole = /\*\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
    const total = whole === undefined ? version.total : Number(whole);
    if (total === have) return { bytes: nothing(), from: have, version: { ...version, total } };
  } else if (response.status !== 206) {
    return restOf(response, url, 0, signal);
  } else {
    const rest = restOf(response, url, have, signal);
    if (rest.from === have && isSame(rest.version, version)) return rest;
  }
  await response.body?.cancel();
  return requestRest(url, 0, {}, signal);
}

/** Bytes of a file, where the server tells. Never throws. */
export async function announcedLength(
  url: string,
  signal: AbortSignal,
): Promise<number | undefined> {
  try {
    const response = await fetch(url, { method: 'HEAD', cache: 'no-store', signal });
    return response.ok ? lengthOf(response) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A host asks the browser's leave for every header but the plain range, so that a foreign one is
 * asked without `If-Range` and its version compared here.
 */
function rangeHeaders(url: string, have: number, { etag }: Version): Record<string, string> {
  const isOwn = new URL(url).origin === globalThis.location?.origin;
  return {
    Range: `bytes=${have}-`,
    // A weak one does not promise equal bytes.
    ...(isOwn && etag !== undefined && !etag.startsWith('W/') && { 'If-Range': etag }),
  };
}

async function asked(
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Response> {
  let response;
  try {
    // The browser's own cache would keep a second copy.
    response = await fetch(url, { headers, signal, cache: 'no-store' });
  } catch (error) {
    signal.throwIfAborted();
    throw (await answersOthers(url, signal)) ? notShared(url, error) : unreachable(url, error);
  }
  if (!response.ok && response.status !== 416) throw refused(url, response.status);
  if (response.ok && /^text\/html/i.test(response.headers.get('content-type') ?? '')) {
    throw pageInstead(url);
  }
  return response;
}

/** A refused answer and none look alike; an answer that may not be read tells them apart. */
async function answersOthers(url: string, signal: AbortSignal): Promise<boolean> {
  if (new URL(url).origin === globalThis.location?.origin) return false;
  try {
    await fetch(url, { method: 'HEAD', mode: 'no-cors', cache: 'no-store', signal });
    return true;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

/** @param asked first byte that was asked for */
function restOf(response: Response, url: string, asked: number, signal: AbortSignal): Rest {
  const { headers } = response;
  // A foreign host need not show this header.
  const [start, whole] =
    /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '')?.slice(1) ?? [];
  const from = response.status === 206 ? Number(start ?? asked) : 0;
  const length = lengthOf(response);
  const total = Number(whole) || (length === undefined ? undefined : from + length);
  const etag = headers.get('etag');
  const modified = headers.get('last-modified');
  return {
    bytes: bytesOf(response, url, length, signal),
    from,
    version: {
      ...(total !== undefined && { total }),
      ...(etag !== null && { etag }),
      ...(modified !== null && { modified }),
    },
  };
}

/** Compressed on its way, its length says nothing of the file's. */
function lengthOf({ headers }: Response): number | undefined {
  const length = headers.get('content-length');
  return length === null || headers.has('content-encoding') ? undefined : Number(length);
}

function isSame(a: Version, b: Version): boolean {
  const differs = (key: keyof Version): boolean =>
    a[key] !== undefined && b[key] !== undefined && a[key] !== b[key];
  return !differs('total') && !differs('etag') && !differs('modified');
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
    signal.throwIfAborted();
    throw error instanceof ModelError ? error : unreachable(url, error);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  if (length !== undefined && read < length) throw endedEarly(nameOf(url));
}

async function* nothing(): AsyncGenerator<Uint8Array, void, void> {
  // Nothing is missing.
}

/** As much of a browser as a download needs: a private file system, locks, a server. */
import { vi } from 'vitest';

export interface FakeBrowser {
  /** Answers by address; anything else cannot be reached. */
  readonly server: Map<string, (request: Request) => Response | Promise<Response>>;
  /** What was asked for, with the range. */
  readonly asked: string[];
  /** Bytes of every stored file by name. */
  readonly disk: Map<string, Uint8Array<ArrayBuffer>>;
  quota: number;
  /** Bytes from which on nothing can be written any more. */
  room: number;
}

/** Undone by `vi.unstubAllGlobals()`. */
export function fakeBrowser(): FakeBrowser {
  const disk: FakeBrowser['disk'] = new Map();
  const browser: FakeBrowser = { server: new Map(), asked: [], disk, quota: 1e9, room: Infinity };
  const folder = {
    getDirectoryHandle: async () => folder,
    async getFileHandle(name: string, { create = false } = {}) {
      if (!disk.has(name)) {
        if (!create) throw new DOMException('no such file', 'NotFoundError');
        disk.set(name, new Uint8Array());
      }
      return {
        getFile: async () => new File([disk.get(name)!], name),
        createSyncAccessHandle: async () => accessTo(browser, name),
      };
    },
    async removeEntry(name: string) {
      if (!disk.delete(name)) throw new DOMException('no such file', 'NotFoundError');
    },
  };
  const storage = {
    getDirectory: async () => folder,
    estimate: async () => ({ quota: browser.quota, usage: 0 }),
  };
  vi.stubGlobal('navigator', { storage, locks: fakeLocks() });
  vi.stubGlobal('location', { origin: 'https://own.example' });
  vi.stubGlobal('fetch', async (url: string, init: RequestInit & { signal: AbortSignal }) => {
    const request = new Request(url, { ...init, mode: 'cors' });
    const range = request.headers.get('range');
    const condition = request.headers.get('if-range');
    browser.asked.push(
      [request.method, url, range, condition].filter((part) => part !== null).join(' '),
    );
    init.signal.throwIfAborted();
    // What may not be read is still answered.
    if (init.mode === 'no-cors' && browser.server.has(`opaque ${url}`)) return new Response();
    const answer = browser.server.get(url);
    if (answer === undefined) throw new TypeError('Failed to fetch');
    return answer(request);
  });
  return browser;
}

function accessTo(browser: FakeBrowser, name: string) {
  const { disk } = browser;
  return {
    truncate: (size: number) => void disk.set(name, resized(disk.get(name)!, size)),
    write(bytes: Uint8Array, { at = 0 } = {}) {
      if (at + bytes.length > browser.room) {
        throw new DOMException('no room', 'QuotaExceededError');
      }
      const grown = resized(disk.get(name)!, Math.max(disk.get(name)!.length, at + bytes.length));
      grown.set(bytes, at);
      disk.set(name, grown);
      return bytes.length;
    },
    flush: () => undefined,
    close: () => undefined,
  };
}

function resized(bytes: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const grown = new Uint8Array(size);
  grown.set(bytes.subarray(0, size));
  return grown;
}

type Work = (lock: object | null) => Promise<unknown>;

function fakeLocks() {
  const held = new Map<string, Promise<unknown>>();
  return {
    async request(name: string, { ifAvailable = false }: LockOptions, work: Work) {
      if (ifAvailable && held.has(name)) return work(null);
      const before = held.get(name);
      const mine = (async () => {
        await before;
        return work({});
      })();
      const end = mine.catch(() => undefined);
      held.set(name, end);
      void end.then(() => {
        if (held.get(name) === end) held.delete(name);
      });
      return mine;
    },
  };
}

/** A server that has these bytes in this version, and ranges of them. */
export function serves(
  bytes: Uint8Array<ArrayBuffer>,
  { etag = '"1"', ranges = true } = {},
): (request: Request) => Response {
  return ({ headers, method }) => {
    const from = ranges ? Number(/bytes=(\d+)-/.exec(headers.get('range') ?? '')?.[1] ?? 0) : 0;
    const condition = headers.get('if-range');
    const isPart = from > 0 && (condition === null || condition === etag);
    if (isPart && from >= bytes.length) {
      return new Response(null, {
        status: 416,
        headers: { 'content-range': `bytes */${bytes.length}` },
      });
    }
    const rest = isPart ? bytes.slice(from) : bytes;
    return new Response(method === 'HEAD' ? null : rest, {
      status: isPart ? 206 : 200,
      headers: {
        etag,
        'content-length': String(rest.length),
        ...(isPart && { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` }),
      },
    });
  };
}

/** Breaks off after some bytes, or just ends. */
export function breaks(
  bytes: Uint8Array<ArrayBuffer>,
  after: number,
  how: 'off' | 'early' = 'off',
  etag = '"1"',
): () => Response {
  return () => {
    let sent = false;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (!sent) controller.enqueue(bytes.slice(0, after));
        else if (how === 'off') controller.error(new TypeError('network error'));
        else controller.close();
        sent = true;
      },
    });
    return new Response(body, { headers: { etag, 'content-length': String(bytes.length) } });
  };
}

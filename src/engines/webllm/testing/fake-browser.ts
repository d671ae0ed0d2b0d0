/** As much of a browser as a download needs: caches, a server, an adapter. */
import { createHash } from 'node:crypto';
import { vi } from 'vitest';

export type Answer = () => Response | Promise<Response>;

export interface FakeBrowser {
  /** What the server has, by address; anything else is 404. */
  readonly server: Map<string, Answer>;
  /** Addresses that were asked for, HEAD requests apart. */
  readonly asked: string[];
  /** Cache name and address of what is kept. */
  kept(): string[];
  read(cache: string, url: string): Promise<Uint8Array | undefined>;
  put(cache: string, url: string, body: string | Uint8Array<ArrayBuffer>): void;
  /** Bytes the browser gives the site. */
  quota: number;
  features: Set<string>;
  limits: Record<string, number>;
}

interface Kept {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly headers: Headers;
}

/** Undone by `vi.unstubAllGlobals()`. */
export function fakeBrowser(): FakeBrowser {
  const stores = new Map<string, Map<string, Kept>>();
  const storeOf = (name: string): Map<string, Kept> => {
    if (!stores.has(name)) stores.set(name, new Map());
    return stores.get(name)!;
  };
  const browser: FakeBrowser = {
    server: new Map(),
    asked: [],
    kept: () =>
      [...stores].flatMap(([name, store]) => [...store.keys()].map((url) => `${name} ${url}`)),
    read: async (cache, url) => storeOf(cache).get(url)?.body,
    put(cache, url, body) {
      const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
      storeOf(cache).set(url, { body: bytes, headers: new Headers() });
    },
    quota: 1e9,
    features: new Set(['shader-f16']),
    limits: {
      maxComputeWorkgroupStorageSize: 32768,
      maxStorageBuffersPerShaderStage: 10,
      maxStorageBufferBindingSize: 1 << 30,
      maxBufferSize: 1 << 30,
    },
  };
  vi.stubGlobal('caches', {
    async open(name: string) {
      const store = storeOf(name);
      return {
        async match(request: string | Request) {
          const found = store.get(typeof request === 'string' ? request : request.url);
          return found && new Response(found.body.slice(), { headers: found.headers });
        },
        async put(url: string, response: Response) {
          const body = new Uint8Array(await response.arrayBuffer());
          if (body.byteLength > browser.quota) throw new DOMException('full', 'QuotaExceededError');
          store.set(url, { body, headers: response.headers });
        },
        delete: async (url: string) => store.delete(url),
        keys: async () => [...store.keys()].map((url) => ({ url })),
      };
    },
  });
  vi.stubGlobal('fetch', async (url: string, { signal, method }: RequestInit) => {
    if (method !== 'HEAD') browser.asked.push(url);
    signal?.throwIfAborted();
    const answer = browser.server.get(url) ?? (() => new Response('no', { status: 404 }));
    return Promise.race([
      answer(),
      new Promise<never>((_, reject) =>
        signal?.addEventListener('abort', () => reject(signal.reason as Error)),
      ),
    ]);
  });
  vi.stubGlobal('navigator', {
    onLine: true,
    storage: { estimate: async () => ({ quota: browser.quota, usage: 0 }) },
    gpu: { requestAdapter: async () => ({ features: browser.features, limits: browser.limits }) },
  });
  return browser;
}

export const FOLDER = 'https://models.test/tiny/';
export const LIBRARY = 'https://models.test/tiny.wasm';
export const SOURCE = { model: 'tiny', url: 'https://models.test/tiny', library: LIBRARY };
export const SHARDS = [new Uint8Array(1000).fill(1), new Uint8Array(500).fill(2)] as const;

/** Fails once the first shard is here, as a server does in the middle of a download. */
export function failLater(browser: FakeBrowser): void {
  browser.server.set(`${FOLDER}params_shard_1.bin`, async () => {
    const first = `webllm/model ${FOLDER}params_shard_0.bin`;
    await vi.waitUntil(() => browser.kept().includes(first), { interval: 1 });
    return new Response('', { status: 503 });
  });
}

/** A whole model folder and its library; `config` is laid over `mlc-chat-config.json`. */
export function serveModel({ server }: FakeBrowser, config: object = {}): void {
  const json =
    (value: unknown): Answer =>
    () =>
      Response.json(value);
  server.set(
    `${FOLDER}mlc-chat-config.json`,
    json({
      model_type: 'qwen2',
      quantization: 'q4f32_1',
      context_window_size: 2048,
      sliding_window_size: -1,
      tokenizer_files: ['tokenizer.json', 'vocab.json'],
      conv_template: {
        role_templates: { user: '{user_message}', assistant: '{assistant_message}' },
      },
      ...config,
    }),
  );
  server.set(
    `${FOLDER}tensor-cache.json`,
    json({
      metadata: {},
      records: SHARDS.map((bytes, i) => ({
        dataPath: `params_shard_${i}.bin`,
        nbytes: bytes.byteLength,
        md5sum: createHash('md5').update(bytes).digest('hex'),
        records: [],
      })),
    }),
  );
  server.set(`${FOLDER}tokenizer.json`, json({ version: '1.0' }));
  SHARDS.forEach((bytes, i) => {
    server.set(`${FOLDER}params_shard_${i}.bin`, () => new Response(bytes));
  });
  server.set(LIBRARY, () => new Response('\0asm\x01\0\0\0 TVMWasmAllocSpace'));
}

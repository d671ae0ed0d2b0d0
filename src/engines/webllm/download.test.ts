import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ModelError } from '../../core/system/chat-model';
import type { LoadProgress } from '../loaded-model';
import { downloadWebllm } from './download';
import {
  failLater,
  fakeBrowser,
  FOLDER,
  LIBRARY,
  serveModel,
  SHARDS,
  SOURCE,
  type Answer,
  type FakeBrowser,
} from './testing/fake-browser';

let browser: FakeBrowser;
beforeEach(() => {
  browser = fakeBrowser();
  serveModel(browser);
});
afterEach(() => vi.unstubAllGlobals());

const whole = () => new AbortController().signal;
const download = (signal = whole(), report: (progress: LoadProgress) => void = () => undefined) =>
  downloadWebllm(SOURCE, report, signal, []);
const failure = async (): Promise<ModelError> => {
  const error: unknown = await download().then(
    () => 'no error',
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ModelError);
  return error as ModelError;
};
const page: Answer = () =>
  new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } });
const shard = (i: number) => `${FOLDER}params_shard_${i}.bin`;

describe('a download', () => {
  it('puts every file where WebLLM looks for it, and tells bytes of weights', async () => {
    const heard: LoadProgress[] = [];
    const stored = await download(whole(), (progress) => heard.push(progress));
    expect(browser.kept().sort()).toEqual(
      [
        `webllm/config ${FOLDER}mlc-chat-config.json`,
        `webllm/model ${FOLDER}params_shard_0.bin`,
        `webllm/model ${FOLDER}params_shard_1.bin`,
        `webllm/model ${FOLDER}tensor-cache.json`,
        `webllm/model ${FOLDER}tokenizer.json`,
        `webllm/wasm ${LIBRARY}`,
      ].sort(),
    );
    expect(await browser.read('webllm/model', shard(1))).toEqual(SHARDS[1]);
    expect(heard[0]).toEqual({ phase: 'downloading', bytes: 0, total: 1500 });
    expect(heard.at(-1)).toEqual({ phase: 'downloading', bytes: 1500, total: 1500 });
    expect(stored.complete).toBe(true);
    expect(stored.bytes).toBeGreaterThan(1500);
  });

  it('asks the network for nothing that is here', async () => {
    await download();
    browser.asked.length = 0;
    browser.server.clear();
    expect(await download()).toMatchObject({ complete: true });
    expect(browser.asked).toEqual([]);
  });

  it('goes on with the files that are missing after a failure', async () => {
    failLater(browser);
    expect(await failure()).toMatchObject({ problem: 'server-error', lasting: false });
    expect(browser.kept()).toContain(`webllm/model ${shard(0)}`);
    browser.asked.length = 0;
    serveModel(browser);
    const heard: LoadProgress[] = [];
    await download(whole(), (progress) => heard.push(progress));
    expect(browser.asked).toEqual([shard(1)]);
    expect(heard[0]).toEqual({ phase: 'downloading', bytes: 1000, total: 1500 });
  });

  it('ends at once when it is cancelled, with the reason, and keeps what has come', async () => {
    browser.server.set(shard(1), () => new Promise<Response>(() => undefined));
    const abort = new AbortController();
    const cancelled = download(abort.signal);
    await vi.waitFor(() => expect(browser.kept()).toContain(`webllm/model ${shard(0)}`));
    abort.abort(new Error('enough'));
    await expect(cancelled).rejects.toThrow('enough');
    expect(browser.kept()).toContain(`webllm/model ${shard(0)}`);
    expect(browser.kept()).not.toContain(`webllm/model ${shard(1)}`);
  });

  it('takes the list of weights under its former name', async () => {
    browser.server.set(
      `${FOLDER}ndarray-cache.json`,
      browser.server.get(`${FOLDER}tensor-cache.json`)!,
    );
    browser.server.set(`${FOLDER}tensor-cache.json`, page);
    expect(await download()).toMatchObject({ complete: true });
    expect(browser.kept()).toContain(`webllm/model ${FOLDER}tensor-cache.json`);
  });

  it('fetches again what WebLLM kept of a server that sent a page', async () => {
    browser.put('webllm/config', `${FOLDER}mlc-chat-config.json`, '<!doctype html>');
    browser.put('webllm/model', shard(0), '<!doctype html>');
    expect(await download()).toMatchObject({ complete: true });
    expect(await browser.read('webllm/model', shard(0))).toEqual(SHARDS[0]);
  });

  it('keeps no library of localhost, because WebLLM does not look for one', async () => {
    const library = 'http://localhost:8000/tiny.wasm';
    const stored = await downloadWebllm({ ...SOURCE, library }, () => undefined, whole());
    expect(stored.complete).toBe(true);
    expect(browser.asked).not.toContain(library);
  });
});

describe('a failure that may pass', () => {
  it('is tried again, and the bytes are counted once', async () => {
    let times = 0;
    const answers = [
      () => new Response('', { status: 503 }),
      () => new Response(SHARDS[1].slice(0, 100)),
      () => new Response(SHARDS[1]),
    ];
    browser.server.set(shard(1), () => answers[times++]!());
    const heard: LoadProgress[] = [];
    const report = (progress: LoadProgress) => heard.push(progress);
    const stored = await downloadWebllm(SOURCE, report, whole(), [1, 1]);
    expect(stored.complete).toBe(true);
    expect(times).toBe(3);
    expect(heard.at(-1)).toEqual({ phase: 'downloading', bytes: 1500, total: 1500 });
  });

  it('does not outlast a cancel', async () => {
    browser.server.set(shard(1), () => new Response('', { status: 503 }));
    const abort = new AbortController();
    const cancelled = downloadWebllm(SOURCE, () => undefined, abort.signal, [1e9]);
    await vi.waitFor(() => expect(browser.asked).toContain(shard(1)));
    abort.abort(new Error('enough'));
    await expect(cancelled).rejects.toThrow('enough');
  });

  it('is not taken for one that stays', async () => {
    browser.server.delete(shard(1));
    const failed = downloadWebllm(SOURCE, () => undefined, whole(), [1e9]);
    await expect(failed).rejects.toMatchObject({ problem: 'missing-file' });
  });
});

describe('a download that fails', () => {
  it.each<[string, string, Answer | undefined, string, RegExp]>([
    ['a missing model', 'mlc-chat-config.json', undefined, 'not-found', /mlc-chat-config/],
    ['a missing list', 'tensor-cache.json', undefined, 'missing-file', /tensor-cache/],
    ['a missing shard', 'params_shard_1.bin', undefined, 'missing-file', /params_shard_1/],
    ['a missing tokenizer', 'tokenizer.json', undefined, 'missing-file', /tokenizer/],
    ['a page in place of a shard', 'params_shard_1.bin', page, 'html', /params_shard_1/],
    ['a page in place of the configuration', 'mlc-chat-config.json', page, 'html', /config/],
    [
      'a page that calls itself JSON',
      'tensor-cache.json',
      () => new Response(' <html>', { headers: { 'content-type': 'application/json' } }),
      'html',
      /tensor-cache/,
    ],
    [
      'a broken JSON',
      'tokenizer.json',
      () => new Response('{"a":'),
      'not-a-model',
      /tokenizer\.json.*not JSON/,
    ],
    [
      'another JSON',
      'mlc-chat-config.json',
      () => Response.json({ hello: 'world' }),
      'not-a-model',
      /mlc-chat-config/,
    ],
    [
      'a shard that is too short',
      'params_shard_0.bin',
      () => new Response(SHARDS[0].slice(0, 400)),
      'truncated',
      /params_shard_0\.bin has 400 bytes instead of 1000/,
    ],
    [
      'a shard that was changed',
      'params_shard_0.bin',
      () => new Response(new Uint8Array(1000).fill(9)),
      'wrong-checksum',
      /params_shard_0\.bin/,
    ],
    [
      'a connection that breaks off',
      'params_shard_0.bin',
      () =>
        new Response(
          new ReadableStream({
            pull: (controller) => controller.error(new TypeError('network error')),
          }),
        ),
      'network',
      /broke off in the middle of params_shard_0/,
    ],
    ['a server that wants a key', 'params_shard_0.bin', status(401), 'refused-key', /401/],
    ['too many requests', 'params_shard_0.bin', status(429), 'rate-limited', /429/],
    ['another refusal', 'params_shard_0.bin', status(418), 'bad-request', /418/],
  ])('by %s says so, and leaves no broken file behind', async (_, name, answer, problem, words) => {
    if (answer) browser.server.set(FOLDER + name, answer);
    else browser.server.delete(FOLDER + name);
    const error = await failure();
    expect(error.problem).toBe(problem);
    expect(error.message).toMatch(words);
    expect(browser.kept().some((kept) => kept.endsWith(name))).toBe(
      name === 'mlc-chat-config.json' && problem === 'not-a-model',
    );
  });

  it.each<[string, Answer, string]>([
    ['a page', page, 'html'],
    ['text', () => new Response('no library'), 'not-a-model'],
    ['another WebAssembly', () => new Response('\0asm\x01\0\0\0'), 'library-mismatch'],
  ])('by %s in place of the library', async (_, answer, problem) => {
    browser.server.set(LIBRARY, answer);
    expect(await failure()).toMatchObject({
      problem,
      message: expect.stringMatching(/tiny\.wasm/),
    });
    expect(browser.kept().some((kept) => kept.startsWith('webllm/wasm'))).toBe(false);
  });

  it('by a lack of space is refused before it begins', async () => {
    browser.quota = 1000;
    const error = await failure();
    expect(error.problem).toBe('quota');
    expect(error.message).toMatch(/needs 0 MB more|tiny needs/);
    expect(browser.asked).not.toContain(shard(0));
  });

  it('by a lack of space that shows itself later', async () => {
    vi.stubGlobal('navigator', { onLine: true });
    browser.quota = 900;
    expect(await failure()).toMatchObject({ problem: 'quota' });
  });

  it('tells a network that is away from a server that does not allow this site', async () => {
    const refuse: Answer = () => Promise.reject(new TypeError('Failed to fetch'));
    browser.server.set(shard(0), refuse);
    expect(await failure()).toMatchObject({ problem: 'network', lasting: false });
    vi.stubGlobal('navigator', { onLine: false });
    expect((await failure()).message).toMatch(/offline/);
    vi.stubGlobal('navigator', { onLine: true });
    // The HEAD request that tells nothing is let through.
    let first = true;
    browser.server.set(shard(0), () => {
      const answer = first ? refuse() : new Response();
      first = false;
      return answer;
    });
    expect(await failure()).toMatchObject({ problem: 'cors', lasting: true });
  });

  it('where the browser keeps nothing', async () => {
    vi.stubGlobal('caches', undefined);
    expect(await failure()).toMatchObject({ problem: 'unsupported' });
  });
});

function status(code: number): Answer {
  return () => new Response('no', { status: code });
}

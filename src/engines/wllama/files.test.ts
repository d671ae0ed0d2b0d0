import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LoadProgress } from '../loaded-model';
import { turnOfEvents } from '../testing/held-model';
import { checksumOf } from './checksum';
import { downloadFiles, openFile, removeFile, storedFile } from './files';
import { breaks, fakeBrowser, serves, type FakeBrowser } from './testing/fake-browser';
import { ggufBytes, LLAMA } from './testing/gguf-bytes';

const OWN = 'https://own.example/models/a.gguf';
const OTHER = 'https://hub.example/a.gguf';
const BYTES = ggufBytes();
const NEWER = ggufBytes({ ...LLAMA, 'general.name': 'newer' });
const HALF = Math.floor(BYTES.length / 2);
const never = new AbortController().signal;

let browser: FakeBrowser;
beforeEach(() => (browser = fakeBrowser()));
afterEach(() => vi.unstubAllGlobals());

const download = async (
  urls: string | readonly string[],
  { sha256, signal = never }: { sha256?: string; signal?: AbortSignal } = {},
): Promise<LoadProgress[]> => {
  const reports: LoadProgress[] = [];
  const report = (progress: LoadProgress): number => reports.push(progress);
  await downloadFiles([urls].flat(), { report, signal, sha256 });
  return reports;
};

const bytesOf = async (url: string): Promise<Uint8Array> =>
  new Uint8Array(await (await openFile(url)).arrayBuffer());

describe('a download', () => {
  it('is kept, and not asked for again', async () => {
    browser.server.set(OWN, serves(BYTES));
    const reports = await download(OWN);
    expect(await bytesOf(OWN)).toEqual(BYTES);
    expect(await storedFile(OWN)).toEqual({ bytes: BYTES.length, complete: true });
    const total = BYTES.length;
    expect(reports[0]).toEqual({ phase: 'downloading', bytes: 0, total });
    expect(reports.at(-1)).toEqual({ phase: 'downloading', bytes: total, total });
    await download(OWN);
    expect(browser.asked).toEqual([`GET ${OWN}`]);
  });

  it.each([
    [OWN, `GET ${OWN} bytes=${HALF}- "1"`],
    // A foreign host would have to allow the condition first.
    [OTHER, `GET ${OTHER} bytes=${HALF}-`],
  ])('goes on where it broke off: %s', async (url, asked) => {
    browser.server.set(url, breaks(BYTES, HALF));
    await expect(download(url)).rejects.toMatchObject({ problem: 'network', lasting: false });
    expect(await storedFile(url)).toEqual({ bytes: HALF, complete: false });
    browser.server.set(url, serves(BYTES));
    const [first] = await download(url);
    expect(first).toMatchObject({ bytes: HALF });
    expect(await bytesOf(url)).toEqual(BYTES);
    expect(browser.asked.at(-1)).toBe(asked);
  });

  it('that ends early says so and goes on too', async () => {
    browser.server.set(OWN, breaks(BYTES, HALF, 'early'));
    await expect(download(OWN)).rejects.toMatchObject({ problem: 'truncated', lasting: false });
    browser.server.set(OWN, serves(BYTES));
    await download(OWN);
    expect(await bytesOf(OWN)).toEqual(BYTES);
  });

  it.each([
    ['has another version', NEWER, { etag: '"2"' }],
    ['knows no ranges', NEWER, { ranges: false }],
    ['has a shorter file', ggufBytes({}), {}],
  ])('begins anew where the server %s', async (_, bytes, how) => {
    for (const url of [OWN, OTHER]) {
      browser.server.set(url, breaks(BYTES, HALF));
      await expect(download(url)).rejects.toThrow();
      browser.server.set(url, serves(bytes, how));
      await download(url);
      expect(await bytesOf(url)).toEqual(bytes);
    }
  });

  it('is whole when nothing is missing but the note of it', async () => {
    browser.server.set(OWN, breaks(BYTES, BYTES.length));
    await expect(download(OWN)).rejects.toMatchObject({ problem: 'network' });
    browser.server.set(OWN, serves(BYTES));
    await download(OWN);
    expect(await storedFile(OWN)).toMatchObject({ complete: true });
  });

  it('of unknown length is whole at its end', async () => {
    browser.server.set(OWN, () => new Response(BYTES));
    await download(OWN);
    expect(await storedFile(OWN)).toEqual({ bytes: BYTES.length, complete: true });
  });

  it('does not take a compressed length for the file’s', async () => {
    const headers = { 'content-length': '5', 'content-encoding': 'gzip' };
    browser.server.set(OWN, () => new Response(BYTES, { headers }));
    await download(OWN);
    expect(await storedFile(OWN)).toEqual({ bytes: BYTES.length, complete: true });
  });

  it('stops at an abort and keeps what it has', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    browser.server.set(OWN, () => {
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          controller.enqueue(BYTES.slice(0, HALF));
          abort.abort(reason);
          controller.error(reason);
        },
      });
      return new Response(body, { headers: { 'content-length': String(BYTES.length) } });
    });
    await expect(download(OWN, { signal: abort.signal })).rejects.toBe(reason);
  });

  it('is made once where two ask for it', async () => {
    browser.server.set(OWN, serves(BYTES));
    const [, reports] = await Promise.all([download(OWN), download(OWN)]);
    expect(browser.asked).toEqual([`GET ${OWN}`]);
    expect(reports.at(-1)).toMatchObject({ bytes: BYTES.length });
  });

  it('holds all parts of a split model, and tells how far all of them are', async () => {
    const urls = [1, 2, 3].map((n) => `https://hub.example/a-0000${n}-of-00003.gguf`);
    for (const url of urls) browser.server.set(url, serves(BYTES));
    const reports = await download(urls);
    const total = 3 * BYTES.length;
    expect(reports[0]).toMatchObject({ bytes: 0, total });
    expect(reports.at(-1)).toMatchObject({ bytes: total, total });
    const joined = await checksumOf([new Blob([BYTES, BYTES, BYTES])], never);
    await download(urls, { sha256: joined });
  });
});

describe('a checksum', () => {
  it('is held against the file once', async () => {
    const sha256 = await checksumOf([new Blob([BYTES])], never);
    browser.server.set(OWN, serves(BYTES));
    const reports = await download(OWN, { sha256: sha256.toUpperCase() });
    expect(reports.at(-1)).toEqual({
      phase: 'checking',
      bytes: BYTES.length,
      total: BYTES.length,
    });
    expect(await download(OWN, { sha256 })).toEqual([]);
  });

  it('that differs deletes the file, also one that was stored before it was known', async () => {
    browser.server.set(OWN, serves(BYTES));
    await download(OWN);
    await expect(download(OWN, { sha256: 'aa' })).rejects.toMatchObject({
      problem: 'wrong-checksum',
      lasting: true,
    });
    expect(await storedFile(OWN)).toBeUndefined();
    expect(browser.disk.size).toBe(0);
  });
});

describe('deleting', () => {
  it('leaves nothing, twice', async () => {
    browser.server.set(OWN, serves(BYTES));
    await download(OWN);
    await removeFile(OWN);
    await removeFile(OWN);
    expect(browser.disk.size).toBe(0);
  });

  it('is refused while the file is being downloaded', async () => {
    let answer: (response: Response) => void = () => undefined;
    browser.server.set(OWN, () => new Promise((resolve) => (answer = resolve)));
    const under = download(OWN);
    await turnOfEvents();
    await expect(removeFile(OWN)).rejects.toMatchObject({ lasting: false });
    answer(new Response(BYTES));
    await under;
    expect(await storedFile(OWN)).toMatchObject({ complete: true });
  });
});

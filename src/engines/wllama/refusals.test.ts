import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { downloadFiles, storedFile } from './files';
import { fakeBrowser, serves, type FakeBrowser } from './testing/fake-browser';
import { ggufBytes } from './testing/gguf-bytes';

const OWN = 'https://own.example/models/a.gguf';
const OTHER = 'https://hub.example/a.gguf';
const BYTES = ggufBytes();

let browser: FakeBrowser;
beforeEach(() => (browser = fakeBrowser()));
afterEach(() => vi.unstubAllGlobals());

const download = (url: string): Promise<void> =>
  downloadFiles([url], { report: () => undefined, signal: new AbortController().signal });

describe('a download that is refused', () => {
  const answers = (url: string, body: string, init: ResponseInit = {}): void =>
    void browser.server.set(url, () => new Response(body, init));

  it.each([
    ['missing-file', 404],
    ['missing-file', 410],
    ['refused-key', 401],
    ['refused-key', 403],
    ['rate-limited', 429],
    ['server-error', 503],
  ])('is %s for HTTP %i', async (problem, status) => {
    answers(OWN, '', { status });
    await expect(download(OWN)).rejects.toMatchObject({ problem });
    expect(await storedFile(OWN)).toBeUndefined();
  });

  it('knows a web page by its name and by its beginning', async () => {
    answers(OWN, '<p>', { headers: { 'content-type': 'text/html; charset=utf-8' } });
    await expect(download(OWN)).rejects.toMatchObject({ problem: 'html' });
    answers(OWN, '\n<!doctype html>', { headers: { 'content-type': 'application/gguf' } });
    await expect(download(OWN)).rejects.toMatchObject({ problem: 'html' });
    expect(browser.disk.size).toBe(0);
  });

  it('knows at the first bytes what is no model', async () => {
    answers(OWN, 'version https://git-lfs.github.com/spec/v1', {
      headers: { 'content-type': 'text/plain' },
    });
    await expect(download(OWN)).rejects.toMatchObject({ problem: 'not-a-model' });
    expect(browser.disk.size).toBe(0);
  });

  it('tells a host that cannot be reached from one that does not share', async () => {
    await expect(download(OTHER)).rejects.toMatchObject({ problem: 'network', lasting: false });
    browser.server.set(`opaque ${OTHER}`, () => new Response());
    await expect(download(OTHER)).rejects.toMatchObject({ problem: 'cors', lasting: true });
  });

  it('finds no room, before and while it is written', async () => {
    browser.server.set(OWN, serves(BYTES));
    browser.quota = 10;
    await expect(download(OWN)).rejects.toMatchObject({ problem: 'quota' });
    browser.quota = 1e9;
    browser.room = 200;
    await expect(download(OWN)).rejects.toMatchObject({ problem: 'quota', lasting: true });
  });

  it('has no place', async () => {
    vi.stubGlobal('navigator', {
      storage: { getDirectory: async () => Promise.reject(new DOMException('', 'SecurityError')) },
    });
    await expect(download(OWN)).rejects.toMatchObject({ problem: 'unsupported' });
    expect(browser.asked).toEqual([]);
    expect(await storedFile(OWN)).toBeUndefined();
  });
});

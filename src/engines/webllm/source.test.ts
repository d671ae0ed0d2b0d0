import { hasModelInCache } from '@mlc-ai/web-llm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { targetOf } from './source';
import { fakeBrowser } from './testing/fake-browser';

const LIBRARY = 'https://me.test/lib.wasm';
const own = (url: string, library = LIBRARY) => targetOf({ model: 'mine', url, library });

afterEach(() => vi.unstubAllGlobals());

/** Whether WebLLM itself finds a model of this record whose files are in `folder`. */
function webllmFinds(url: string, folder: string): Promise<boolean> {
  const browser = fakeBrowser();
  const list = JSON.stringify({ records: [{ dataPath: 'params_shard_0.bin' }] });
  browser.put('webllm/model', `${folder}tensor-cache.json`, list);
  browser.put('webllm/model', `${folder}params_shard_0.bin`, 'weights');
  return hasModelInCache('mine', { model_list: [own(url).record] });
}

describe('addresses of a model', () => {
  it.each([
    ['https://me.test/models/tiny', 'https://me.test/models/tiny/'],
    ['https://me.test/models/tiny/', 'https://me.test/models/tiny/'],
    ['http://127.0.0.1:8000', 'http://127.0.0.1:8000/'],
    ['https://huggingface.co/me/tiny-MLC', 'https://huggingface.co/me/tiny-MLC/resolve/main/'],
    [
      'https://huggingface.co/me/tiny-MLC/resolve/v2',
      'https://huggingface.co/me/tiny-MLC/resolve/v2/',
    ],
    ['https://mirror.test/me/tiny/resolve/main/', 'https://mirror.test/me/tiny/resolve/main/'],
    ['https://me.test/tiny?download=1#here', 'https://me.test/tiny/'],
  ])('%s: its files are in %s, for WebLLM as well', async (url, folder) => {
    expect(own(url).folder).toBe(folder);
    expect(await webllmFinds(url, folder)).toBe(true);
    expect(await webllmFinds(url, `${folder}elsewhere/`)).toBe(false);
  });

  it('are those of the list for a prebuilt id', () => {
    const id = 'Qwen2.5-0.5B-Instruct-q4f32_1-MLC';
    const target = targetOf({ model: id });
    expect(target).toMatchObject({
      id: `webllm:${id}`,
      folder: `https://huggingface.co/mlc-ai/${id}/resolve/main/`,
      record: { model_id: id, overrides: { context_window_size: 4096 } },
    });
    expect(target.library).toMatch(/Qwen2-0\.5B.*\.wasm$/);
  });

  it('are part of the id of a self-hosted model', () => {
    const { id } = own('https://me.test/tiny');
    expect(id).toMatch(/^webllm:mine:[0-9a-f]{16}$/);
    expect(own('https://me.test/tiny/').id).toBe(id);
    expect(own('https://me.test/other').id).not.toBe(id);
    expect(own('https://me.test/tiny', 'https://me.test/other.wasm').id).not.toBe(id);
  });

  it.each([
    [{ model: 'no-such-model' }, 'not-found', /no-such-model/],
    [{ model: 'mine', url: 'https://me.test/tiny' }, 'bad-request', /library is missing/],
    [{ model: 'mine', library: LIBRARY }, 'bad-request', /folder is missing/],
    [{ model: 'mine', url: '/models/tiny', library: LIBRARY }, 'bad-request', /models\/tiny/],
    [{ model: 'mine', url: 'file:///tiny', library: LIBRARY }, 'bad-request', /file:/],
  ])('refuses %j in words', (source, problem, words) => {
    expect(() => targetOf(source)).toThrow(expect.objectContaining({ problem, lasting: true }));
    expect(() => targetOf(source)).toThrow(words);
  });
});

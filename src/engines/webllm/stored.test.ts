import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LoadProgress } from '../loaded-model';
import { downloadWebllm } from './download';
import { targetOf } from './source';
import { removeWebllm, storedWebllm, verifyWebllm } from './stored';
import {
  failLater,
  fakeBrowser,
  FOLDER,
  LIBRARY,
  serveModel,
  SHARDS,
  SOURCE,
  type FakeBrowser,
} from './testing/fake-browser';

let browser: FakeBrowser;
beforeEach(() => {
  browser = fakeBrowser();
  serveModel(browser);
});
afterEach(() => vi.unstubAllGlobals());

const whole = () => new AbortController().signal;
const download = () => downloadWebllm(SOURCE, () => undefined, whole(), []);
const shard = (i: number) => `${FOLDER}params_shard_${i}.bin`;

describe('what is stored of a model', () => {
  it('is nothing, a part, or all of it', async () => {
    expect(await storedWebllm(SOURCE)).toBeUndefined();
    failLater(browser);
    await expect(download()).rejects.toThrow();
    const part = await storedWebllm(SOURCE);
    expect(part).toMatchObject({ complete: false });
    expect(part!.bytes).toBeGreaterThan(1000);
    serveModel(browser);
    await download();
    expect(await storedWebllm(SOURCE)).toEqual({ bytes: part!.bytes + 500, complete: true });
  });

  it('is not whole with a shard of another length, or a list nobody can read', async () => {
    await download();
    browser.put('webllm/model', shard(0), 'short');
    expect(await storedWebllm(SOURCE)).toMatchObject({ complete: false });
    browser.put('webllm/model', shard(0), SHARDS[0]);
    expect(await storedWebllm(SOURCE)).toMatchObject({ complete: true });
    browser.put('webllm/model', `${FOLDER}tensor-cache.json`, '<!doctype html>');
    expect(await storedWebllm(SOURCE)).toMatchObject({ complete: false });
  });

  it('is nothing where only the library is here, which other models share', async () => {
    browser.put('webllm/wasm', LIBRARY, 'library');
    expect(await storedWebllm(SOURCE)).toBeUndefined();
  });

  it("is deleted without touching another model's", async () => {
    await download();
    browser.put('webllm/model', 'https://models.test/tiny-other/params_shard_0.bin', 'weights');
    browser.put('webllm/wasm', 'https://models.test/other.wasm', 'library');
    await removeWebllm(SOURCE);
    expect(browser.kept()).toEqual([
      'webllm/model https://models.test/tiny-other/params_shard_0.bin',
      'webllm/wasm https://models.test/other.wasm',
    ]);
    expect(await storedWebllm(SOURCE)).toBeUndefined();
  });

  it('leaves the library to another model that runs on it', async () => {
    const source = { model: 'Qwen2.5-0.5B-Instruct-q4f32_1-MLC' };
    const { folder, library } = targetOf(source);
    browser.put('webllm/wasm', library, 'library');
    browser.put('webllm/model', `${folder}params_shard_0.bin`, 'weights');
    const other = targetOf({ model: 'Qwen2.5-Coder-0.5B-Instruct-q4f32_1-MLC' });
    expect(other.library).toBe(library);
    const others = `${other.folder}params_shard_0.bin`;
    browser.put('webllm/model', others, 'weights');
    await removeWebllm(source);
    expect(browser.kept()).toEqual([`webllm/wasm ${library}`, `webllm/model ${others}`]);
    await removeWebllm({ model: 'Qwen2.5-Coder-0.5B-Instruct-q4f32_1-MLC' });
    expect(browser.kept()).toEqual([]);
  });

  it('is nothing where the browser keeps nothing', async () => {
    vi.stubGlobal('caches', undefined);
    expect(await storedWebllm(SOURCE)).toBeUndefined();
  });
});

describe('the check of stored weights', () => {
  const verify = (report: (progress: LoadProgress) => void = () => undefined) =>
    verifyWebllm(SOURCE, report, whole());

  it('says nothing of weights that are right, or of none', async () => {
    await verify();
    await download();
    const heard: LoadProgress[] = [];
    await verify((progress) => heard.push(progress));
    expect(heard.at(-1)).toEqual({ phase: 'checking', bytes: 1500, total: 1500 });
  });

  it('names a shard that was changed, deletes it alone, and a download mends it', async () => {
    await download();
    browser.put('webllm/model', shard(1), new Uint8Array(500).fill(7));
    await expect(verify()).rejects.toMatchObject({
      problem: 'wrong-checksum',
      message: expect.stringMatching(/params_shard_1\.bin/),
    });
    expect(browser.kept()).not.toContain(`webllm/model ${shard(1)}`);
    browser.asked.length = 0;
    expect(await download()).toMatchObject({ complete: true });
    expect(browser.asked).toEqual([shard(1)]);
    await verify();
  });

  it('names all shards that are wrong', async () => {
    await download();
    browser.put('webllm/model', shard(0), 'short');
    browser.put('webllm/model', shard(1), new Uint8Array(500).fill(7));
    await expect(verify()).rejects.toThrow(/params_shard_0\.bin has 5 bytes.*params_shard_1\.bin/);
  });

  it('can be stopped', async () => {
    await download();
    const abort = new AbortController();
    abort.abort(new Error('enough'));
    await expect(verifyWebllm(SOURCE, () => undefined, abort.signal)).rejects.toThrow('enough');
  });
});

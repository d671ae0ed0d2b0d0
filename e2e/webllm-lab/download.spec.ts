/** Our download into WebLLM's caches, in a real browser: no model needed, a folder like one will do. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { call, sourceIn } from './call';
import { startLab, type Lab } from './server';

test.describe('the download of a model', () => {
  let folder: string;
  let lab: Lab;

  test.beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'webllm-model-'));
    const shards = [1, 2, 3].map((fill) => Buffer.alloc(3_000_000, fill));
    const records = shards.map((bytes, i) => ({
      dataPath: `params_shard_${i}.bin`,
      nbytes: bytes.byteLength,
      md5sum: createHash('md5').update(bytes).digest('hex'),
      records: [],
    }));
    shards.forEach((bytes, i) => writeFileSync(join(folder, `params_shard_${i}.bin`), bytes));
    const files = {
      'tensor-cache.json': JSON.stringify({ metadata: {}, records }),
      'mlc-chat-config.json': JSON.stringify({ tokenizer_files: ['tokenizer.json'] }),
      'tokenizer.json': '{}',
      'library.wasm': '\0asm\x01\0\0\0 TVMWasmAllocSpace',
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    lab = await startLab(folder);
  });
  test.afterAll(async () => {
    await lab.close();
    rmSync(folder, { recursive: true });
  });
  test.beforeEach(async ({ page }) => {
    Object.assign(lab, { offline: false });
    lab.faults.clear();
    lab.asked.length = 0;
    await page.goto(lab.origin);
  });

  test('is refused in words where there is no graphics card', async ({ page }) => {
    const hasGpu = await page.evaluate(async () => {
      type Gpu = { requestAdapter(): Promise<unknown> } | undefined;
      const { navigator } = globalThis as unknown as { navigator: { gpu: Gpu } };
      return Boolean(await navigator.gpu?.requestAdapter());
    });
    test.skip(hasGpu, 'this machine has one');
    const { failure } = await call(page, 'load', sourceIn(lab));
    expect(failure).toMatchObject({ problem: 'no-webgpu' });
    expect(lab.asked).toEqual([]);
  });

  for (const [fault, problem] of [
    ['missing', 'missing-file'],
    ['page', 'html'],
    ['cut', 'network'],
    ['short', 'truncated'],
    ['garbled', 'wrong-checksum'],
  ] as const) {
    test(`with a shard that is ${fault} names it, keeps none of it, and can go on`, async ({
      page,
    }) => {
      const shard = 'params_shard_1.bin';
      lab.faults.set(shard, fault);
      const { failure } = await call(page, 'download', sourceIn(lab), []);
      expect(failure).toMatchObject({ problem });
      expect(failure!.message).toContain(shard);
      expect((await call(page, 'stored', sourceIn(lab))).value).toMatchObject({ complete: false });

      lab.faults.clear();
      lab.asked.length = 0;
      const { value } = await call(page, 'download', sourceIn(lab));
      expect(value).toMatchObject({ complete: true });
      expect(lab.asked).toContain(shard);
      expect(lab.asked).not.toContain('mlc-chat-config.json');

      Object.assign(lab, { offline: true });
      expect((await call(page, 'download', sourceIn(lab))).ok).toBe(true);
      expect((await call(page, 'verify', sourceIn(lab))).ok).toBe(true);
      await call(page, 'remove', sourceIn(lab));
      expect((await call(page, 'stored', sourceIn(lab))).value).toBeUndefined();
    });
  }

  test('can be cancelled, and a shard gone bad on the disk is found', async ({ page }) => {
    const stopped = await call(page, 'download', sourceIn(lab), { until: { reports: 1 } });
    expect(stopped.failure?.name).toBe('AbortError');
    await call(page, 'download', sourceIn(lab));
    await call(page, 'spoil', `${lab.origin}/model/params_shard_2.bin`);
    const { failure } = await call(page, 'verify', sourceIn(lab));
    expect(failure).toMatchObject({ problem: 'wrong-checksum' });
    lab.asked.length = 0;
    await call(page, 'download', sourceIn(lab));
    expect(lab.asked).toEqual(['params_shard_2.bin']);
  });
});

/**
 * WebLLM loads a model and writes, on Chromium's software adapter: minutes, so only where there is a
 * model to load. Without one, `webllm-lab/download.spec.ts` tests what needs none.
 *
 *   WEBLLM_FIXTURE=/models/tiny npx playwright test e2e/webllm.spec.ts
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { call, sourceIn } from './webllm-lab/call';
import { startLab } from './webllm-lab/server';

/** A folder as published ones are, with its library in it as `library.wasm`. */
const FIXTURE = process.env['WEBLLM_FIXTURE'];
/** Another installed `@mlc-ai/web-llm`, where the library was compiled for that. */
const PACKAGE = process.env['WEBLLM_PACKAGE'];

test.skip(
  FIXTURE === undefined,
  'needs WEBLLM_FIXTURE: a folder with a model for WebLLM and its library.wasm',
);
test.setTimeout(40 * 60_000);
test.use({
  launchOptions: [
    async ({ launchOptions }, use) => {
      const gpu = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
      await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...gpu] });
    },
    { scope: 'worker' },
  ],
});

test('downloads, loads with the network cut, answers, is stopped and unloaded', async ({
  page,
}) => {
  const lab = await startLab(FIXTURE, PACKAGE);
  const source = sourceIn(lab);
  const config = readFileSync(join(FIXTURE!, 'mlc-chat-config.json'), 'utf8');
  const isEmbedding = (JSON.parse(config) as { model_type?: string }).model_type === 'bert';
  await page.goto(lab.origin);

  const downloaded = await call(page, 'download', source);
  expect(downloaded.value).toMatchObject({ complete: true });
  Object.assign(lab, { offline: true });

  // Patience for a software adapter on a busy machine.
  const options = { fill: true, silentSeconds: 900, interruptSeconds: 900 };
  const loaded = await call(page, 'load', source, options);
  expect(loaded.failure).toBeUndefined();
  expect(loaded.value).toMatchObject({ slots: 1, usesGpu: true, embeds: isEmbedding });
  const phases = new Set(loaded.progress.map(({ phase }) => phase));
  expect([...phases]).toEqual(['loading', 'compiling']);
  console.log(`loaded in ${loaded.milliseconds} ms`);

  const hi = [{ role: 'user', content: 'hi' }];
  if (isEmbedding) {
    const first = await call(page, 'embed', ['hello world', 'the cat']);
    const second = await call(page, 'embed', ['hello world', 'the cat']);
    expect(first.value).toHaveLength(2);
    expect(second.value).toEqual(first.value);
    console.log(`embedded two texts in ${second.milliseconds} ms`);
  } else {
    const answer = await call(page, 'complete', hi, { maxTokens: 3, seed: 1 });
    expect(answer.failure).toBeUndefined();
    expect(answer.value).toMatchObject({ finishReason: 'length' });
    expect(answer.texts.length).toBeGreaterThan(1);
    console.log(`tokens after ${answer.texts.map(({ at }) => at).join(', ')} ms`);

    const stopped = await call(page, 'complete', hi, { maxTokens: 50 }, { until: { pieces: 1 } });
    expect(stopped.failure?.name).toBe('AbortError');
    // The model is free for the next call, and greedy answers do not depend on the seed.
    const again = await call(page, 'complete', hi, { maxTokens: 3, seed: 2 });
    expect((again.value as { text: string }).text).toBe((answer.value as { text: string }).text);
  }

  expect((await call(page, 'unload')).ok).toBe(true);
  const { failure } = isEmbedding
    ? await call(page, 'embed', ['hello'])
    : await call(page, 'complete', hi, {});
  expect(failure).toMatchObject({ problem: 'not-loaded' });
  await lab.close();
});

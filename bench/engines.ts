/**
 * What our path (queue, cache, worker, port) adds to a call of a language model, and what a call from
 * the cache takes: in Chromium, on SmolLM2 through wllama, beside the bare package in turns.
 */
import { existsSync, readdirSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { createServer } from 'vite';
import type { CallTimes } from './engines-page/call-times';
import { median, type Figure } from './timing';

const ROUNDS = 24;
const FOLDER = 'public/models';

export async function benchEngines(): Promise<Figure[]> {
  const file = existsSync(FOLDER) && readdirSync(FOLDER).find((name) => name.endsWith('.gguf'));
  if (!file) {
    process.stderr.write('engines: no model in public/models; `npm run model` fetches one.\n');
    return [];
  }
  const server = await createServer({ server: { port: 0 }, logLevel: 'error' });
  await server.listen();
  const executablePath = process.env['CHROME_PATH'] ?? '/usr/bin/chromium';
  const browser = await chromium.launch({
    args: ['--no-sandbox'],
    ...(existsSync(executablePath) && { executablePath }),
  });
  try {
    const page = await browser.newPage();
    await page.goto(new URL('bench/engines-page/index.html', server.resolvedUrls!.local[0]).href);
    await page.waitForFunction('globalThis.measureCalls !== undefined');
    const times = (await page.evaluate(`measureCalls('/models/${file}', ${ROUNDS})`)) as CallTimes;
    return figures(times);
  } finally {
    await browser.close();
    await server.close();
  }
}

function figures({ ours, engine, direct, tokensPerSecond, hits }: CallTimes): Figure[] {
  const added = ours.map((time, i) => time - engine[i]!);
  const ratio = ours.map((time, i) => time / direct[i]!);
  return [
    { name: 'a call on our path', value: median(ours), unit: 'ms' },
    { name: 'of these in the engine', value: median(engine), unit: 'ms' },
    { name: 'added by our path', value: median(added), unit: 'ms' },
    { name: 'added, share of a call', value: (100 * median(added)) / median(ours), unit: '%' },
    { name: 'the same calls on the bare package', value: median(direct), unit: 'ms' },
    { name: 'our path over the bare package, median ratio', value: median(ratio), unit: '×' },
    { name: 'a call from the cache', value: median(hits), unit: 'ms' },
    { name: 'tokens a second, prompt reading included', value: tokensPerSecond, unit: 'tokens/s' },
  ];
}

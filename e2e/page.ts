/** What the end-to-end tests need of the page, by its accessible names. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, type Page } from '@playwright/test';
import type { RunResult } from '../src/core/run/run-event';

/** Opens the page with a seed and a budget and fails the test on any request to another host. */
export async function openPage(page: Page, seed = 1, budget = 400): Promise<{ foreign: string[] }> {
  const foreign: string[] = [];
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (!['blob:', 'data:'].includes(protocol) && hostname !== 'localhost') {
      foreign.push(request.url());
    }
  });
  await page.goto(`./#seed=${seed}&budget=${budget}`);
  return { foreign };
}

export function status(page: Page): Promise<string | null> {
  return page.getByRole('main').getAttribute('data-status');
}

export async function waitForStatus(page: Page, wanted: string, timeout = 180_000): Promise<void> {
  await expect(page.getByRole('main')).toHaveAttribute('data-status', wanted, { timeout });
}

export async function downloadResult(page: Page): Promise<RunResult> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download configuration' }).click(),
  ]);
  return JSON.parse(await readFile(await download.path(), 'utf8')) as RunResult;
}

/** The same run without a browser. */
export async function headlessResult(args: readonly string[]): Promise<RunResult> {
  const { stdout } = await promisify(execFile)(
    'npx',
    ['tsx', 'bench/optimize.ts', ...args, '--json', '-'],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  return JSON.parse(stdout) as RunResult;
}

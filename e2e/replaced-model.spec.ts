/** A run whose model is gone goes on with another one, and is taken up on that one. */
import { expect, test, type Page } from '@playwright/test';
import { cardOf, openView, useServer } from './models-page';
import { OpenaiServer } from './openai-server';
import { downloadResult, openPage, waitForStatus } from './page';

let first: OpenaiServer;
let second: OpenaiServer;
test.beforeEach(async () => {
  [first, second] = await Promise.all([OpenaiServer.start(), OpenaiServer.start()]);
});
test.afterEach(() => Promise.all([first.stop(), second.stop()]));

async function connectOther(page: Page): Promise<void> {
  await page.getByLabel('Base address').fill(second.baseUrl);
  await page.getByRole('button', { name: 'List models' }).click();
  await expect(page.getByText(/The server lists \d/)).toBeVisible();
  await page.getByLabel('Model', { exact: true }).selectOption('other');
  await page.getByRole('button', { name: 'Add server model' }).click();
  const card = cardOf(page, 'other');
  await card.getByRole('button', { name: 'Connect' }).click();
  await card.getByRole('button', { name: 'Use for runs' }).click();
}

test('a run whose server refuses goes on with another model, also after a reload', async ({
  page,
}) => {
  test.setTimeout(240_000);
  await openPage(page, 1, 120, '&validation=n8&test=n8');
  await useServer(page, first.baseUrl, 'reader');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect.poll(() => first.answered, { timeout: 60_000 }).toBeGreaterThan(150);
  first.manners.refuse = 401;
  const stall = page.getByRole('alert').filter({ hasText: 'The run waits for its model' });
  await expect(stall).toBeVisible({ timeout: 30_000 });
  await stall.getByRole('button', { name: 'Choose another model' }).click();
  await connectOther(page);
  await openView(page, 'Runs');
  expect(second.calls).toEqual([]);
  await stall.getByRole('button', { name: 'Go on with other' }).click();
  await expect(stall).toBeHidden();
  await expect.poll(() => second.answered, { timeout: 30_000 }).toBeGreaterThan(20);
  const before = first.calls.length;
  second.manners.delay = 300;
  await page.reload();
  await expect(page.getByText('broke off with its tab and goes on')).toBeVisible();
  const known = second.answered;
  await expect.poll(() => second.answered, { timeout: 30_000 }).toBeGreaterThan(known);
  second.manners.delay = 0;
  await waitForStatus(page, 'finished', 120_000);
  await expect(page.getByText(/another model took over/)).toBeVisible();
  expect(first.calls.length).toBe(before);
  const result = await downloadResult(page);
  expect(result.engine).toContain('/other');
  expect(result.enginesBefore).toEqual([expect.stringContaining('/reader')]);
});

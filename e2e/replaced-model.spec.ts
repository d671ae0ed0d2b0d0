/** A run whose model is gone goes on with another one, and is taken up on that one. */
import { expect, test } from '@playwright/test';
import { connectServer, openView, useServer } from './models-page';
import { OpenaiServer } from './openai-server';
import { downloadResult, openPage, waitForStatus } from './page';

let first: OpenaiServer;
let second: OpenaiServer;
test.beforeEach(async () => {
  [first, second] = await Promise.all([OpenaiServer.start(), OpenaiServer.start()]);
});
test.afterEach(() => Promise.all([first.stop(), second.stop()]));

test('a run whose server refuses goes on with another model, also after a reload', async ({
  page,
}) => {
  test.setTimeout(240_000);
  await openPage(page, 1, 120, '&validation=n8&test=n8');
  await useServer(page, first.baseUrl, 'reader');
  first.manners.after = 150;
  first.manners.refuse = 401;
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const stall = page.getByRole('alert').filter({ hasText: 'The run waits for its model' });
  await expect(stall).toBeVisible({ timeout: 60_000 });
  expect(first.answered).toBe(150);
  await stall.getByRole('button', { name: 'Choose another model' }).click();
  await (await connectServer(page, second.baseUrl, 'other')).click();
  await openView(page, 'Runs');
  expect(second.calls).toEqual([]);
  second.manners.after = 20;
  second.manners.delay = 300;
  await stall.getByRole('button', { name: 'Go on with other' }).click();
  await expect(stall).toBeHidden();
  await expect.poll(() => second.answered, { timeout: 30_000 }).toBeGreaterThan(20);
  const before = first.calls.length;
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

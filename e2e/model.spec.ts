/** A real small language model in the page: SmolLM2-135M-Instruct through wllama. */
import { existsSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { cardOf, openView } from './models-page';
import { downloadResult, openPage, waitForStatus } from './page';

const FILE = 'public/models/SmolLM2-135M-Instruct-Q4_1.gguf';

test.skip(!existsSync(FILE), `there is no ${FILE}: \`npm run model\` fetches it`);

const card = (page: Page) => cardOf(page, /SmolLM2-135M-Instruct/);

async function loaded(page: Page): Promise<void> {
  await openView(page, 'Models');
  await card(page).getByRole('button', { name: 'Download' }).click();
  await card(page).getByRole('button', { name: 'Load' }).click({ timeout: 60_000 });
  await expect(card(page).getByRole('button', { name: 'Self-test' })).toBeVisible({
    timeout: 60_000,
  });
}

test('is downloaded, loaded and tested, and no host but this one is asked', async ({ page }) => {
  const { foreign } = await openPage(page);
  await loaded(page);
  await card(page).getByRole('button', { name: 'Self-test' }).click();
  await expect(card(page).getByText(/tokens a second/)).toBeVisible({ timeout: 60_000 });
  // Kept on this machine: after a reload nobody is asked for it.
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('.gguf')) asked.push(request.url());
  });
  await page.reload();
  await card(page).getByRole('button', { name: 'Load' }).click();
  await expect(card(page).getByRole('button', { name: 'Use for runs' })).toBeVisible({
    timeout: 60_000,
  });
  expect(asked).toEqual([]);
  await card(page).getByRole('button', { name: 'Unload' }).click();
  await card(page).getByRole('button', { name: 'Delete' }).click();
  await card(page)
    .getByRole('button', { name: /Delete \d/ })
    .click();
  await expect(card(page).getByRole('button', { name: 'Download' })).toBeVisible();
  expect(foreign).toEqual([]);
});

test('answers the components of multihop-qa and finishes a short run', async ({ page }) => {
  const { foreign } = await openPage(page, 1, 20, '&validation=n8&test=n8');
  await loaded(page);
  await card(page).getByRole('button', { name: 'Use for runs' }).click();
  await openView(page, 'Run');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByText(/The model writes/)).toBeVisible({ timeout: 60_000 });
  await waitForStatus(page, 'finished', 600_000);
  const result = await downloadResult(page);
  expect(result.engine).toMatch(/^wllama:SmolLM2-135M-Instruct/);
  expect(result.budget.modelCalls).toBeGreaterThan(20);
  expect(result.budget.tokens).toBeGreaterThan(1000);
  expect(result.test.n + result.test.failed).toBe(8);
  expect(foreign).toEqual([]);
});

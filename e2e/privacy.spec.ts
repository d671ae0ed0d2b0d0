/** Which hosts are asked, and when: what README's privacy paragraph says, and nothing else. */
import { expect, test, type Page } from '@playwright/test';
import { cardOf, openView, useServer } from './models-page';
import { OpenaiServer } from './openai-server';
import { openPage } from './page';

/** Every request of the page and its workers to another host than the page's; none gets through. */
async function hostsAsked(page: Page): Promise<Set<string>> {
  const hosts = new Set<string>();
  await page.context().route(
    ({ protocol, hostname }) => protocol.startsWith('http') && hostname !== 'localhost',
    async (route) => {
      hosts.add(new URL(route.request().url()).host);
      await route.abort('connectionfailed');
    },
  );
  return hosts;
}

test('the list of models, a search in it and the forms ask nobody', async ({ page }) => {
  const hosts = await hostsAsked(page);
  const { foreign } = await openPage(page);
  await openView(page, 'Models');
  await page.getByLabel('Fits this machine').uncheck();
  await page.getByRole('button', { name: /Show all/ }).click();
  await page.getByLabel('Search').fill('llama');
  await page.getByLabel('Base address').fill('https://models.example/v1');
  await page.waitForTimeout(500);
  expect([...hosts]).toEqual([]);
  expect(foreign).toEqual([]);
});

test('a WebLLM model asks the model hub and the host of its library, after Download only', async ({
  browser,
}) => {
  // A GPU in software would be refused, and so would be the download.
  const page = await (await browser.newContext()).newPage();
  await page.addInitScript(() => {
    const limits = { maxBufferSize: 2 ** 32, maxStorageBufferBindingSize: 2 ** 31 };
    const adapter = { info: { vendor: 'test' }, features: new Set(['shader-f16']), limits };
    const { navigator } = globalThis as unknown as { readonly navigator: object };
    Object.defineProperty(navigator, 'gpu', { value: { requestAdapter: async () => adapter } });
  });
  const hosts = await hostsAsked(page);
  await openPage(page);
  await openView(page, 'Models');
  const card = cardOf(page, /./).filter({ hasText: 'WebLLM' }).first();
  await expect(card).toBeVisible();
  expect([...hosts]).toEqual([]);
  await card.getByRole('button', { name: 'Download' }).click();
  await expect(card.getByRole('button', { name: 'Retry' })).toBeVisible({ timeout: 30_000 });
  for (const host of hosts) expect(['huggingface.co', 'raw.githubusercontent.com']).toContain(host);
  expect(hosts.size).toBeGreaterThan(0);
  await page.context().close();
});

test('a model file asks the host of its address alone, a server the one that was typed', async ({
  page,
}) => {
  const hosts = await hostsAsked(page);
  const server = await OpenaiServer.start();
  await openPage(page);
  await openView(page, 'Models');
  await page.getByLabel('Or its address').fill('https://files.example/tiny.gguf');
  await page.getByRole('button', { name: 'Add file' }).click();
  const card = cardOf(page, /tiny/);
  await card.getByRole('button', { name: 'Download' }).click();
  await expect(card.getByText('files.example did not answer')).toBeVisible({ timeout: 30_000 });
  expect([...hosts]).toEqual(['files.example']);
  await useServer(page, server.baseUrl, 'reader');
  expect([...hosts]).toEqual(['files.example']);
  await server.stop();
});

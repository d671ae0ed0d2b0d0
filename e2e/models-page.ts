/** What the end-to-end tests need of the view of models, by its accessible names. */
import { expect, type Locator, type Page } from '@playwright/test';

type View = 'Runs' | 'Models';

export async function openView(page: Page, view: View): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('link', { name: view, exact: true })
    .click();
}

/** The card of a model. */
export function cardOf(page: Page, name: string | RegExp): Locator {
  return page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) });
}

/** Adds a model of an OpenAI-compatible server in the view of models, and connects it. */
export async function connectServer(page: Page, baseUrl: string, model: string): Promise<Locator> {
  await page.getByLabel('Base address').fill(baseUrl);
  await page.getByRole('button', { name: 'List models' }).click();
  await expect(page.getByText(/The server lists \d/)).toBeVisible();
  await page.getByLabel('Model', { exact: true }).selectOption(model);
  await page.getByRole('button', { name: 'Add server model' }).click();
  const card = cardOf(page, model);
  await card.getByRole('button', { name: 'Connect' }).click();
  const use = card.getByRole('button', { name: 'Use for runs' });
  await expect(use).toBeVisible();
  return use;
}

/** Connects such a model and has runs use it. */
export async function useServer(page: Page, baseUrl: string, model: string): Promise<void> {
  await openView(page, 'Models');
  await (await connectServer(page, baseUrl, model)).click();
  await expect(page.getByText(`Runs use ${model}`).first()).toBeVisible();
  await openView(page, 'Runs');
}

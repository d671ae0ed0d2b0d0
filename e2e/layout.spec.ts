/** What every visitor needs: names of controls, a page as wide as the window, contrast in both themes. */
import { expect, test } from '@playwright/test';
import { inPage, openPage, waitForStatus } from './page';

for (const theme of ['light', 'dark'] as const) {
  test(`the ${theme} page is named, narrow and legible, options open, before and after a run`, async ({
    page,
  }) => {
    await page.setViewportSize({ width: 360, height: 760 });
    await openPage(page, 1, 100, '&mode=paper&features=use&componentChoice=round-robin');
    await expect(page.getByText('question_rewriter').first()).toBeVisible();
    await page.getByText(theme === 'light' ? 'Light' : 'Dark', { exact: true }).click();
    await page.getByText(/^Options/).click();
    const selects = page.locator('select');
    await expect(selects).toHaveCount(9);
    for (const select of await selects.all()) {
      await expect(select).toHaveAccessibleName(/\w/);
      await expect(select).toHaveAccessibleDescription(/\.$/);
    }
    expect(await inPage(page, 'unnamed')).toEqual([]);
    expect(await inPage(page, 'overflow')).toBe(0);
    expect((await inPage(page, 'faintest')).ratio).toBeGreaterThanOrEqual(4.5);

    await page.getByLabel('Features', { exact: true }).selectOption('dense');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await waitForStatus(page, 'finished');
    await inPage(page, 'openAll');
    await expect(page.getByRole('table').first()).toBeVisible();
    expect(await inPage(page, 'unnamed')).toEqual([]);
    expect(await inPage(page, 'overflow')).toBe(0);
    const { ratio, text } = await inPage(page, 'faintest');
    expect(ratio, text).toBeGreaterThanOrEqual(4.5);
  });
}

test('a file before its use is named, narrow and legible', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 760 });
  await openPage(page, 1, 100, '&system=evidence-qa');
  await expect(page.getByTestId('references')).toBeVisible();
  const rows = Array.from({ length: 20 }, (_, i) =>
    JSON.stringify({ ask: `Does rest ${i} help?`, text: `It did in study ${i}.`, label: 'yes' }),
  );
  await page.getByLabel(/your own data/i).setInputFiles({
    name: 'a-file-with-a-rather-long-name-that-does-not-fit-into-one-line.jsonl',
    mimeType: 'application/jsonl',
    buffer: Buffer.from(rows.join('\n')),
  });
  await expect(page.getByRole('region', { name: /Before it is used/ })).toBeVisible();
  await inPage(page, 'openAll');
  expect(await inPage(page, 'unnamed')).toEqual([]);
  expect(await inPage(page, 'overflow')).toBe(0);
  const { ratio, text } = await inPage(page, 'faintest');
  expect(ratio, text).toBeGreaterThanOrEqual(4.5);
});

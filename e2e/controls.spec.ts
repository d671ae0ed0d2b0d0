/** Run, Pause, Resume, Step, Stop and Reset, by mouse and by keyboard. */
import { expect, test } from '@playwright/test';
import { openPage, waitForStatus } from './page';

test('pause holds the run, resume goes on, stop ends it, reset clears it', async ({ page }) => {
  // Long enough that no machine ends it before somebody has looked.
  await openPage(page, 1, 1000);
  const used = page.getByTestId('budget-used');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(used).not.toHaveText(/^0(\.0)?\b/);
  await page.getByRole('button', { name: 'Pause' }).click();
  await waitForStatus(page, 'paused');
  // What was under way comes to its end.
  await page.waitForTimeout(1500);
  const held = await used.innerText();
  await page.waitForTimeout(600);
  expect(await used.innerText()).toBe(held);

  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(used).not.toHaveText(held);
  await page.getByRole('button', { name: 'Stop' }).click();
  await waitForStatus(page, 'stopped');
  await page.getByRole('button', { name: 'Reset' }).click();
  await waitForStatus(page, 'idle');
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeEnabled();
});

test('a step runs to the next measurement and pauses; the keyboard is enough', async ({ page }) => {
  await openPage(page);
  await page.getByRole('button', { name: 'Step' }).focus();
  await page.keyboard.press('Enter');
  await waitForStatus(page, 'paused');
  await expect(page.getByRole('img', { name: /reward/i }).first()).toBeVisible();
  await expect(page.getByTestId('budget-used')).toHaveText(/^0 of 400/);
  await expect(page.getByTestId('change')).toHaveCount(0);
});

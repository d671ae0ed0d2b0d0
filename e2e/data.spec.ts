/** The user's own data: taken when it is good, refused in one message when it is not. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { openPage, waitForStatus } from './page';

const HOTPOT = resolve('../shared/data/hotpotqa-dev.jsonl');

function row(id: number, answer: unknown = `Answer ${id}`): string {
  return JSON.stringify({
    id: `q${id}`,
    question: `Which word stands in passage ${id}?`,
    answer,
    context: [[`Title ${id}`, [`Passage ${id} has the word Answer ${id}.`]]],
  });
}

test('a broken file is refused with its line, and what was loaded stays', async ({ page }) => {
  await openPage(page);
  await expect(page.getByTestId('data-summary')).toContainText('613');
  const lines = Array.from({ length: 20 }, (_, i) => row(i));
  lines[6] = row(6, 42);
  await page.getByLabel(/your own data/i).setInputFiles({
    name: 'broken.jsonl',
    mimeType: 'application/jsonl',
    buffer: Buffer.from(lines.join('\n')),
  });
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('line 7');
  await expect(alert).toContainText('answer');
  await expect(page.getByTestId('data-summary')).toContainText('613');
});

test('a real HotpotQA file runs to the end', async ({ page }) => {
  test.skip(!existsSync(HOTPOT), 'the HotpotQA rows are not on this machine');
  await openPage(page, 1, 200);
  await page.getByLabel(/your own data/i).setInputFiles(HOTPOT);
  await expect(page.getByTestId('data-summary')).toContainText('hotpotqa-dev.jsonl');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await waitForStatus(page, 'finished');
  await expect(page.getByTestId('test-final')).toHaveText(/0\.\d+/);
});

/** The user's own data: shown before they are used, taken when good, refused in words when not. */
import { expect, test } from '@playwright/test';
import { openPage, waitForStatus } from './page';

function row(id: number, answer: unknown = `Answer ${id}`): string {
  return JSON.stringify({
    id: `q${id}`,
    question: `Which word stands in passage ${id}?`,
    answer,
    context: [[`Title ${id}`, [`Passage ${id} has the word Answer ${id}.`]]],
  });
}

const jsonl = (text: string, name = 'broken.jsonl') => ({
  name,
  mimeType: 'application/jsonl',
  buffer: Buffer.from(text),
});

test('a bad row is told with its line, left out, and nothing is used before it is wanted', async ({
  page,
}) => {
  await openPage(page);
  await expect(page.getByTestId('data-summary')).toContainText('613');
  const lines = Array.from({ length: 20 }, (_, i) => row(i));
  lines[6] = row(6, 42);
  await page.getByLabel(/your own data/i).setInputFiles(jsonl(lines.join('\n')));
  const preview = page.getByRole('region', { name: /Before it is used/ });
  await expect(preview).toContainText('line 7');
  await expect(preview).toContainText('Which word stands in passage 3?');
  await expect(page.getByTestId('data-summary')).toContainText('613');
  await preview.getByRole('button', { name: 'Use these data' }).click();
  await expect(page.getByTestId('data-summary')).toContainText('broken.jsonl');
  await expect(page.getByTestId('data-summary')).toContainText('1 of 20 rows was left out');
});

test('files that cannot be used are refused in words, and what was loaded stays', async ({
  page,
}) => {
  await openPage(page);
  await expect(page.getByTestId('data-summary')).toContainText('613');
  const choose = (text: string | Buffer, name: string) =>
    page.getByLabel(/your own data/i).setInputFiles({
      name,
      mimeType: 'text/plain',
      buffer: Buffer.from(text),
    });
  const alert = page.getByRole('alert');
  await choose(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 'latin.jsonl');
  await expect(alert).toContainText(/UTF-8/);
  const study = {
    question: 'Does it help?',
    context: { contexts: ['It did.'] },
    final_decision: 'yes',
  };
  await choose(Array.from({ length: 20 }, () => JSON.stringify(study)).join('\n'), 'studies.jsonl');
  await expect(alert).toContainText(/PubMedQA/);
  await choose('', 'empty.jsonl');
  await expect(alert).toBeVisible();
  await expect(page.getByTestId('data-summary')).toContainText('613');
  await page.getByRole('button', { name: /Close|Cancel/ }).click();
  await expect(alert).toBeHidden();
});

test('columns of one’s own are mapped, by guess and by hand', async ({ page }) => {
  await openPage(page, 1, 20, '&validation=n4&test=n4');
  const rows = Array.from(
    { length: 24 },
    (_, i) =>
      `"Which river flows through Town ${i}?",River ${i},"Town ${i}: It lies on River ${i}."`,
  );
  await page
    .getByLabel(/your own data/i)
    .setInputFiles(jsonl(['ask,solution,source', ...rows].join('\n'), 'mine.csv'));
  const use = page.getByRole('button', { name: 'Use these data' });
  await expect(use).toBeDisabled();
  await page.getByRole('combobox', { name: /question/i }).selectOption('ask');
  await page.getByRole('combobox', { name: /answer/i }).selectOption('solution');
  await page.getByRole('combobox', { name: /context/i }).selectOption('source');
  await expect(use).toBeEnabled();
  await use.click();
  await expect(page.getByTestId('data-summary')).toContainText('mine.csv');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await waitForStatus(page, 'finished');
});

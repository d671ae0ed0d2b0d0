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

/** Real questions, each with a passage: short enough for a small model on a processor. */
const FACTS = [
  ['Which river flows through Vienna?', 'Danube', 'Vienna', 'Vienna lies on the river Danube.'],
  ['Which river flows through Paris?', 'Seine', 'Paris', 'Paris lies on the river Seine.'],
  ['Which river flows through Cologne?', 'Rhine', 'Cologne', 'Cologne lies on the river Rhine.'],
  ['Which river flows through Dresden?', 'Elbe', 'Dresden', 'Dresden lies on the river Elbe.'],
  [
    'Who wrote Hamlet?',
    'William Shakespeare',
    'Hamlet',
    'Hamlet is a play by William Shakespeare.',
  ],
  ['Who wrote Emma?', 'Jane Austen', 'Emma', 'Emma is a novel by Jane Austen.'],
  ['Who wrote Ulysses?', 'James Joyce', 'Ulysses', 'Ulysses is a novel by James Joyce.'],
  [
    'Who painted Guernica?',
    'Pablo Picasso',
    'Guernica',
    'Guernica is a painting by Pablo Picasso.',
  ],
  ['What is the capital of Norway?', 'Oslo', 'Norway', 'The capital of Norway is Oslo.'],
  ['What is the capital of Peru?', 'Lima', 'Peru', 'The capital of Peru is Lima.'],
  ['What is the capital of Kenya?', 'Nairobi', 'Kenya', 'The capital of Kenya is Nairobi.'],
  ['What is the capital of Japan?', 'Tokyo', 'Japan', 'The capital of Japan is Tokyo.'],
] as const;

function questionFile(): string {
  return FACTS.map(([question, answer, title, sentence], i) =>
    JSON.stringify({ id: `q${i}`, question, answer, context: [[title, [sentence]]] }),
  ).join('\n');
}

test('answers the components of multihop-qa and finishes a short run', async ({ page }) => {
  test.setTimeout(1_200_000);
  const { foreign } = await openPage(page, 1, 12, '&validation=n2&test=n2');
  await page.getByLabel(/your own data/i).setInputFiles({
    name: 'facts.jsonl',
    mimeType: 'application/json',
    buffer: Buffer.from(questionFile()),
  });
  await page.getByRole('button', { name: 'Use these data' }).click();
  await expect(page.getByTestId('data-summary')).toContainText('facts.jsonl');
  await loaded(page);
  await card(page).getByRole('button', { name: 'Use for runs' }).click();
  await openView(page, 'Runs');
  const start = Date.now();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByText(/The model writes/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('main')).toHaveAttribute('data-status', /finished|failed/, {
    timeout: 1_100_000,
  });
  await waitForStatus(page, 'finished');
  const result = await downloadResult(page);
  const calls = result.budget.modelCalls + result.measurement.modelCalls;
  const tokens = result.budget.tokens + result.measurement.tokens;
  test.info().annotations.push({
    type: 'run',
    description: `${calls} calls, ${tokens} tokens, ${(Date.now() - start) / 1000} s, F1 ${result.test.initial} → ${result.test.final}`,
  });
  expect(result.engine).toMatch(/^wllama:SmolLM2-135M-Instruct/);
  expect(calls).toBeGreaterThan(30);
  expect(result.test.n + result.test.failed).toBe(2);
  expect(foreign).toEqual([]);
});

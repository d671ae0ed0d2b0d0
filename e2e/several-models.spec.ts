/** A system that chooses its models is offered all that are loaded, and waits for the one it lacks. */
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

test('evidence-qa chooses among two loaded models, loses one, and is taken up with both', async ({
  page,
}) => {
  test.setTimeout(240_000);
  await openPage(page, 1, 60, '&system=evidence-qa&validation=n8&test=n8');
  await useServer(page, first.baseUrl, 'reader');
  const line = page.getByTestId('run-models');
  await expect(line).toHaveText('reader, to choose from beside the reader’s variants');
  await openView(page, 'Models');
  await connectServer(page, second.baseUrl, 'other');
  await openView(page, 'Runs');
  await expect(line).toHaveText('reader and other, to choose from');
  second.manners.after = 20;
  second.manners.refuse = 401;
  second.manners.delay = 100;
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const stall = page.getByRole('alert').filter({ hasText: 'The run waits for its model' });
  await expect(stall).toContainText('once other answers again', { timeout: 60_000 });
  expect(first.answered).toBeGreaterThan(4);
  expect(second.answered).toBe(20);
  second.manners.refuse = undefined;
  await stall.getByRole('button', { name: 'Load the model again' }).click();
  await expect(stall).toBeHidden();
  // The model that was brought back does not become the one that runs begin with.
  await expect(line).toHaveText('reader and other, to choose from');

  await page.reload();
  await expect(page.getByText('broke off with its tab and goes on')).toBeVisible();
  await expect(line).toHaveText('reader and other, to choose from');
  const known = [first.answered, second.answered];
  await expect.poll(() => second.answered, { timeout: 60_000 }).toBeGreaterThan(known[1]!);
  second.manners.delay = 0;
  await waitForStatus(page, 'finished', 120_000);
  expect(first.answered).toBeGreaterThan(known[0]!);
  const result = await downloadResult(page);
  expect(result.engine).toMatch(/\/reader \+ \S+\/other /);
  expect(result.enginesBefore ?? []).toEqual([]);
  // Chosen for all inputs alike, or for each.
  const chosen = JSON.stringify(result.configuration['context_model_selector']);
  expect(chosen).toMatch(/"(reader|other)"|each/);
});

/** Runs whose tab is gone: taken up where they broke off, with nothing asked twice. */
import { expect, test, type Page } from '@playwright/test';
import { useServer } from './models-page';
import { OpenaiServer } from './openai-server';
import { downloadResult, headlessResult, openPage, waitForStatus } from './page';

let server: OpenaiServer;
test.beforeEach(async () => {
  server = await OpenaiServer.start();
});
test.afterEach(() => server.stop());

/** Kills the tab's process, as a lack of memory would. */
async function kill(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  // Nobody is left to answer it.
  void session.send('Page.crash').catch(() => undefined);
  await crashed;
}

const run = (page: Page) => page.getByRole('button', { name: 'Run', exact: true });

test('a run whose tab is killed in mid-call goes on, and asks at most that call again', async ({
  page,
  context,
}) => {
  await openPage(page, 1, 400, '&test=n64');
  await useServer(page, server.baseUrl, 'reader');
  // Some thousand calls later one is never answered.
  server.manners.after = 2500;
  server.manners.delay = 600_000;
  await run(page).click();
  await expect.poll(() => server.answered, { timeout: 120_000 }).toBe(2500);
  const settled = async (): Promise<boolean> => {
    const before = server.calls.length;
    await page.waitForTimeout(700);
    return before === server.calls.length && server.calls.length > server.answered;
  };
  await expect.poll(settled, { timeout: 60_000 }).toBe(true);
  const inFlight = server.calls.length - server.answered;
  await kill(page);
  server.manners.delay = 0;
  const before = server.calls.length;
  const asked = new Set(server.calls);

  const next = await context.newPage();
  const opened = performance.now();
  await next.goto('./#seed=1&budget=400&test=n64');
  await expect.poll(() => server.calls.length, { timeout: 30_000 }).toBeGreaterThan(before);
  const seconds = (performance.now() - opened) / 1000;
  test
    .info()
    .annotations.push({ type: 'seconds until the next call', description: String(seconds) });
  await expect(next.getByText('broke off with its tab and goes on')).toBeVisible();
  await waitForStatus(next, 'finished', 200_000);
  const again = server.calls.slice(before).filter((call) => asked.has(call));
  expect(again.length).toBeLessThanOrEqual(inFlight);
});

// Long enough that no machine ends them before somebody has looked.
const LONG = 1000;

test('a reload in the middle of a run on the reader ends in the same result', async ({ page }) => {
  await openPage(page, 3, LONG, '&validation=n16&test=n32');
  await run(page).click();
  await expect(page.getByTestId('budget-used')).toHaveText(/^[1-9]\d+ /);
  await waitForStatus(page, 'running');
  await page.reload();
  await waitForStatus(page, 'finished');
  const result = await downloadResult(page);
  const headless = await headlessResult([
    ...['--seed', '3', '--budget', String(LONG)],
    ...['--validation-examples', '16', '--test-examples', '32'],
    ...['--backend', result.rewardModel.backend],
  ]);
  expect(result.configuration).toEqual(headless.configuration);
  expect(result.test).toEqual(headless.test);
  expect(headless.budget).toMatchObject({ ...result.budget });
});

test('a paused run is still paused after a reload, a stopped one is gone', async ({ page }) => {
  await openPage(page, 3, LONG);
  await run(page).click();
  await expect(page.getByTestId('budget-used')).toHaveText(/^[1-9]\d+ /);
  await page.getByRole('button', { name: 'Pause' }).click();
  await waitForStatus(page, 'paused');
  // What was under way when it was paused comes to its end.
  await page.waitForTimeout(1500);
  const used = await page.getByTestId('budget-used').innerText();
  await page.reload();
  await waitForStatus(page, 'paused');
  await expect(page.getByTestId('budget-used')).toHaveText(used);
  await page.getByRole('button', { name: 'Stop' }).click();
  await waitForStatus(page, 'stopped');
  await page.reload();
  await expect(page.getByText('question_rewriter').first()).toBeVisible();
  await waitForStatus(page, 'idle');
});

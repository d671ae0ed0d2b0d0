/** Sentence embeddings: loaded from this site when they are chosen, told, stopped and tried again. */
import { expect, test } from '@playwright/test';
import { inPage, openPage, waitForStatus } from './page';

const SHARDS = '**/group1-shard*';
const USE = '&features=use';
/** In ms: what is stopped would go on for far longer. */
const AT_ONCE = 10_000;

test('a run after another one loads the encoder from this site and ends', async ({ page }) => {
  const { foreign, encoder } = await openPage(page, 1, 100);
  const run = page.getByRole('button', { name: 'Run', exact: true });
  await run.click();
  await waitForStatus(page, 'finished');
  expect(encoder).toEqual([]);

  await page.goto(`./#seed=1&budget=100${USE}`);
  await inPage(page, 'watchStatus');
  await run.click();
  await expect(page.getByTestId('activity')).toContainText(/ of [\d,.]+ (MB|tokens)/);
  await waitForStatus(page, 'finished');
  // Its end is not taken for a stop, nor a stop of the run before it for its own.
  expect(await inPage(page, 'statuses')).toEqual(['preparing', 'running', 'finished']);
  // A step of the heads may be faster on cpu; the encoder is not, by far.
  await expect(page.getByTestId('backend')).toHaveText('wasm');
  await expect(page.getByTestId('test-final')).toHaveText(/^0\.\d+/);

  expect(encoder.filter((url) => /group1-shard\dof7-[^/]*\.bin$/.test(url))).toHaveLength(7);
  expect(encoder).toHaveLength(9);
  expect(new Set(encoder.map((url) => new URL(url).origin))).toEqual(
    new Set([new URL(page.url()).origin]),
  );
  expect(foreign).toEqual([]);
});

test('stop works at once while the encoder is on its way, and a next run is free', async ({
  page,
}) => {
  let hold = true;
  await page.route(SHARDS, async (route) => {
    if (!hold) await route.continue();
  });
  await openPage(page, 1, 100, USE);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await waitForStatus(page, 'preparing');
  await expect(
    page.getByText('Loading the sentence encoder from this site; the run begins'),
  ).toBeVisible();
  await expect(page.getByTestId('activity')).toHaveText('0.0 of 27.9 MB');
  const start = Date.now();
  await page.getByRole('button', { name: 'Stop' }).click();
  await waitForStatus(page, 'stopped', AT_ONCE);
  console.log(`stopped a download after ${Date.now() - start} ms`);

  hold = false;
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByTestId('activity')).toContainText('tokens a second');
  const embedding = Date.now();
  await page.getByRole('button', { name: 'Stop' }).click();
  await waitForStatus(page, 'stopped', AT_ONCE);
  console.log(`stopped an embedding after ${Date.now() - embedding} ms`);

  // The reward worker has let go as well: another run is prepared, not queued behind the last one.
  await page.goto('./#seed=1&budget=100&features=dense');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await waitForStatus(page, 'finished', 30_000);
});

test('a download that fails ends the run with what to do, and the next run tries again', async ({
  page,
}) => {
  await page.route('**/group1-shard3*', (route) => route.abort());
  const { encoder } = await openPage(page, 1, 100, USE);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await waitForStatus(page, 'failed');
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('The sentence encoder could not be loaded');
  await expect(alert).toContainText('group1-shard3of7');
  await expect(alert).toContainText('press Run to try again, or choose other features');
  await expect(page.getByText('The run did not begin; nothing was spent.')).toBeVisible();

  await page.unroute('**/group1-shard3*');
  const asked = encoder.length;
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await waitForStatus(page, 'running');
  await expect(alert).toHaveCount(0);
  expect(encoder.length).toBeGreaterThan(asked);
  await page.getByRole('button', { name: 'Stop' }).click();
  await waitForStatus(page, 'stopped', AT_ONCE);
});

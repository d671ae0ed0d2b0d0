/**
 * `npm test`: every suite, then one line that sums them. `npm test -- unit e2e` runs a part.
 * A check (format, lint, types, build, size) counts as one test.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';

const folder = mkdtempSync(join(tmpdir(), 'optimas-test-'));
const npx = process.platform === 'win32' ? 'npx.cmd' : 'npx';

function call(command, args, env = {}) {
  const { status } = spawnSync(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  return status === 0;
}

function check(command, ...args) {
  const ok = call(command, args);
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
}

/** Counts of a runner's JSON report; a runner that wrote none has failed as a whole. */
function counted(ok, file, read) {
  try {
    const counts = read(JSON.parse(readFileSync(file, 'utf8')));
    return ok || counts.failed > 0 ? counts : { ...counts, failed: 1 };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

const SUITES = {
  format: () => check(npx, 'prettier', '--check', '--log-level', 'warn', '.'),
  lint: () => check(npx, 'eslint', '.'),
  types: () => check('npm', 'run', '--silent', 'check'),
  unit: () => {
    const file = join(folder, 'unit.json');
    const ok = call(npx, [
      'vitest',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ]);
    return counted(ok, file, (report) => ({
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
    }));
  },
  build: () => check(npx, 'vite', 'build', '--logLevel', 'warn'),
  size: () => check('node', '.ci/size.mjs'),
  e2e: () => {
    const file = join(folder, 'e2e.json');
    let chrome;
    try {
      chrome = findChromium();
    } catch (error) {
      console.error(`End-to-end tests can't run: ${error.message}`);
      return { passed: 0, failed: 1, skipped: 0 };
    }
    console.log(`Chromium: ${chrome.path} (${chrome.source})`);
    const ok = call(npx, ['playwright', 'test', '--reporter=list,json'], {
      CHROME_PATH: chrome.path,
      PLAYWRIGHT_JSON_OUTPUT_NAME: file,
    });
    return counted(ok, file, ({ stats }) => ({
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected,
      skipped: stats.skipped,
    }));
  },
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in SUITES));
if (unknown.length > 0) {
  console.error(`unknown suite ${unknown.join(', ')}; valid: ${Object.keys(SUITES).join(', ')}`);
  process.exit(2);
}

const sum = { passed: 0, failed: 0, skipped: 0 };
for (const [name, run] of Object.entries(SUITES)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n— ${name}`);
  const counts = run();
  console.log(
    `${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`,
  );
  for (const key of Object.keys(sum)) sum[key] += counts[key];
}
rmSync(folder, { recursive: true, force: true });
console.log(`\n${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exitCode = sum.failed > 0 || sum.passed === 0 ? 1 : 0;

import { defineConfig } from '@playwright/test';

const PORT = 4719;
const chrome = process.env['CHROME_PATH'];

/** A closed network refuses the browser's own calls home by the hundred; no test needs them. */
const QUIET = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  // Two cores: a run and its heads take one each.
  workers: 1,
  timeout: 240_000,
  expect: { timeout: 15_000 },
  outputDir: 'test-results',
  use: {
    baseURL: `http://localhost:${PORT}/`,
    headless: true,
    launchOptions: { args: QUIET, ...(chrome ? { executablePath: chrome } : {}) },
  },
  webServer: {
    command: `npx vite preview --port ${PORT} --strictPort`,
    url: `http://localhost:${PORT}/`,
    reuseExistingServer: false,
  },
});

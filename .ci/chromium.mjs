/**
 * Finds a Chromium for the end-to-end tests: CHROME_PATH, the system's, Playwright's; and where
 * there is none, installs one: Playwright's own build, else (as root on Debian) the package.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

function onPath(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));
}

function present() {
  const asked = process.env.CHROME_PATH;
  if (asked) {
    if (existsSync(asked)) return { path: asked, source: 'CHROME_PATH' };
    throw new Error(`CHROME_PATH names ${asked}, which does not exist`);
  }
  for (const name of NAMES) {
    const path = onPath(name);
    if (path) return { path, source: "the system's" };
  }
  const place = PLACES.find((path) => existsSync(path));
  if (place) return { path: place, source: "the system's" };
  const own = chromium.executablePath();
  return existsSync(own) ? { path: own, source: "Playwright's" } : undefined;
}

function attempt(command, args) {
  console.log(`No Chromium found; trying: ${command} ${args.join(' ')}`);
  const { status } = spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return status === 0;
}

/** @returns {{ path: string, source: string }} @throws Error that says what to do */
export function findChromium() {
  const found = present();
  if (found) return found;
  const root = process.getuid?.() === 0;
  const deps = root && process.platform === 'linux' ? ['--with-deps'] : [];
  const installed =
    attempt('npx', ['playwright', 'install', ...deps, 'chromium']) ||
    (root &&
      onPath('apt-get') !== undefined &&
      attempt('apt-get', ['update', '-qq']) &&
      attempt('apt-get', ['install', '-y', '-qq', 'chromium']));
  const now = installed ? present() : undefined;
  if (now) return { ...now, source: `${now.source}, just installed` };
  throw new Error(
    'there is no Chromium and none could be installed. Install one (Debian: apt-get install chromium; elsewhere: npx playwright install chromium) or set CHROME_PATH to one, then run the tests again.',
  );
}

/** The first paint's JavaScript must stay small: at most 150 KiB gzip, workers and tfjs apart. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT_KIB = 150;
const html = readFileSync('dist/index.html', 'utf8');
const scripts = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(
  ([, path]) => path,
);
if (scripts.length === 0) {
  console.error('dist/index.html names no script; run the build first');
  process.exit(1);
}
const bytes = scripts.reduce((sum, path) => sum + gzipSync(readFileSync(`dist/${path}`)).length, 0);
const kib = bytes / 1024;
console.log(`first paint: ${kib.toFixed(1)} KiB gzip of JavaScript in ${scripts.length} file(s)`);
if (kib > LIMIT_KIB) {
  console.error(`over the limit of ${LIMIT_KIB} KiB: keep workers' code and tfjs off the page`);
  process.exitCode = 1;
}

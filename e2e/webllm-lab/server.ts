/**
 * Builds the lab as the app is built and serves it with a model folder, whose files the tests can
 * take away, cut, or replace by a page.
 */
import { createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { webllmModels } from '../../src/engines/webllm/models-plugin';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** `cut` ends the connection in the middle, `short` sends a whole but shorter file. */
export type Fault = 'missing' | 'page' | 'cut' | 'short' | 'garbled' | 'busy';

export interface Lab {
  /** Its origin: by number, because WebLLM keeps no library of "localhost". */
  readonly origin: string;
  /** By file name, for the files under `/model/`. */
  readonly faults: Map<string, Fault>;
  /** Paths asked for under `/model/`, with those that failed. */
  readonly asked: string[];
  /** From then on nothing under `/model/` answers, as with the network cut. */
  offline: boolean;
  close(): Promise<void>;
}

/**
 * @param folder of the model; files named `library.wasm` are its library
 * @param webllm another installed version of the package, for libraries of its time
 */
export async function startLab(folder: string | undefined, webllm?: string): Promise<Lab> {
  const out = mkdtempSync(join(tmpdir(), 'webllm-lab-'));
  await build({
    configFile: false,
    root: fileURLToPath(new URL('.', import.meta.url)),
    base: './',
    logLevel: 'error',
    plugins: [webllmModels()],
    worker: { format: 'es', plugins: () => [webllmModels()] },
    build: { outDir: out, emptyOutDir: true, minify: false, target: 'es2022' },
    ...(webllm && {
      resolve: { alias: { '@mlc-ai/web-llm': join(webllm, 'lib', 'index.js') } },
    }),
  });
  const lab = { faults: new Map<string, Fault>(), asked: [] as string[], offline: false };
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://lab').pathname));
    const [, place, ...rest] = path.split('/');
    if (place !== 'model') {
      send(response, join(out, path === '/' ? 'index.html' : path));
      return;
    }
    const name = rest.join('/');
    lab.asked.push(name);
    if (lab.offline) response.destroy();
    else if (folder === undefined) refuse(response, 404);
    else answer(response, join(folder, name), lab.faults.get(name));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return Object.assign(lab, {
    origin: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      rmSync(out, { recursive: true, force: true });
    },
  });
}

function answer(response: ServerResponse, file: string, fault: Fault | undefined): void {
  if (fault === 'missing') refuse(response, 404);
  else if (fault === 'busy') refuse(response, 503);
  else if (fault === 'page') {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>Welcome</p>');
  } else send(response, file, fault);
}

function send(response: ServerResponse, file: string, fault?: Fault): void {
  let size;
  try {
    size = statSync(file).size;
  } catch {
    refuse(response, 404);
    return;
  }
  const half = Math.floor(size / 2);
  const type = TYPES[extname(file)] ?? 'application/octet-stream';
  response.writeHead(200, {
    'content-type': type,
    'content-length': fault === 'short' ? half : size,
  });
  if (fault === undefined) {
    createReadStream(file).pipe(response);
    return;
  }
  const first = createReadStream(file, { end: half - 1 });
  if (fault === 'garbled') {
    first.pipe(response, { end: false });
    first.on('end', () => response.end(Buffer.alloc(size - half, 1)));
  } else if (fault === 'cut') {
    first.pipe(response, { end: false });
    first.on('end', () => setTimeout(() => response.destroy(), 100));
  } else first.pipe(response);
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/plain' }).end('no');
}

/** One file over the network: what can be wrong with its server, told apart and named. */
import { ModelError } from '../../core/system/chat-model';
import type { ModelFile } from './files';

const AGAIN = 'Try again: the download goes on with the files that are still missing.';

/** @throws ModelError that names the file; the signal's reason when aborted */
export async function fetchFile(file: ModelFile, signal: AbortSignal): Promise<Response> {
  let response;
  try {
    response = await fetch(file.url, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw await unreachable(file, error);
  }
  if (!response.ok) throw refused(file, response.status);
  if (/^text\/html/i.test(response.headers.get('content-type') ?? '')) throw pageInstead(file);
  return response;
}

/** @returns the value, and the text as it came */
export async function readJson(
  file: ModelFile,
  response: Response,
  signal: AbortSignal,
): Promise<{ value: unknown; text: string }> {
  const text = await whole(file, response.text(), signal);
  try {
    return { value: JSON.parse(text), text };
  } catch {
    if (/^\s*</.test(text)) throw pageInstead(file);
    throw new ModelError(
      'not-a-model',
      `${file.name} of ${host(file)} is not JSON.`,
      'Look whether the address leads to a folder of a model compiled for WebLLM.',
      true,
    );
  }
}

/** What every library compiled for WebLLM exports; its name stands in the file as it is. */
const EXPORT = 'TVMWasmAllocSpace';

/** A library is WebAssembly, and one of WebLLM's. */
export async function readLibrary(
  file: ModelFile,
  response: Response,
  signal: AbortSignal,
): Promise<ArrayBuffer> {
  const bytes = await whole(file, response.arrayBuffer(), signal);
  const [a, b, c, d] = new Uint8Array(bytes, 0, Math.min(4, bytes.byteLength));
  if (a === 0x3c) throw pageInstead(file);
  const isWasm = a === 0x00 && b === 0x61 && c === 0x73 && d === 0x6d;
  if (isWasm && new TextDecoder('latin1').decode(bytes).includes(EXPORT)) return bytes;
  throw new ModelError(
    isWasm ? 'library-mismatch' : 'not-a-model',
    `${file.name} of ${host(file)} is not a library for WebLLM.`,
    'Give the address of the .wasm file that was compiled for this model.',
    true,
  );
}

/** A body that breaks off is a connection that broke off. */
export async function whole<Body>(
  file: ModelFile,
  body: Promise<Body>,
  signal: AbortSignal,
): Promise<Body> {
  try {
    return await body;
  } catch (error) {
    signal.throwIfAborted();
    throw brokenOff(file, error);
  }
}

export function brokenOff(file: ModelFile, cause: unknown): ModelError {
  return new ModelError(
    'network',
    `The connection to ${host(file)} broke off in the middle of ${file.name}.`,
    AGAIN,
    false,
    { cause },
  );
}

/** The browser does not tell a server that is away from one that does not allow this site. */
async function unreachable(file: ModelFile, cause: unknown): Promise<ModelError> {
  const network = (message: string): ModelError =>
    new ModelError('network', message, AGAIN, false, { cause });
  if (globalThis.navigator?.onLine === false) {
    return network(`${file.name} could not be fetched: this computer is offline.`);
  }
  if ((globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated) {
    // Here the request below is refused by the browser itself.
    return network(
      `${file.name} could not be fetched: ${host(file)} does not answer, or does not allow this site (CORS).`,
    );
  }
  // Answers without telling anything, where the server is there but does not allow this site.
  const answers = await fetch(file.url, { mode: 'no-cors', method: 'HEAD' }).then(
    () => true,
    () => false,
  );
  if (!answers) return network(`${file.name} could not be fetched: ${host(file)} does not answer.`);
  return new ModelError(
    'cors',
    `${host(file)} does not allow this site to read ${file.name} (CORS).`,
    'Let the server send Access-Control-Allow-Origin, or serve the model from this site.',
    true,
    { cause },
  );
}

function refused(file: ModelFile, status: number): ModelError {
  const answer = `${host(file)} answered HTTP ${status} to ${file.name}`;
  if (status === 404 || status === 410) {
    if (file.name === 'mlc-chat-config.json') {
      const folder = file.url.slice(0, -file.name.length);
      return new ModelError(
        'not-found',
        `There is no model for WebLLM at ${folder}: ${answer}.`,
        'Give the address of the folder that holds mlc-chat-config.json.',
        true,
      );
    }
    return new ModelError(
      'missing-file',
      `The model is not whole on its server: ${answer}.`,
      file.kind === 'library'
        ? 'Look whether the address of the library is right, or choose another model.'
        : `Upload ${file.name} beside the others, or choose another model.`,
      true,
    );
  }
  if (status === 401 || status === 403) {
    return new ModelError(
      'refused-key',
      `${answer}: it is not there, or not open to everybody.`,
      'Look at its page in the browser; models behind a sign-in must be downloaded and served by yourself.',
      true,
    );
  }
  if (status === 429) {
    return new ModelError(
      'rate-limited',
      `${answer}: too many requests.`,
      `Wait a while. ${AGAIN}`,
      false,
    );
  }
  return status >= 500
    ? new ModelError('server-error', `${answer}: it has a problem of its own.`, AGAIN, false)
    : new ModelError('bad-request', `${answer}.`, 'Look whether the address is right.', true);
}

export function pageInstead(file: ModelFile): ModelError {
  return new ModelError(
    'html',
    `${host(file)} sent a web page in place of ${file.name}.`,
    'Look whether the address is right, whether the file is there, and whether it needs a sign-in.',
    true,
  );
}

export function host({ url }: ModelFile): string {
  return new URL(url).host;
}

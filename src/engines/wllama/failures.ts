/** What can be wrong with a GGUF, its download and its engine: one sentence each, and what to do. */
import { ModelError } from '../../core/system/chat-model';
import { hostOf } from './source';

const OTHER = 'Choose another model.';

export function notGguf(name: string): ModelError {
  return new ModelError(
    'not-a-model',
    `${name} is not a GGUF file.`,
    'Choose a file that ends in .gguf, the form that llama.cpp reads.',
    true,
  );
}

export function cutShort(name: string): ModelError {
  return new ModelError(
    'truncated',
    `${name} is cut short: its end is missing.`,
    'Delete it and download it again, or choose a whole copy of the file.',
    true,
  );
}

export function wrongChecksum(name: string): ModelError {
  return new ModelError(
    'wrong-checksum',
    `${name} is not the file it should be: its SHA-256 checksum differs.`,
    'It was deleted here. Download it again; if that does not help, its publisher has changed it.',
    true,
  );
}

export function quotaFull(name: string, neededBytes?: number): ModelError {
  const needed = neededBytes === undefined ? '' : ` of ${(neededBytes / 1e6).toFixed(0)} MB`;
  return new ModelError(
    'quota',
    `There is not enough room in this browser's storage for ${name}${needed}.`,
    'Delete models that are not needed, free disk space, or leave the private window.',
    true,
  );
}

export function noStorage(cause: unknown): ModelError {
  return new ModelError(
    'unsupported',
    'This browser gives the page no place for files.',
    'Leave the private window, or choose the file from this computer instead.',
    true,
    { cause },
  );
}

export function unreachable(url: string, cause: unknown): ModelError {
  return new ModelError(
    'network',
    `${hostOf(url)} did not answer, broke off, or does not allow this site to read the file (CORS).`,
    'Check the connection and go on: what was downloaded is kept.',
    false,
    { cause },
  );
}

export function pageInstead(url: string): ModelError {
  return new ModelError(
    'html',
    `${hostOf(url)} answered with a web page instead of a model file.`,
    'Use the address of the file itself; on a model hub that is the one behind "download".',
    true,
  );
}

export function refused(url: string, status: number): ModelError {
  const answer = `${hostOf(url)} answered HTTP ${status}`;
  if (status === 404 || status === 410) {
    return new ModelError(
      'missing-file',
      `There is no such file: ${answer}.`,
      'Check the address; of a split model every part must be there.',
      true,
    );
  }
  if (status === 401 || status === 403) {
    return new ModelError(
      'refused-key',
      `${answer}: the file is not open to everybody.`,
      'Download it yourself and choose the file, or choose another model.',
      true,
    );
  }
  return new ModelError(
    'server-error',
    `${answer}.`,
    'Try again later; what was downloaded is kept.',
    false,
  );
}

/** What wllama and llama.cpp throw while a model is loaded. @param log the last lines it printed */
export function loadFailure(error: unknown, name: string, log: string): ModelError {
  const said = `${messageOf(error)}\n${log}`;
  if (
    /not within the file bounds|corrupted or incomplete|failed to read|unexpectedly reached end|tensor data/i.test(
      said,
    )
  ) {
    return cutShort(name);
  }
  if (/invalid magic|gguf_init|not a gguf/i.test(said)) return notGguf(name);
  if (isMemory(said)) return outOfMemory(name, error);
  if (/unknown model architecture|unsupported model/i.test(said)) {
    return new ModelError(
      'unsupported',
      `${name} is of a kind that this version of llama.cpp does not know.`,
      OTHER,
      true,
      { cause: error },
    );
  }
  return new ModelError(
    'unknown',
    `${name} could not be loaded: ${short(messageOf(error))}.`,
    'Try again; if that does not help, choose another model.',
    true,
    { cause: error },
  );
}

/** What wllama throws while it answers. */
export function callFailure(error: unknown, name: string): ModelError {
  const said = messageOf(error);
  if (/exceed.*context|context size|kv.?cache|too large|n_ctx/i.test(said)) {
    return new ModelError(
      'too-long',
      `The prompt and the answer do not fit into the context of ${name}.`,
      'Shorten the prompt, retrieve fewer passages, or load the model with a larger context.',
      false,
      { cause: error },
    );
  }
  if (isMemory(said)) return outOfMemory(name, error);
  if (
    /abort|unreachable|RuntimeError|stack overflow|terminated|model_not_loaded|not initialized/i.test(
      said,
    )
  ) {
    return new ModelError(
      'crashed',
      `${name} crashed: ${short(said)}.`,
      'Load the model again; if that does not help, choose a smaller one.',
      true,
      { cause: error },
    );
  }
  return new ModelError(
    'unknown',
    `${name} did not answer: ${short(said)}.`,
    'Try again; if it keeps failing, load the model again.',
    false,
    { cause: error },
  );
}

export function outOfMemory(name: string, cause?: unknown): ModelError {
  return new ModelError(
    'out-of-memory',
    `There is not enough memory for ${name}.`,
    'Close other tabs, or choose a smaller model.',
    true,
    { cause },
  );
}

export function hung(name: string, seconds: number): ModelError {
  return new ModelError(
    'hung',
    `${name} has written nothing for ${seconds} seconds.`,
    'Load the model again, or choose a smaller one.',
    true,
  );
}

function isMemory(said: string): boolean {
  return /out of memory|bad_alloc|failed to allocate|cannot enlarge memory|Array buffer allocation/i.test(
    said,
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
  return line.length > 200 ? `${line.slice(0, 200)} …` : line;
}

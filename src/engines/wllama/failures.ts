/** What can be wrong with a GGUF and its download: one sentence each, and what to do. */
import { ModelError } from '../../core/system/chat-model';
import { hostOf } from './source';

export function notGguf(name: string, cause?: unknown): ModelError {
  return new ModelError(
    'not-a-model',
    `${name} is not a GGUF file.`,
    'Choose a file that ends in .gguf, the form that llama.cpp reads.',
    true,
    { cause },
  );
}

export function cutShort(name: string, cause?: unknown): ModelError {
  return new ModelError(
    'truncated',
    `${name} is cut short: its end is missing.`,
    'Delete it and download it again, or choose a whole copy of the file.',
    true,
    { cause },
  );
}

export function partOnly(name: string, parts: number): ModelError {
  return new ModelError(
    'unsupported',
    `${name} is one of ${parts} parts of a model.`,
    'Give the address of its first part, or put the parts together with llama-gguf-split --merge.',
    true,
  );
}

export function endedEarly(name: string): ModelError {
  return new ModelError(
    'truncated',
    `The download of ${name} ended before its announced length.`,
    'Download again: it goes on where it ended.',
    false,
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

/** @param free bytes that the browser still gives this site, where it tells */
export function quotaFull(name: string, needed?: number, free?: number): ModelError {
  const sizes =
    needed === undefined || free === undefined
      ? ''
      : `: it needs ${megabytes(needed)} MB more, and ${megabytes(Math.max(0, free))} MB are free`;
  return new ModelError(
    'quota',
    `There is not enough room in this browser's storage for ${name}${sizes}.`,
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

export function inUse(name: string): ModelError {
  return new ModelError(
    'unknown',
    `${name} is being downloaded or used elsewhere, so it was not deleted.`,
    'Close the other tabs of this site, or stop the download, and delete it again.',
    false,
  );
}

export function unreachable(url: string, cause: unknown): ModelError {
  return new ModelError(
    'network',
    `${hostOf(url)} did not answer, or the connection broke off.`,
    'Check the connection and download again: it goes on where it ended.',
    false,
    { cause },
  );
}

export function notShared(url: string, cause: unknown): ModelError {
  return new ModelError(
    'cors',
    `${hostOf(url)} answers, but does not let other sites read the file (CORS).`,
    'Download the file yourself and choose it from this computer, or use another host.',
    true,
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
      `The file is not open to everybody: ${answer}.`,
      'Download it yourself and choose the file, or choose another model.',
      true,
    );
  }
  return new ModelError(
    status === 429 ? 'rate-limited' : 'server-error',
    `The file could not be had: ${answer}.`,
    'Try again later: the download goes on where it ended.',
    false,
  );
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

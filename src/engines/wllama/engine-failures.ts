/** What can go wrong with llama.cpp in WebAssembly: one sentence each, and what to do. */
import { ModelError } from '../../core/system/chat-model';
import { cutShort, notGguf } from './failures';

const RELOAD = 'Load the model again; if that does not help, choose a smaller one.';

/**
 * Why a model was not loaded. wllama itself says nothing: it counts a model that llama.cpp refused
 * as loaded, and asking that one for an answer ends the engine.
 * @param log what llama.cpp printed as errors
 */
export function loadFailure(error: unknown, name: string, log: string): ModelError {
  const said = `${messageOf(error)}\n${log}`;
  if (/NotReadableError|NotFoundError|File read failed/.test(said)) return unreadable(name, error);
  if (isMemory(said)) return outOfMemory(name, error);
  if (
    /not within the file bounds|corrupted or incomplete|failed to read (key-value|tensor)/.test(
      said,
    )
  ) {
    return cutShort(name, error);
  }
  if (/unknown (model architecture|pre-tokenizer)|unsupported model/i.test(said)) {
    return new ModelError(
      'unsupported',
      `${name} is of a kind that this version of llama.cpp does not know.`,
      'Choose another model.',
      true,
      { cause: error },
    );
  }
  if (/invalid magic|gguf_init|missing tensor|key not found/i.test(said))
    return notGguf(name, error);
  return new ModelError(
    'unknown',
    `${name} could not be loaded: ${short(reasonIn(log) ?? messageOf(error))}.`,
    'Try again; if that does not help, choose another model.',
    true,
    { cause: error },
  );
}

/** The engine's own files did not come, or are not what they should be. */
export function noEngine(cause: unknown): ModelError {
  return new ModelError(
    'crashed',
    `The engine for models on the processor did not start: ${short(messageOf(cause))}.`,
    'Check the connection and load the model again; if that does not help, reload the page.',
    true,
    { cause },
  );
}

export function engineBroke(cause: unknown): ModelError {
  return new ModelError(
    'crashed',
    `The engine for models on the processor broke: ${short(messageOf(cause))}.`,
    RELOAD,
    true,
    { cause },
  );
}

/**
 * Why a call failed.
 * @param log what llama.cpp printed as errors during the call
 */
export function callFailure(error: unknown, name: string, log: string): ModelError {
  const said = messageOf(error);
  if (/exceeds? the available context|context size|too large to process/i.test(said)) {
    return tooLong(name, said, error);
  }
  // An exception of llama.cpp reaches wllama as an answer of impossible length. The engine goes on.
  const isException = /Invalid typed array length|Array buffer allocation|Invalid magic/i.test(
    said,
  );
  const reason = isException ? reasonIn(log) : undefined;
  if (isMemory(isException ? (reason ?? '') : said)) return outOfMemory(name, error);
  if (isException) {
    return new ModelError(
      'bad-request',
      `${name} cannot work on this call: ${short(reason ?? 'llama.cpp gives no reason')}.`,
      'Change the prompt or the JSON schema; some models refuse certain orders of messages.',
      false,
      { cause: error },
    );
  }
  if (/RuntimeError|ABORT|unreachable|out of bounds|crashed|stack/i.test(said)) {
    return crashed(name, error);
  }
  return new ModelError(
    'unknown',
    `${name} did not answer: ${short(said)}.`,
    'Try again; if it keeps failing, load the model again.',
    false,
    { cause: error },
  );
}

export function crashed(name: string, cause: unknown): ModelError {
  const what = messageOf(cause).replace(/^(RuntimeError|Error): |\(ABORT\)/g, '');
  const why = what.trim() === '' ? '' : `: ${short(what)}`;
  return new ModelError('crashed', `${name} crashed${why}.`, RELOAD, true, { cause });
}

export function outOfMemory(name: string, cause?: unknown): ModelError {
  return new ModelError(
    'out-of-memory',
    `There is not enough memory for ${name}.`,
    'Choose a smaller model or a smaller context, or close other tabs.',
    true,
    { cause },
  );
}

export function hung(name: string, seconds: number): ModelError {
  return new ModelError(
    'hung',
    `${name} has done nothing for ${Math.round(seconds)} seconds.`,
    RELOAD,
    true,
  );
}

export function unloaded(name: string): ModelError {
  return new ModelError('not-loaded', `${name} was unloaded.`, 'Load the model again.', true);
}

function tooLong(name: string, said: string, cause: unknown): ModelError {
  const [prompt, context] = /\((\d+) tokens\).*?(\d+)(?: tokens)?\)/.exec(said)?.slice(1) ?? [];
  const sizes = prompt && context ? `: ${prompt} tokens, and the context holds ${context}` : '';
  return new ModelError(
    'too-long',
    `The prompt is too long for ${name}${sizes}.`,
    'Shorten the prompt, retrieve fewer passages, or load the model with a larger context.',
    false,
    { cause },
  );
}

function unreadable(name: string, cause: unknown): ModelError {
  return new ModelError(
    'missing-file',
    `The file of ${name} can no longer be read: it was changed, moved or deleted.`,
    'Choose the file again.',
    true,
    { cause },
  );
}

function isMemory(said: string): boolean {
  return /out of memory|OOM|bad_alloc|failed to allocate|cannot enlarge memory|could not allocate|Cannot allocate/i.test(
    said,
  );
}

/** The first error in the log is the cause, the later ones its consequences. */
function reasonIn(log: string): string | undefined {
  return log.split('\n').find((line) => line.trim() !== '' && !/^Stack trace/.test(line));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
  return line.length > 200 ? `${line.slice(0, 200)} …` : line;
}

/** What a server means by a response that is not an answer. */
import { ModelError } from '../../core/system/chat-model';
import { quoted } from '../json-output-quoted';
import { PassingFailure, retryAfterOf } from './retry';
import type { ServerAddress } from './server-address';

export interface Refusal {
  readonly status: number;
  readonly headers?: Headers;
  readonly text: string;
}

/**
 * Prompt and answer do not fit, in the words of llama.cpp, vLLM, OpenAI, LM Studio, TGI, Mistral,
 * Anthropic and Google.
 */
const TOO_LONG =
  /context[ _-]?(size|length|window)|(prompt|input|request) is too (long|large)|longer than the maximum model length|maximum number of tokens|tokens?` must be <=|too large for model/i;

/** Schemas that a server cannot follow: some say 500 where they mean 400. */
const SCHEMA = /json.?schema|response_format|grammar/i;

/** No money is left: trying again helps no more than without a key. */
const NO_CREDIT = /insufficient_quota|billing|credit|payment/i;

/** @param key is taken out of whatever the server says */
export function refusalOf(
  server: ServerAddress,
  { status, headers, text }: Refusal,
  key?: string,
): ModelError | PassingFailure {
  const words = withoutKey(wordsIn(text), key);
  const said = words === '' ? '' : `: ${quoted(words)}`;
  const failure = (
    problem: ModelError['problem'],
    what: string,
    advice: string,
    lasting: boolean,
  ): ModelError =>
    new ModelError(problem, `The server at ${server.name} ${what}.`, advice, lasting, {
      cause: words,
    });
  const passing = (error: ModelError): PassingFailure =>
    new PassingFailure(error, headers && retryAfterOf(headers));

  if (status === 401 || status === 403) {
    const advice = key
      ? 'Check the key and what it is allowed to do, then load the model again.'
      : 'Give the key that the server asks for.';
    return failure(
      'refused-key',
      `refused ${key ? 'the key' : 'a call without a key'} (${status})${said}`,
      advice,
      true,
    );
  }
  if (status === 402 || (status === 429 && NO_CREDIT.test(words))) {
    return failure(
      'rate-limited',
      `wants to be paid (${status})${said}`,
      'Add credit to the account of the key, or choose another server.',
      true,
    );
  }
  if (status === 413 || (status >= 400 && status !== 429 && TOO_LONG.test(words))) {
    return failure(
      'too-long',
      `says that prompt and answer together are too long${said}`,
      'Shorten the prompt or the answer, or start the server with a larger context.',
      false,
    );
  }
  if (isHtml(text) && status < 500) return htmlInstead(server);
  if (status === 404 || status === 405 || status === 410) {
    return failure(
      'not-found',
      `does not have what was asked for (${status})${said}`,
      `Choose a model that the server lists, or correct the base URL${versionAdvice(server)}.`,
      true,
    );
  }
  if (status === 408 || status === 425 || status === 429) {
    return passing(
      failure(
        'rate-limited',
        `is asked too often (${status})${said}`,
        'Wait a while, or ask fewer calls side by side.',
        true,
      ),
    );
  }
  if (status === 501) {
    return failure(
      'unsupported',
      `cannot do this (501)${said}`,
      'Start the server with what its message names, or choose another one.',
      true,
    );
  }
  if (status < 400 || (status >= 500 && !SCHEMA.test(words))) {
    return passing(
      failure(
        'server-error',
        `failed (${status})${said}`,
        "Look into the server's log, then load the model again.",
        true,
      ),
    );
  }
  return failure(
    'bad-request',
    `refused the call (${status})${said}`,
    'Change the parameter that it names, or choose another model.',
    false,
  );
}

/** A web page where an answer should be. */
export function htmlInstead(server: ServerAddress): ModelError {
  return new ModelError(
    'html',
    `The server at ${server.name} sent a web page instead of an answer.`,
    `Correct the base URL${versionAdvice(server)}.`,
    true,
  );
}

export function isHtml(text: string): boolean {
  return text.trimStart().startsWith('<');
}

function versionAdvice({ versioned }: ServerAddress): string {
  return versioned ? '' : ': most servers want /v1 at its end';
}

/** The server's own message, in one of the shapes that servers give it; a web page has none. */
function wordsIn(text: string): string {
  if (isHtml(text)) return '';
  try {
    const body = JSON.parse(text) as Record<string, unknown> | null;
    const error = body?.['error'] ?? body;
    const words = typeof error === 'string' ? error : shownParts(error as Record<string, unknown>);
    return words === '' ? text : words;
  } catch {
    return text;
  }
}

function shownParts(error: Record<string, unknown>): string {
  const { message, detail, code, type } = error;
  return [message ?? detail, type, code]
    .filter((part) => part != null)
    .map((part) => (typeof part === 'string' ? part : JSON.stringify(part)))
    .join(' ');
}

/** Some servers repeat the key in their refusal of it. */
export function withoutKey(words: string, key: string | undefined): string {
  return key ? words.replaceAll(key, '…') : words;
}

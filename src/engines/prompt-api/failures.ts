/** What the browser means by the exceptions of its built-in model. */
import { ModelError, type ModelProblem } from '../../core/system/chat-model';
import { quoted } from '../json-output-quoted';

export function noLanguageModel(): ModelError {
  return new ModelError(
    'unsupported',
    'This browser has no built-in language model.',
    'Use a recent Chrome or Edge on a computer, or choose another engine.',
    true,
  );
}

export function unavailable(): ModelError {
  return new ModelError(
    'unsupported',
    "The browser's built-in model does not run on this computer.",
    'It needs some 22 GB of free disk and a larger GPU, or 16 GB of memory; choose another engine.',
    true,
  );
}

export function unloaded(): ModelError {
  return new ModelError('not-loaded', 'The built-in model was unloaded.', 'Load it again.', true);
}

export function tooLong(): ModelError {
  return new ModelError(
    'too-long',
    "The prompt does not fit the context of the browser's built-in model.",
    'Shorten the prompt, or choose a model with a larger context.',
    false,
  );
}

export function wroteNothing(): ModelError {
  return new ModelError(
    'unknown',
    "The browser's built-in model wrote nothing.",
    'Change the prompt, or choose another model.',
    false,
  );
}

/** Problem, what happened, advice, and whether that lasts whenever it happens. */
type Meaning = readonly [ModelProblem, string, string, boolean];

const MEANINGS: Readonly<Record<string, Meaning>> = {
  NotAllowedError: [
    'unsupported',
    'The browser does not let this page use its built-in model',
    'Load it by a click, which its download must follow, and allow it in the settings.',
    true,
  ],
  NotSupportedError: [
    'unsupported',
    "The browser's built-in model cannot do what was asked of it",
    'Choose another language or schema, or another engine.',
    false,
  ],
  NetworkError: [
    'network',
    "The browser's built-in model could not be downloaded",
    'Check the connection and the free disk, then load it again.',
    true,
  ],
  InvalidStateError: [
    'crashed',
    "The browser's built-in model ended",
    'Load it again; if that fails, restart the browser.',
    true,
  ],
  NotReadableError: [
    'unknown',
    "The browser's built-in model wrote an answer that the browser held back",
    'Change the prompt.',
    false,
  ],
};

const OTHERWISE: Meaning = [
  'unknown',
  "The browser's built-in model failed",
  'Try again; if that fails, restart the browser.',
  false,
];

const WRONG_CALL: Meaning = [
  'bad-request',
  "The browser's built-in model refused the call",
  'Change the schema or the parameters of the component.',
  false,
];

/** @param loading whether the model was being loaded: no failure passes by itself then */
export function failureOf(error: unknown, loading: boolean): ModelError {
  if (error instanceof ModelError) return error;
  const { name = '', message = '' } = (error ?? {}) as Partial<Error>;
  if (name === 'QuotaExceededError') return tooLong();
  const wrongCall = name === 'TypeError' || name === 'SyntaxError';
  const meaning = Object.hasOwn(MEANINGS, name) ? MEANINGS[name]! : OTHERWISE;
  const [problem, what, advice, lasting] = wrongCall ? WRONG_CALL : meaning;
  const said = quoted(message).replace(/\.$/, '');
  return new ModelError(
    problem,
    `${what}${said === '' ? '' : `: ${said}`}.`,
    advice,
    lasting || loading,
    { cause: error },
  );
}

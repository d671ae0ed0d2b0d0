/**
 * The language model that a browser brings along (Chrome's and Edge's Prompt API). It runs in a page
 * only; no worker has it.
 */
import type { ChatAnswer, ChatMessage, ChatParameters } from '../../core/system/chat-model';
import type { LoadedModel, ReportProgress } from '../loaded-model';
import { callQueue } from '../queue';
import { askSession, contextOf, splitMessages } from './call';
import { failureOf, noLanguageModel, unavailable, unloaded } from './failures';
import {
  browserName,
  ownLanguageModel,
  type Availability,
  type LanguageModelApi,
  type LanguageModelSession,
  type SamplingLimits,
  type SessionOptions,
} from './language-model';
import { samplingOf } from './sampling';

export interface PromptApiOptions {
  /** Default: the browser's. */
  readonly languageModel?: LanguageModelApi | undefined;
  /** Languages of prompts and answers, as tags. Default English. */
  readonly languages?: readonly string[];
  readonly report?: ReportProgress;
  readonly signal?: AbortSignal;
}

/** Progress is told in steps of this share. */
const SHARE_STEP = 0.01;

/** Whether there is such a model, and whether it must be downloaded first. Never throws. */
export async function promptApiAvailability(
  options: Pick<PromptApiOptions, 'languageModel' | 'languages'> = {},
): Promise<Availability> {
  const { languageModel: api } = { languageModel: ownLanguageModel(), ...options };
  try {
    return (await api?.availability(languageOptions(options))) ?? 'unavailable';
  } catch {
    return 'unavailable';
  }
}

/**
 * Loads the model; where it must be downloaded, browsers want a click of the user shortly before.
 *
 * It is never deterministic: the API takes no seed, and the model changes with the browser's
 * updates. It answers one call at a time, each on a session of its own, so that no call sees what
 * another one said.
 *
 * @throws ModelError, and the signal's reason when aborted
 */
export async function promptApiModel(options: PromptApiOptions = {}): Promise<LoadedModel> {
  const { languageModel: api } = { languageModel: ownLanguageModel(), ...options };
  const { signal, report } = options;
  signal?.throwIfAborted();
  if (api === undefined) throw noLanguageModel();
  const languages = languageOptions(options);
  try {
    if ((await api.availability(languages)) === 'unavailable') throw unavailable();
    const limits = (await api.params?.()) ?? null;
    const session = await api.create({
      ...languages,
      ...(signal && { signal }),
      ...(report && { monitor: monitoring(report) }),
    });
    return new BuiltInModel(api, languages, limits, session);
  } catch (error) {
    signal?.throwIfAborted();
    throw failureOf(error, true);
  }
}

class BuiltInModel implements LoadedModel {
  readonly id = `prompt-api:built-in@${browserName()}`;
  readonly deterministic = false;
  readonly writesPrompts = true;
  readonly slots = 1;
  readonly usesGpu = true;
  readonly contextTokens?: number;
  readonly #api: LanguageModelApi;
  readonly #languages: SessionOptions;
  readonly #limits: SamplingLimits | null;
  /** Keeps the model in memory between calls. */
  readonly #session: LanguageModelSession;
  readonly #queue = callQueue(1);
  readonly #unloaded = new AbortController();

  constructor(
    api: LanguageModelApi,
    languages: SessionOptions,
    limits: SamplingLimits | null,
    session: LanguageModelSession,
  ) {
    this.#api = api;
    this.#languages = languages;
    this.#limits = limits;
    this.#session = session;
    const contextTokens = contextOf(session);
    if (contextTokens !== undefined) this.contextTokens = contextTokens;
  }

  complete(
    messages: readonly ChatMessage[],
    parameters: ChatParameters,
    signal?: AbortSignal,
    onText?: (piece: string) => void,
  ): Promise<ChatAnswer> {
    const until = signal ? AbortSignal.any([signal, this.#unloaded.signal]) : this.#unloaded.signal;
    return this.#queue.run(() => this.#ask(messages, parameters, until, onText), until);
  }

  async unload(): Promise<void> {
    this.#unloaded.abort(unloaded());
    this.#session.destroy();
  }

  async #ask(
    messages: readonly ChatMessage[],
    parameters: ChatParameters,
    signal: AbortSignal,
    onText: ((piece: string) => void) | undefined,
  ): Promise<ChatAnswer> {
    let session: LanguageModelSession | undefined;
    try {
      const { before, prompt } = splitMessages(messages);
      session = await this.#api.create({
        ...this.#languages,
        ...samplingOf(parameters.temperature ?? 0, this.#limits),
        ...(before.length > 0 && { initialPrompts: before }),
        signal,
      });
      return await askSession(session, prompt, messages, parameters, signal, onText);
    } catch (error) {
      signal.throwIfAborted();
      throw failureOf(error, false);
    } finally {
      session?.destroy();
    }
  }
}

/** Without languages Chrome answers in English and warns at each session. */
function languageOptions({ languages = ['en'] }: PromptApiOptions): SessionOptions {
  const expected = [{ type: 'text' as const, languages: [...languages] }];
  return { expectedInputs: expected, expectedOutputs: expected };
}

function monitoring(report: ReportProgress): NonNullable<SessionOptions['monitor']> {
  let told = -Infinity;
  return (monitor) =>
    monitor.addEventListener('downloadprogress', ({ loaded, total }) => {
      const share = Math.min(Math.max(total > 0 ? loaded / total : loaded, 0), 1);
      if (share < told + SHARE_STEP && share < 1) return;
      told = share;
      report(share < 1 ? { phase: 'downloading', share } : { phase: 'loading' });
    });
}

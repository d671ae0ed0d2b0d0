/**
 * The one port to language models, in the vocabulary of OpenAI's chat completions.
 *
 * Adapters live in `src/engines`. A failed call throws: it never answers with an empty text, so
 * that no failure can be scored as if it were an answer.
 */

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface ChatParameters {
  /** 0 asks for the model's most likely answer; larger values sample. Default 0. */
  readonly temperature?: number;
  /** Seed of the sampling, an unsigned 32-bit integer. Equal calls give equal answers. */
  readonly seed?: number;
  /** Upper limit of generated tokens. Default: the engine's own. */
  readonly maxTokens?: number;
  /** Texts that end the answer and are not part of it. */
  readonly stop?: readonly string[];
  /**
   * Which of its models shall answer, where the engine has several (`models`); absent means its
   * first.
   */
  readonly model?: string;
  /** The answer shall be JSON that this schema (JSON Schema, draft 2020-12) allows. */
  readonly json?: Readonly<Record<string, unknown>>;
}

export interface ChatUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
}

export interface ChatAnswer {
  readonly text: string;
  readonly finishReason: 'stop' | 'length' | 'abort';
  readonly usage: ChatUsage;
  /** Id of the model that wrote it, where another one has taken the place of the one asked. */
  readonly model?: string;
}

export interface ChatModel {
  /** Content address of the model: equal ids must answer equal calls alike. */
  readonly id: string;
  /** True when an answer at temperature 0 depends on the messages alone. */
  readonly deterministic: boolean;
  /** True for language models that can propose prompts; a rule-based stand-in cannot. */
  readonly writesPrompts?: boolean;
  /** Names by which calls may ask for one of several models; absent where there is one. */
  readonly models?: readonly string[];
  /** Calls it answers side by side; further ones wait. Absent means 1. */
  readonly slots?: number;
  /**
   * @param onText hears the answer piece by piece while it is written; the pieces joined are the
   *   text, but for what is repaired at its end
   * @throws ModelError, and the signal's reason when aborted
   */
  complete(
    messages: readonly ChatMessage[],
    parameters: ChatParameters,
    signal?: AbortSignal,
    onText?: (piece: string) => void,
  ): Promise<ChatAnswer>;
}

/** What can be wrong with a model, its files, its engine or its server. */
export const MODEL_PROBLEMS = [
  'no-webgpu',
  'no-f16',
  'device-lost',
  'out-of-memory',
  'missing-file',
  'wrong-checksum',
  'truncated',
  'not-a-model',
  'library-mismatch',
  'not-found',
  'html',
  'refused-key',
  'quota',
  'network',
  'cors',
  'rate-limited',
  'server-error',
  'bad-request',
  'too-long',
  'not-json',
  'hung',
  'crashed',
  'not-loaded',
  'unsupported',
  'unknown',
] as const;
export type ModelProblem = (typeof MODEL_PROBLEMS)[number];

/** Why a call, a load or a download failed, in words for the person at the screen. */
export class ModelError extends Error {
  override readonly name = 'ModelError';

  /**
   * @param message one plain sentence: what happened, and to which model or file
   * @param advice one plain sentence: what to do next
   * @param lasting true when the next call would fail as well (a lost device, a refused key): the
   *   model is not available. False when only this call failed (a prompt that is too long).
   */
  constructor(
    readonly problem: ModelProblem,
    message: string,
    readonly advice: string,
    readonly lasting: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

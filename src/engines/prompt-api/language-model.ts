/**
 * The part of Chrome's and Edge's Prompt API that is used here
 * (https://webmachinelearning.github.io/prompt-api/). Its published types redeclare globals that
 * workers have under other types. A page has it, a worker has not: `[Exposed=Window]`.
 */

export type Availability = 'unavailable' | 'downloadable' | 'downloading' | 'available';

export interface LanguageModelApi {
  availability(options?: SessionOptions): Promise<Availability>;
  create(options?: SessionOptions): Promise<LanguageModelSession>;
  /** Absent or null where a page may not choose numbers for sampling. */
  params?(): Promise<SamplingLimits | null>;
}

export interface SamplingLimits {
  readonly defaultTopK: number;
  readonly maxTemperature: number;
}

export type SamplingMode =
  'most-predictable' | 'predictable' | 'balanced' | 'creative' | 'most-creative';

export interface Expected {
  readonly type: 'text';
  readonly languages?: string[];
}

export interface SessionOptions {
  readonly expectedInputs?: Expected[];
  readonly expectedOutputs?: Expected[];
  readonly initialPrompts?: SessionMessage[];
  /** Not beside the two numbers below: that is a TypeError. */
  readonly samplingMode?: SamplingMode;
  readonly temperature?: number;
  readonly topK?: number;
  readonly signal?: AbortSignal;
  readonly monitor?: (monitor: DownloadMonitor) => void;
}

/** A message of the system may only be the first. */
export interface SessionMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface DownloadMonitor {
  addEventListener(
    type: 'downloadprogress',
    listener: (event: { readonly loaded: number; readonly total: number }) => void,
  ): void;
}

export interface PromptOptions {
  readonly responseConstraint?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
}

export interface LanguageModelSession {
  promptStreaming(input: string, options?: PromptOptions): ReadableStream<string>;
  /** Tokens; the second of each pair is the older name. */
  measureContextUsage?(input: string, options?: PromptOptions): Promise<number>;
  measureInputUsage?(input: string, options?: PromptOptions): Promise<number>;
  readonly contextUsage?: number;
  readonly inputUsage?: number;
  readonly contextWindow?: number;
  readonly inputQuota?: number;
  destroy(): void;
}

/** The browser's own; undefined where there is none. */
export function ownLanguageModel(): LanguageModelApi | undefined {
  return (globalThis as { LanguageModel?: LanguageModelApi }).LanguageModel;
}

/**
 * Browser and version, which stand for the model: it has no name of its own and comes with them.
 * Edge and Opera also call themselves Chrome.
 */
export function browserName(): string {
  const { userAgent = '' } = (globalThis as { navigator?: { userAgent?: string } }).navigator ?? {};
  const names = ['Edg', 'OPR', 'Chrome'].map((name) =>
    new RegExp(`\\b${name}/\\d+`).exec(userAgent),
  );
  return names.find((match) => match !== null)?.[0] ?? 'browser';
}

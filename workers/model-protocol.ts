/**
 * What crosses between the page, the run worker and a model worker: types only. A model worker
 * holds one model; errors cross as values, because an Error loses everything but its message.
 */
import type {
  ChatAnswer,
  ChatMessage,
  ChatParameters,
  ModelProblem,
} from '../src/core/system/chat-model';
import type { LoadProgress } from '../src/engines/loaded-model';

export type { LoadProgress } from '../src/engines/loaded-model';

/** Where a model comes from: enough to load it again after a crash. */
export type ModelSource = WebllmSource | WllamaSource | OpenaiSource | PromptApiSource;

export interface WebllmSource {
  readonly engine: 'webllm';
  /** `model_id` of the prebuilt list, or a name of the user's for a self-hosted model. */
  readonly model: string;
  /** Self-hosted only: URL of the model folder, and of its library (`.wasm`). */
  readonly url?: string;
  readonly library?: string;
}

export interface WllamaSource {
  readonly engine: 'wllama';
  /** Name for people, and part of the id. */
  readonly model: string;
  /** A GGUF at a URL (kept on this machine once downloaded), or a file of the user's. */
  readonly file: { readonly url: string; readonly sha256?: string } | File;
  /** Default: half the cores where the page is cross-origin isolated, else 1. */
  readonly threads?: number;
  /** Calls side by side; more than one is faster together and not exactly repeatable. Default 1. */
  readonly slots?: number;
  /** Default 4096, or what the model was trained for where that is less. */
  readonly contextTokens?: number;
  /** Whether to load it for embeddings instead of chat. */
  readonly embeddings?: boolean;
}

export interface OpenaiSource {
  readonly engine: 'openai';
  /** Up to and without `/chat/completions`, for example `http://localhost:8080/v1`. */
  readonly baseUrl: string;
  readonly model: string;
  readonly key?: string;
  /** Calls side by side. Default 4. */
  readonly slots?: number;
}

export interface PromptApiSource {
  readonly engine: 'prompt-api';
  readonly model: 'built-in';
}

/** A loaded model as others see it. */
export interface ModelDescription {
  readonly id: string;
  readonly deterministic: boolean;
  readonly slots: number;
  readonly usesGpu: boolean;
  readonly embeds: boolean;
  readonly contextTokens?: number;
  readonly threads?: number;
}

export interface ModelFailure {
  readonly problem: ModelProblem;
  readonly message: string;
  readonly advice: string;
  readonly lasting: boolean;
}

export type ModelOutcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly aborted: true }
  | { readonly ok: false; readonly aborted?: false; readonly failure: ModelFailure };

/** Files of a model on this machine. */
export interface StoredModel {
  /** Bytes on this machine. */
  readonly bytes: number;
  /** False while parts are missing: a download goes on where it stopped. */
  readonly complete: boolean;
}

export interface SelfTest {
  /** A matrix product on the GPU beside the same on the CPU; absent where the model needs no GPU. */
  readonly matrix?: {
    readonly size: number;
    readonly largestDifference: number;
    readonly gpuMilliseconds: number;
    readonly cpuMilliseconds: number;
  };
  readonly text: string;
  readonly tokens: number;
  readonly tokensPerSecond: number;
  readonly firstTokenMilliseconds: number;
}

export interface CompletedCall extends ChatAnswer {
  /** Milliseconds the engine itself took; what is on top is ours. */
  readonly engineMilliseconds: number;
}

/** What the run worker and the page ask of a loaded model, on a port of their own. */
export interface ModelCallApi {
  describe(): Promise<ModelDescription>;
  /** @param hear gets the text of streamed calls, at most ten pieces a second; lives as long as the port */
  listen(hear: (job: number, piece: string) => void): Promise<void>;
  /** @param job names the call for `abort` and for `hear` */
  complete(
    job: number,
    messages: readonly ChatMessage[],
    parameters: ChatParameters,
    streamed: boolean,
  ): Promise<ModelOutcome<CompletedCall>>;
  embed(job: number, texts: readonly string[]): Promise<ModelOutcome<Float32Array[]>>;
  abort(job: number): Promise<void>;
}

/** The model worker's side, behind Comlink. */
export interface ModelWorkerApi extends ModelCallApi {
  /** Downloads to this machine what is missing, without loading it; goes on where it stopped. */
  download(
    source: ModelSource,
    report: (progress: LoadProgress) => void,
  ): Promise<ModelOutcome<StoredModel>>;
  /** Downloads what is missing and loads the model; the worker holds one, so call it once. */
  load(
    source: ModelSource,
    report: (progress: LoadProgress) => void,
  ): Promise<ModelOutcome<ModelDescription>>;
  /** Ends a download or load that is under way; what was downloaded stays for the next try. */
  cancel(): Promise<void>;
  /** @param lost hears that the loaded model is gone by itself: a lost GPU, a crash, a hang */
  watch(lost: (failure: ModelFailure) => void): Promise<void>;
  /** Frees the model; the worker is ended after it. */
  unload(): Promise<void>;
  /** Another side that talks to this model, on its own port. */
  connect(port: MessagePort): Promise<void>;
  selfTest(report: (share: number) => void): Promise<ModelOutcome<SelfTest>>;
  /** What of a model is on this machine; `undefined` for nothing. Loads no engine. */
  stored(source: ModelSource): Promise<StoredModel | undefined>;
  /** Deletes a model's files from this machine. */
  remove(source: ModelSource): Promise<ModelOutcome<void>>;
  /** Names of the models that an OpenAI-compatible server offers. */
  listServerModels(baseUrl: string, key?: string): Promise<ModelOutcome<readonly string[]>>;
}

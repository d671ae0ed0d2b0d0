/** What an engine gives back once a model is loaded, and how it tells of its progress. */
import type { ChatModel } from '../core/system/chat-model';

/** Long work of an engine, told at most a few times a second. */
export interface LoadProgress {
  /** `downloading` to this machine, `checking` what came, `loading` it into memory, `compiling` kernels. */
  readonly phase: 'downloading' | 'checking' | 'loading' | 'compiling';
  /** Bytes done of this phase, where known. */
  readonly bytes?: number;
  /** Bytes of this phase in all, where known. */
  readonly total?: number;
  /** Share of this phase in [0, 1], where bytes are not known. */
  readonly share?: number;
}

export type ReportProgress = (progress: LoadProgress) => void;

/** A model in memory. One of them is unloaded before another takes its place in a worker. */
export interface LoadedModel extends ChatModel {
  readonly slots: number;
  /** Tokens that prompt and answer may have together, where known. */
  readonly contextTokens?: number;
  /** Threads it computes on, where that is the CPU's. */
  readonly threads?: number;
  /** Whether it computes on the GPU that the page's other workers would share. */
  readonly usesGpu: boolean;
  /**
   * One vector a text, pooled hidden states of the model; absent where the engine has none.
   * @throws ModelError, and the signal's reason when aborted
   */
  embed?(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]>;
  /** Frees memory and GPU; the model answers no further call. */
  unload(): Promise<void>;
}

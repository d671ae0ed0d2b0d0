/**
 * The engine of a model, started anew before it keeps too much. llama.cpp's server puts the keys and
 * values of every prompt aside that gives way to another, up to 8 GiB, and wllama 3.8 passes no limit
 * on: without this a run of some hundred calls fills the 4 GiB that WebAssembly has (110 tokens of
 * SmolLM2-135M are 5 MB; Chromium 156, November 2026). What it keeps makes a prompt that begins like
 * an earlier one several times as fast, so some of it is left to it.
 */
import type { ModelError } from '../../core/system/chat-model';
import { unloaded } from './engine-failures';
import type { RunningEngine } from './running-engine';

export const KEPT_BYTES = 512 * 2 ** 20;

export interface Renewal {
  readonly start: () => Promise<RunningEngine>;
  /** Whether there is still what it is started with: a file may be gone that was loaded long ago. */
  readonly canStart?: () => Promise<boolean>;
  /** Bytes kept for a token. */
  readonly bytesPerToken: number;
  /** Kept bytes from which on the engine is started anew. Default half a GiB. */
  readonly keptBytes?: number;
}

export class RenewedEngine {
  readonly #renewal: Renewal;
  #engine: RunningEngine;
  #over: ModelError | undefined;
  /** Calls that use the engine. */
  #using = 0;
  #kept = 0;
  #renewing: Promise<void> | undefined;
  #unused: () => void = () => undefined;

  constructor(first: RunningEngine, renewal: Renewal) {
    this.#engine = first;
    this.#renewal = renewal;
  }

  /**
   * @param work tells the tokens that it read and wrote
   * @throws what the work or a new start throws
   */
  async use<Value>(
    work: (engine: RunningEngine, kept: (tokens: number) => void) => Promise<Value>,
  ): Promise<Value> {
    await this.#ready();
    this.#using += 1;
    try {
      return await work(this.#engine, (tokens) => {
        this.#kept += tokens * this.#renewal.bytesPerToken;
      });
    } finally {
      this.#using -= 1;
      if (this.#using === 0) this.#unused();
    }
  }

  end(reason: ModelError): void {
    this.#over ??= reason;
    this.#engine.end(reason);
  }

  async #ready(): Promise<void> {
    if (this.#over) throw this.#over;
    if (this.#renewing === undefined) {
      const { keptBytes = KEPT_BYTES } = this.#renewal;
      if (this.#kept <= keptBytes) return;
      this.#renewing = this.#renew().finally(() => (this.#renewing = undefined));
    }
    await this.#renewing;
  }

  async #renew(): Promise<void> {
    if (this.#using > 0) await new Promise<void>((resolve) => (this.#unused = resolve));
    if (this.#over) throw this.#over;
    this.#kept = 0;
    if (!((await this.#renewal.canStart?.()) ?? true)) return;
    // Ended first: two of them need not fit into memory.
    this.#engine.end(unloaded('The engine before this one'));
    try {
      this.#engine = await this.#renewal.start();
    } catch (error) {
      this.#over = error as ModelError;
      throw error;
    }
    if (this.#over) this.#engine.end(this.#over);
  }
}

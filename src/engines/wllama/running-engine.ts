/**
 * One started wllama. It leaves calls open for ever when its worker is ended or breaks, so every
 * question goes through `ask`, which answers in any case.
 */
import { ModelError } from '../../core/system/chat-model';
import type { CreateEngine, WllamaEngine } from './engine';
import { engineBroke, noEngine } from './engine-failures';

/** @param log what was printed as errors since the question, a line each */
export type Explain = (error: unknown, log: string) => ModelError;

interface Question {
  readonly reject: (reason: Error) => void;
  readonly explain: Explain;
  readonly from: number;
}

const MOST_LINES = 50;

export class RunningEngine {
  readonly #wllama: WllamaEngine;
  readonly #open = new Set<Question>();
  #over: ModelError | undefined;
  #lines: string[] = [];
  /** Lines that were printed before the ones that are kept. */
  #forgotten = 0;

  /** @throws ModelError where the engine's own files cannot be had */
  static async start(create: CreateEngine): Promise<RunningEngine> {
    // Nothing is told before the engine is asked something, and it isn't before it is here.
    let engine: RunningEngine | undefined;
    try {
      const wllama = await create({
        said: (line) => (engine ? engine.#hear(line) : undefined),
        broke: (cause) => (engine ? engine.#break(cause) : undefined),
      });
      return (engine = new RunningEngine(wllama));
    } catch (error) {
      throw noEngine(error);
    }
  }

  private constructor(wllama: WllamaEngine) {
    this.#wllama = wllama;
  }

  /**
   * A lasting failure ends the engine and every other question with it.
   * @throws what `explain` makes of the engine's error, and the reason when it is ended meanwhile
   */
  async ask<Value>(
    work: (wllama: WllamaEngine) => Promise<Value>,
    explain: Explain,
  ): Promise<Value> {
    if (this.#over) throw this.#over;
    return new Promise<Value>((resolve, reject) => {
      const question = { reject, explain, from: this.#forgotten + this.#lines.length };
      this.#open.add(question);
      const answer = (async () => work(this.#wllama))();
      void answer
        .then(resolve, (error: unknown) => this.#fail(question, error))
        .finally(() => this.#open.delete(question));
    });
  }

  /** Frees its memory. @param reason what open and later questions are answered with */
  end(reason: ModelError): void {
    if (this.#over) return;
    this.#over = reason;
    for (const { reject } of this.#open) reject(reason);
    this.#open.clear();
    void this.#wllama.exit().catch(() => undefined);
  }

  #fail({ reject, explain, from }: Question, error: unknown): void {
    // Whoever aborted knows of it, and the engine goes on.
    if (error instanceof Error && error.name === 'AbortError') return reject(error);
    const log = this.#lines.slice(Math.max(0, from - this.#forgotten)).join('\n');
    const failure = error instanceof ModelError ? error : explain(error, log);
    reject(failure);
    if (failure.lasting) this.end(failure);
  }

  #break(cause: unknown): void {
    this.end(cause instanceof ModelError ? cause : engineBroke(cause));
  }

  #hear(text: string): void {
    // The rest is a stack.
    this.#lines.push(text.split('\n', 1)[0]!);
    if (this.#lines.length <= MOST_LINES) return;
    this.#lines.shift();
    this.#forgotten += 1;
  }
}

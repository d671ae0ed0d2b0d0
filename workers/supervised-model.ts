/**
 * The model of a run through thick and thin. A call that finds the model gone waits until there is
 * one again and is then made anew: the run stands still at its last event and loses none. Where
 * another model takes its place, its answers say so.
 */
import { ModelError, type ChatAnswer, type ChatModel } from '../src/core/system/chat-model';
import { failureOf } from './model-failure';
import type { ModelFailure } from './model-protocol';

export class SupervisedModel implements ChatModel {
  readonly writesPrompts = true;
  readonly id: string;
  readonly deterministic: boolean;
  readonly slots: number;
  readonly #stalled: (failure: ModelFailure | undefined) => void;
  #model: ChatModel;
  #waiting: (() => void)[] = [];

  /**
   * @param stalled hears why the run stands still, and `undefined` once it goes on
   * @param first what the run began with, where that was another model: the run is known by it
   */
  constructor(
    model: ChatModel,
    stalled: (failure: ModelFailure | undefined) => void,
    first: Pick<ChatModel, 'id' | 'deterministic' | 'slots'> = model,
  ) {
    this.#model = model;
    this.id = first.id;
    this.deterministic = first.deterministic;
    this.slots = first.slots ?? 1;
    this.#stalled = stalled;
  }

  /** Id of the model that answers now. */
  get present(): string {
    return this.#model.id;
  }

  /** The same model, reached anew, or another one: calls that wait are made on it. */
  replace(model: ChatModel): void {
    this.#model = model;
    const waiting = this.#waiting;
    this.#waiting = [];
    if (waiting.length > 0) this.#stalled(undefined);
    for (const goOn of waiting) goOn();
  }

  async complete(...call: Parameters<ChatModel['complete']>): Promise<ChatAnswer> {
    const signal = call[2];
    for (;;) {
      const model = this.#model;
      try {
        const answer = await model.complete(...call);
        return model.id === this.id ? answer : { ...answer, model: model.id };
      } catch (error) {
        signal?.throwIfAborted();
        if (!(error instanceof ModelError) || !error.lasting) throw error;
        // Another call may have found out first, and the model been replaced since.
        if (model === this.#model) await this.#replaced(failureOf(error), signal);
      }
    }
  }

  async #replaced(failure: ModelFailure, signal: AbortSignal | undefined): Promise<void> {
    if (this.#waiting.length === 0) this.#stalled(failure);
    await new Promise<void>((resolve, reject) => {
      const stop = (): void => {
        this.#waiting = this.#waiting.filter((other) => other !== goOn);
        reject(signal!.reason as Error);
      };
      const goOn = (): void => {
        signal?.removeEventListener('abort', stop);
        resolve();
      };
      signal?.addEventListener('abort', stop, { once: true });
      this.#waiting.push(goOn);
    });
  }
}

/**
 * The model of runs, as the run worker holds it: reached on a port, telling what it writes, one queue,
 * cached, waiting where it is lost, and replaced by another where the user says so.
 */
import { ModelError, type ChatModel } from '../src/core/system/chat-model';
import { cachedModel, type CallStore } from '../src/engines/call-cache';
import { queued } from '../src/engines/queue';
import { outcomeOf } from './model-failure';
import type { ModelDescription, ModelFailure, ModelOutcome } from './model-protocol';
import { RemoteModel } from './remote-model';
import type { RunListener } from './run-protocol';
import { SupervisedModel } from './supervised-model';
import { told } from './told-model';

/** A model that a run was on. */
interface KnownModel {
  readonly name: string;
  readonly description: ModelDescription;
}

export class RunModel {
  readonly #listener: () => RunListener;
  readonly #calls: () => CallStore | undefined;
  #remote: RemoteModel | undefined;
  #supervised: SupervisedModel | undefined;

  /** @param calls where answers are kept, where there is such a place */
  constructor(listener: () => RunListener, calls: () => CallStore | undefined) {
    this.#listener = listener;
    this.#calls = calls;
  }

  /**
   * Takes a model; a run that waits for this very model goes on with it.
   * @param anyway a run goes on with it whichever it was on
   */
  async set(port: MessagePort, anyway = false): Promise<ModelOutcome<ModelDescription>> {
    return outcomeOf(async () => {
      const remote = await RemoteModel.connect(port);
      const before = this.#remote;
      this.#remote = remote;
      if (anyway || this.#supervised?.present === remote.id) {
        this.#supervised?.replace(this.#kept(remote));
      }
      before?.lose();
      return remote.description;
    });
  }

  lose(failure: ModelFailure): void {
    this.#remote?.lose(failure);
  }

  get description(): ModelDescription | undefined {
    return this.#remote?.description;
  }

  /**
   * The model for one run; `undefined` where none was set.
   * @param before what a continued run was on: where that is not loaded, the run waits for it
   * @param first what it was on at first, where that was another model
   */
  forRun(before?: KnownModel, first = before): ChatModel | undefined {
    const remote = this.#remote;
    const model =
      before !== undefined && before.description.id !== remote?.id
        ? absentModel(before.name, before.description)
        : remote && this.#kept(remote);
    if (model === undefined) return undefined;
    const listener = this.#listener();
    this.#supervised = new SupervisedModel(
      model,
      (failure) => listener.stalled(failure),
      first?.description,
    );
    return this.#supervised;
  }

  /** With a queue and a cache of its own: answers of two models must not be taken for each other's. */
  #kept(model: ChatModel): ChatModel {
    const listener = this.#listener();
    const single = queued(told(model, (text) => listener.writing(text)));
    const store = this.#calls();
    return store === undefined ? single : cachedModel(single, store);
  }

  /** Answers throwaway calls until aborted, so that others can be measured beside a busy GPU. */
  async keepBusy(signal: AbortSignal): Promise<void> {
    const remote = this.#remote;
    for (let seed = 0; remote !== undefined && !signal.aborted; seed++) {
      try {
        const question = {
          role: 'user',
          content: `Count to one hundred, attempt ${seed}.`,
        } as const;
        await remote.complete([question], { maxTokens: 32, seed }, signal);
      } catch {
        return;
      }
    }
  }
}

/** Stands for a model of an earlier visit until it is loaded again. */
function absentModel(name: string, { id, deterministic, slots }: ModelDescription): ChatModel {
  return {
    id,
    deterministic,
    slots,
    complete: () =>
      Promise.reject(
        new ModelError(
          'not-loaded',
          `The run was on ${name}, which is not loaded.`,
          'Load it to go on.',
          true,
        ),
      ),
  };
}

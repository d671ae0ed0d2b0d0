/**
 * The models of runs, as the run worker holds them: each reached on a port of its own, telling what it
 * writes, with one queue, cached, waiting where it is lost, and replaced by another where the user
 * says so.
 */
import { ModelError, type ChatModel } from '../src/core/system/chat-model';
import { cachedModel, type CallStore } from '../src/engines/call-cache';
import { queued } from '../src/engines/queue';
import type { NamedModel } from '../src/engines/several';
import { outcomeOf } from './model-failure';
import type { ModelDescription, ModelFailure, ModelOutcome } from './model-protocol';
import { RemoteModel } from './remote-model';
import type { RunListener } from './run-protocol';
import { SupervisedModel } from './supervised-model';
import { told } from './told-model';

/** A model that a run began with. */
export interface KnownModel {
  /** By which the page knows it, and the run whatever takes its place. */
  readonly key: string;
  readonly name: string;
  readonly description: ModelDescription;
  /** The model in its place, where it was replaced on the way. */
  readonly replacement?: Omit<KnownModel, 'replacement'>;
}

export class RunModels {
  readonly #listener: () => RunListener;
  readonly #calls: () => CallStore | undefined;
  readonly #remotes = new Map<string, RemoteModel>();
  /** Those of the latest run, by the keys it began with. */
  readonly #supervised = new Map<string, SupervisedModel>();

  /** @param calls where answers are kept, where there is such a place */
  constructor(listener: () => RunListener, calls: () => CallStore | undefined) {
    this.#listener = listener;
    this.#calls = calls;
  }

  /**
   * Takes a model; a run that waits for this very model goes on with it.
   * @param insteadOf key of a model of the run that it takes the place of
   */
  async set(
    port: MessagePort,
    key: string,
    insteadOf?: string,
  ): Promise<ModelOutcome<ModelDescription>> {
    return outcomeOf(async () => {
      const remote = await RemoteModel.connect(port);
      const before = this.#remotes.get(key);
      this.#remotes.set(key, remote);
      for (const [known, supervised] of this.#supervised) {
        if (known === insteadOf || supervised.present === remote.id) {
          supervised.replace(this.#kept(remote));
        }
      }
      before?.lose();
      return remote.description;
    });
  }

  lose(key: string, failure: ModelFailure): void {
    this.#remotes.get(key)?.lose(failure);
  }

  /** Of a model that was set. */
  description(key: string): ModelDescription | undefined {
    return this.#remotes.get(key)?.description;
  }

  /** The models for one run: it waits for those that are not loaded when it needs them. */
  forRun(known: readonly KnownModel[]): NamedModel[] {
    const listener = this.#listener();
    this.#supervised.clear();
    return known.map((first) => {
      const { key, name, description } = first.replacement ?? first;
      const remote = this.#remotes.get(key);
      const model = new SupervisedModel(
        remote?.id === description.id ? this.#kept(remote) : absentModel(name, description),
        (failure) => listener.stalled(first.key, failure),
        first.description,
      );
      this.#supervised.set(first.key, model);
      return { name: first.name, model };
    });
  }

  /** With a queue and a cache of its own: answers of two models must not be taken for each other's. */
  #kept(model: ChatModel): ChatModel {
    const listener = this.#listener();
    const single = queued(told(model, (text) => listener.writing(text)));
    const store = this.#calls();
    return store === undefined ? single : cachedModel(single, store);
  }

  /** Answers throwaway calls on a model until aborted, so that others can be measured beside a busy GPU. */
  async keepBusy(key: string, signal: AbortSignal): Promise<void> {
    const remote = this.#remotes.get(key);
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

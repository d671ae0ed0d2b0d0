/**
 * The page's side of the run: starts the two workers, joins them by a message channel, and hands
 * their events on. Created lazily, disposed whole.
 */
import * as Comlink from 'comlink';
import type { References } from '../core/run/references';
import type { ModelDescription, ModelFailure, ModelOutcome } from '../../workers/model-protocol';
import type {
  CachedCalls,
  ConfigurationOutcome,
  InterruptedRun,
  LoadOutcome,
  RunListener,
  RunModelName,
  RunRequest,
  RunWorkerApi,
  SystemSummary,
} from '../../workers/run-protocol';

export type { References } from '../core/run/references';
export type {
  Activity,
  ConfigurationOutcome,
  DataProblem,
  DataSummary,
  InterruptedRun,
  LoadOutcome,
  PlayerStatus,
  RunListener,
  RunModelName,
  RunRequest,
  StampedEvent,
  SystemSummary,
} from '../../workers/run-protocol';

export class RunClient {
  // Kept in fields: a collected worker or proxy never answers again.
  readonly #runWorker: Worker;
  readonly #rewardWorker: Worker;
  readonly #api: Comlink.Remote<RunWorkerApi>;
  readonly #ready: Promise<void>;
  /** Rejects when the workers are let go: what they were asked would never be answered. */
  readonly #gone: Promise<never>;
  #letGo!: () => void;

  constructor(listener: RunListener) {
    this.#runWorker = new Worker(new URL('../../workers/run.worker.ts', import.meta.url), {
      type: 'module',
      name: 'run',
    });
    this.#rewardWorker = new Worker(new URL('../../workers/reward.worker.ts', import.meta.url), {
      type: 'module',
      name: 'reward',
    });
    for (const [name, worker] of [
      ['run', this.#runWorker],
      ['reward', this.#rewardWorker],
    ] as const) {
      worker.addEventListener('error', (event) => {
        listener.problem(
          `The ${name} worker stopped: ${event.message || 'it could not be loaded'}. Press Reset to start again.`,
        );
      });
    }
    this.#gone = new Promise((_, reject) => {
      this.#letGo = () => reject(new Error('the workers were let go'));
    });
    this.#gone.catch(() => undefined);
    const { port1, port2 } = new MessageChannel();
    this.#rewardWorker.postMessage({ type: 'connect' }, [port1]);
    this.#api = Comlink.wrap<RunWorkerApi>(this.#runWorker);
    this.#ready = this.#api.connect(Comlink.transfer(port2, [port2]), Comlink.proxy(listener));
  }

  /** Of the system that runs are on; another one than before comes with its shipped data. */
  summary(system: string): Promise<SystemSummary> {
    return this.#ask((api) => api.summary(system));
  }

  /** Takes rows of a data file: JSON of `ImportedRows`. */
  useRows(rows: File): Promise<LoadOutcome> {
    return this.#ask(async (api) => api.useRows(rows));
  }

  /** Of what is loaded; `undefined` where something else was loaded meanwhile. */
  references(): Promise<References | undefined> {
    return this.#ask((api) => api.references());
  }

  /** Checks a configuration file's text against the present system. */
  readConfiguration(text: string): Promise<ConfigurationOutcome> {
    return this.#ask(async (api) => api.readConfiguration(text));
  }

  useShippedData(): Promise<SystemSummary> {
    return this.#ask((api) => api.useShippedData());
  }

  /**
   * @param port of a worker that has the model loaded
   * @param insteadOf key of a model that the run began with, where it shall go on with this one
   */
  setModel(
    port: MessagePort,
    model: RunModelName,
    insteadOf?: string,
  ): Promise<ModelOutcome<ModelDescription>> {
    return this.#ask(async (api) => api.setModel(Comlink.transfer(port, [port]), model, insteadOf));
  }

  loseModel(key: string, failure: ModelFailure): Promise<void> {
    return this.#ask((api) => api.loseModel(key, failure));
  }

  /**
   * @param paused start in the paused state, for stepping from the first event
   * @param models what the prompts are on, and those that a system may choose besides
   */
  start(request: RunRequest, paused = false, models: readonly RunModelName[] = []): Promise<void> {
    return this.#ask((api) => api.start(request, paused, models));
  }

  /** Runs that broke off with their tab, the latest first. */
  interrupted(): Promise<readonly InterruptedRun[]> {
    return this.#ask((api) => api.interrupted());
  }

  continueRun(id: string): Promise<void> {
    return this.#ask((api) => api.continueRun(id));
  }

  discard(id: string): Promise<void> {
    return this.#ask((api) => api.discard(id));
  }

  cachedCalls(): Promise<CachedCalls> {
    return this.#ask((api) => api.cachedCalls());
  }

  clearCachedCalls(): Promise<void> {
    return this.#ask((api) => api.clearCachedCalls());
  }

  pause(): Promise<void> {
    return this.#ask((api) => api.pause());
  }

  resume(): Promise<void> {
    return this.#ask((api) => api.resume());
  }

  step(): Promise<void> {
    return this.#ask((api) => api.step());
  }

  stop(): Promise<void> {
    return this.#ask((api) => api.stop());
  }

  dispose(): void {
    this.#letGo();
    this.#api[Comlink.releaseProxy]();
    this.#runWorker.terminate();
    this.#rewardWorker.terminate();
  }

  /** @throws Error when the workers are let go before they answered */
  #ask<Value>(call: (api: Comlink.Remote<RunWorkerApi>) => Promise<Value>): Promise<Value> {
    return Promise.race([this.#ready.then(() => call(this.#api)), this.#gone]);
  }
}

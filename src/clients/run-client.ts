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
    const { port1, port2 } = new MessageChannel();
    this.#rewardWorker.postMessage({ type: 'connect' }, [port1]);
    this.#api = Comlink.wrap<RunWorkerApi>(this.#runWorker);
    this.#ready = this.#api.connect(Comlink.transfer(port2, [port2]), Comlink.proxy(listener));
  }

  /** Of the system that runs are on; another one than before comes with its shipped data. */
  async summary(system: string): Promise<SystemSummary> {
    await this.#ready;
    return this.#api.summary(system);
  }

  /** Takes rows of a data file: JSON of `ImportedRows`. */
  async useRows(rows: File): Promise<LoadOutcome> {
    await this.#ready;
    return this.#api.useRows(rows);
  }

  /** Of what is loaded; `undefined` where something else was loaded meanwhile. */
  async references(): Promise<References | undefined> {
    await this.#ready;
    return this.#api.references();
  }

  /** Checks a configuration file's text against the present system. */
  async readConfiguration(text: string): Promise<ConfigurationOutcome> {
    await this.#ready;
    return this.#api.readConfiguration(text);
  }

  async useShippedData(): Promise<SystemSummary> {
    await this.#ready;
    return this.#api.useShippedData();
  }

  /**
   * @param port of a worker that has the model loaded
   * @param insteadOf key of a model that the run began with, where it shall go on with this one
   */
  async setModel(
    port: MessagePort,
    model: RunModelName,
    insteadOf?: string,
  ): Promise<ModelOutcome<ModelDescription>> {
    await this.#ready;
    return this.#api.setModel(Comlink.transfer(port, [port]), model, insteadOf);
  }

  async loseModel(key: string, failure: ModelFailure): Promise<void> {
    await this.#api.loseModel(key, failure);
  }

  /**
   * @param paused start in the paused state, for stepping from the first event
   * @param models what the prompts are on, and those that a system may choose besides
   */
  async start(
    request: RunRequest,
    paused = false,
    models: readonly RunModelName[] = [],
  ): Promise<void> {
    await this.#ready;
    await this.#api.start(request, paused, models);
  }

  /** Runs that broke off with their tab, the latest first. */
  async interrupted(): Promise<readonly InterruptedRun[]> {
    await this.#ready;
    return this.#api.interrupted();
  }

  async continueRun(id: string): Promise<void> {
    await this.#ready;
    await this.#api.continueRun(id);
  }

  async discard(id: string): Promise<void> {
    await this.#ready;
    await this.#api.discard(id);
  }

  async cachedCalls(): Promise<CachedCalls> {
    await this.#ready;
    return this.#api.cachedCalls();
  }

  async clearCachedCalls(): Promise<void> {
    await this.#ready;
    await this.#api.clearCachedCalls();
  }

  async pause(): Promise<void> {
    await this.#api.pause();
  }

  async resume(): Promise<void> {
    await this.#api.resume();
  }

  async step(): Promise<void> {
    await this.#api.step();
  }

  async stop(): Promise<void> {
    await this.#api.stop();
  }

  dispose(): void {
    this.#api[Comlink.releaseProxy]();
    this.#runWorker.terminate();
    this.#rewardWorker.terminate();
  }
}

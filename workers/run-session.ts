/**
 * One run from its request to its end, new or taken up where it broke off: prepared, made durable,
 * played. Whatever goes wrong reaches the page as a plain message.
 */
import type * as Comlink from 'comlink';
import {
  checkNames,
  engineFor,
  play,
  prepareRun,
  UnknownNameError,
  workloadOn,
  type Workload,
} from '../src/compose/catalogue';
import { durable } from '../src/compose/durable';
import type { Journal } from '../src/core/run/journal';
import { CannotContinueError } from '../src/core/run/journal-replay';
import type { NamedModel } from '../src/engines/several';
import type { OpenRun } from '../src/storage';
import type { ModelDescription } from './model-protocol';
import { NotReadyError } from './not-ready';
import { Player } from './player';
import type { RewardWorkerApi } from './reward-protocol';
import { learners } from './run-learners';
import type { RunModels } from './run-models';
import type { RunListener, RunModelName, RunRequest } from './run-protocol';

/** What is kept of a run's request, enough to start the same run again. */
export interface KeptRequest {
  readonly request: RunRequest;
  /** What its prompts are on; the further ones are there for systems that choose. */
  readonly models?: readonly KeptModel[];
}

export interface KeptModel extends RunModelName {
  readonly description: ModelDescription;
  /** The model in its place, where it was replaced on the way. */
  readonly replacement?: Omit<KeptModel, 'replacement'>;
}

export interface SessionParts {
  readonly page: RunListener;
  readonly rewards: Comlink.Remote<RewardWorkerApi>;
  readonly models: RunModels;
  readonly workload: () => Promise<Workload>;
  /** Where the run is kept; absent where this browser keeps nothing. */
  readonly open?: OpenRun;
}

/** Of the code: another version may compute otherwise, and must not go on with a run of this one. */
const VERSION = String(import.meta.env['SOURCE_HASH'] ?? '');

const NO_JOURNAL: Journal = { recorded: [], append: () => Promise.resolve() };

export class RunSession {
  readonly #parts: SessionParts;
  readonly #abort = new AbortController();
  #player: Player | undefined;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  /** Plays the run to its end. Never throws. */
  async run(kept: KeptRequest, paused: boolean): Promise<void> {
    const { page, open } = this.#parts;
    const { signal } = this.#abort;
    try {
      page.status('preparing');
      const events = await this.#prepared(kept);
      const known = open?.record.events ?? 0;
      this.#player = new Player(events, page, this.#abort, paused, {
        known,
        elapsed: open?.record.elapsed ?? 0,
        onProgress: (progress) => this.#note(progress),
      });
      await this.#player.play();
    } catch (error) {
      // A run that was stopped has said so, and another may be on its way.
      if (signal.aborted && !(error instanceof CannotContinueError)) return;
      page.status('failed');
      page.problem(problemOf(error));
      if (!isPlain(error)) {
        // Something broke; what was done until then can be continued.
        await open?.leave();
        return;
      }
    }
    await open?.finish();
  }

  /**
   * The run is on another model from here on, and will be when it is taken up again.
   * @param key of the model that it began with
   */
  replaced(key: string, replacement: Omit<KeptModel, 'replacement'>): void {
    const { open } = this.#parts;
    if (open === undefined) return;
    const kept = open.record.request as KeptRequest;
    const models = kept.models?.map((model) =>
      model.key === key ? { ...model, replacement } : model,
    );
    open.note({ request: { ...kept, ...(models && { models }) } });
  }

  pause(): void {
    this.#player?.pause();
  }
  resume(): void {
    this.#player?.resume();
  }
  step(): void {
    this.#player?.step();
  }

  /** Ends the run for good: there is nothing to continue. */
  async stop(): Promise<void> {
    if (this.#player !== undefined) {
      this.#player.stop();
    } else {
      this.#abort.abort();
      this.#parts.page.status('stopped');
    }
    await this.#parts.open?.finish();
  }

  async #prepared(kept: KeptRequest) {
    const { request } = kept;
    const { rewards, models, open } = this.#parts;
    const { signal } = this.#abort;
    const journal = open ?? NO_JOURNAL;
    checkNames(request.system, 'reader');
    const shared = await this.#parts.workload();
    const model = engineFor(shared, modelsOf(kept, models));
    const work = workloadOn(shared, model);
    signal.throwIfAborted();
    const onGpu = usingGpu(kept);
    const prepared = await prepareRun(work, {
      ...request,
      ...(model && { model }),
      ...(await learners(
        rewards,
        {
          components: work.system.components.map(({ name }) => name),
          features: request.features,
          journal,
          ...(onGpu && { keepBusy: (until) => void models.keepBusy(onGpu.key, until) }),
        },
        signal,
      )),
      signal,
    });
    const { problem } = prepared;
    const { options, measure } = prepared;
    return play({
      ...prepared,
      problem: durable(problem, journal, {
        options: measure === undefined ? options : { ...options, measure },
        version: VERSION,
      }).problem,
    });
  }

  #note(progress: Parameters<NonNullable<OpenRun['note']>>[0] | { status: string }): void {
    const { open } = this.#parts;
    if (open === undefined) return;
    if (!('status' in progress)) open.note(progress);
    else if (progress.status === 'running' || progress.status === 'paused') {
      open.note({ status: progress.status });
    }
  }
}

/** @throws NotReadyError where the run shall have a model and there is none */
function modelsOf({ request, models = [] }: KeptRequest, runModels: RunModels): NamedModel[] {
  if (request.engine === 'reader') return [];
  if (models.length > 0) return runModels.forRun(models);
  throw new NotReadyError('No model is loaded. Load one under Models, or choose the reader.');
}

/** The first of its models that needs the GPU. */
function usingGpu({ models = [] }: KeptRequest): Pick<KeptModel, 'key'> | undefined {
  return models
    .map((model) => model.replacement ?? model)
    .find(({ description }) => description.usesGpu);
}

/** Whether its message says all there is to say; anything else is a surprise. */
function isPlain(error: unknown): error is Error {
  return (
    error instanceof UnknownNameError ||
    error instanceof NotReadyError ||
    error instanceof CannotContinueError
  );
}

function problemOf(error: unknown): string {
  if (isPlain(error)) return error.message;
  const reason = error instanceof Error ? error.message : String(error);
  return `The run broke off: ${reason}. What it did so far stays below; press Reset to start again or to continue it.`;
}

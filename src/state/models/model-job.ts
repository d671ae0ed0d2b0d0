/**
 * One download or load in a worker: its progress in words, and an end that comes for certain. A
 * worker may be deaf to Cancel (an engine that blocks its thread), or gone without a word.
 */
import type { LoadProgress, ModelClient, ModelOutcome, ReportProgress } from './model-client';
import { STARTING, WorkMeter, type WorkProgress } from './work-meter';

/** A worker that does not hear Cancel for so long is given up, in ms. */
export const DEAF = 3_000;
/** How often figures are counted anew while no report comes, in ms: a rate must not stand still. */
const TICK = 1_000;

export class ModelJob {
  readonly #client: ModelClient;
  readonly #onProgress: (progress: WorkProgress) => void;
  readonly #meter = new WorkMeter();
  readonly #givenUp: Promise<{ readonly ok: false; readonly aborted: true }>;
  /** The wait for the worker ends; what it still does no longer counts. */
  readonly abandon: () => void;
  #latest: LoadProgress | undefined;
  #stopping = false;

  constructor(client: ModelClient, onProgress: (progress: WorkProgress) => void) {
    this.#client = client;
    this.#onProgress = onProgress;
    let end = (): void => undefined;
    this.#givenUp = new Promise((resolve) => (end = () => resolve({ ok: false, aborted: true })));
    this.abandon = end;
  }

  /** @throws whatever the worker throws */
  async run<Value>(
    start: (report: ReportProgress) => Promise<ModelOutcome<Value>>,
  ): Promise<ModelOutcome<Value>> {
    this.#onProgress(STARTING);
    const ticking = setInterval(() => this.#draw(), TICK);
    let over = false;
    try {
      const work = start((progress) => {
        if (over) return;
        this.#latest = progress;
        this.#draw();
      });
      return await Promise.race([work, this.#givenUp]);
    } finally {
      over = true;
      clearInterval(ticking);
    }
  }

  async cancel(): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    this.#onProgress({ phase: this.#latest?.phase ?? 'loading', name: 'Stopping' });
    setTimeout(this.abandon, DEAF);
    try {
      await this.#client.cancel();
    } catch {
      this.abandon();
    }
  }

  #draw(): void {
    if (this.#latest === undefined || this.#stopping) return;
    this.#onProgress(this.#meter.add(this.#latest, performance.now()));
  }
}

/**
 * The sentence encoder of the reward worker: loaded once and kept, so that a later run finds it, and
 * one stretch of work at a time that says how far it is and can be cancelled at once.
 */
import type { BytesReport } from '../src/learning/sentence-encoder/download';
import type { SentenceEncoder } from '../src/learning/sentence-encoder/sentence-encoder';
import { ActivityMeter } from './activity-meter';
import type { Activity, ActivityName } from './run-protocol';

type Load = (signal: AbortSignal, report: BytesReport) => Promise<SentenceEncoder>;

export class EncoderHost {
  readonly #load: Load;
  readonly #report: (activity: Activity | undefined) => void;
  #encoder: Promise<SentenceEncoder> | undefined;
  #loading = false;
  #abort = new AbortController();

  /** @param report hears what is going on, and `undefined` when it is over */
  constructor(load: Load, report: (activity: Activity | undefined) => void) {
    this.#load = load;
    this.#report = report;
  }

  /** @throws EncoderDownloadError; AbortError after `cancel`. The next call then tries again. */
  async load(): Promise<void> {
    await this.#loaded(this.#abort.signal);
  }

  /** @throws as `load` does, and Error of the encoder */
  async embed(texts: readonly string[]): Promise<Float32Array[]> {
    const { signal } = this.#abort;
    const encoder = await this.#loaded(signal);
    return this.#reporting('embedding', 'tokens', signal, (report) =>
      encoder.embed(texts, signal, report),
    );
  }

  /** Whatever is under way fails with an AbortError; an encoder that is loaded stays. */
  cancel(): void {
    this.#abort.abort(new DOMException('the run was stopped', 'AbortError'));
    this.#abort = new AbortController();
    if (this.#loading) this.#forget();
  }

  async #loaded(signal: AbortSignal): Promise<SentenceEncoder> {
    if (this.#encoder !== undefined) return this.#encoder;
    const own = this.#fetched(signal);
    this.#encoder = own;
    this.#loading = true;
    try {
      const encoder = await own;
      if (this.#encoder === own) this.#loading = false;
      return encoder;
    } catch (error) {
      // Not if a later call is loading again already.
      if (this.#encoder === own) this.#forget();
      throw error;
    }
  }

  #forget(): void {
    this.#encoder = undefined;
    this.#loading = false;
  }

  async #fetched(signal: AbortSignal): Promise<SentenceEncoder> {
    const encoder = await this.#reporting('loading encoder', 'bytes', signal, (report) =>
      this.#load(signal, report),
    );
    if (!signal.aborted) return encoder;
    // The bytes were all there when the run was stopped: nobody will ask for this one.
    encoder.dispose();
    throw signal.reason;
  }

  async #reporting<T>(
    name: ActivityName,
    unit: Activity['unit'],
    signal: AbortSignal,
    work: (report: (done: number, total: number) => void) => Promise<T>,
  ): Promise<T> {
    const meter = new ActivityMeter({ name, unit }, this.#report);
    try {
      return await work((done, total) => {
        if (!signal.aborted) meter.tell(done, total);
      });
    } finally {
      // What follows a cancelled stretch reports for itself.
      if (!signal.aborted) this.#report(undefined);
    }
  }
}

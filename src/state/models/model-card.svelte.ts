/**
 * One model: what of it is on this machine, and the worker it is loaded in. A worker lives from
 * Load to Unload; a download has one of its own that ends with it, so that nothing stays in memory.
 */
import type { CardEvent, CardStatus, TestStatus, Work } from './card-status';
import {
  brokenOff,
  type ModelClient,
  type ModelClients,
  type ModelFailure,
  type ModelOutcome,
  type ReportProgress,
  type StoredModel,
} from './model-client';
import type { ModelEntry } from './model-entry';
import { ModelJob } from './model-job';
import { within } from './within';

/** How long the look at what is on this machine may take, in ms. */
const PATIENCE = 10_000;

export type CardListener = (card: ModelCard, event: CardEvent) => void;

export class ModelCard {
  readonly entry: ModelEntry;
  readonly #clients: ModelClients;
  readonly #tell: CardListener;
  #client: ModelClient | undefined;
  #job: ModelJob | undefined;
  #stored = $state.raw<StoredModel>();
  #status = $state.raw<CardStatus>({ name: 'unknown' });
  #test = $state.raw<TestStatus>();

  constructor(entry: ModelEntry, clients: ModelClients, tell: CardListener) {
    this.entry = entry;
    this.#clients = clients;
    this.#tell = tell;
    if (entry.place !== 'download') this.#status = this.#atRest();
  }

  get status(): CardStatus {
    return this.#status;
  }
  get test(): TestStatus | undefined {
    return this.#test;
  }
  /** Only while the model is loaded. */
  get client(): ModelClient | undefined {
    return this.#status.name === 'ready' ? this.#client : undefined;
  }
  /** Bytes on this machine, those of an interrupted download too. */
  get storedBytes(): number {
    return this.#stored?.bytes ?? 0;
  }
  /** Nothing goes on and nothing is loaded. */
  get idle(): boolean {
    return !['downloading', 'loading', 'deleting', 'ready'].includes(this.#status.name);
  }

  /** Asks what of it is on this machine; at work, loaded or failed it stays as it is. */
  async check(): Promise<void> {
    const before = this.#status;
    if (!['unknown', 'absent', 'interrupted', 'here'].includes(before.name)) return;
    await this.#look();
    if (this.#status === before) this.#status = this.#atRest();
  }

  async download(): Promise<void> {
    if (!this.idle || this.entry.place !== 'download') return;
    const outcome = await this.#work('downloading', (client, report) =>
      client.download(this.entry.source, report),
    );
    if (outcome === undefined) return;
    this.dispose();
    if (outcome.ok) this.#stored = outcome.value;
    await this.#settle('download', outcome, 'downloaded');
  }

  /** Loads it, after downloading what is missing. */
  async load(): Promise<void> {
    if (!this.idle) return;
    this.#test = undefined;
    const outcome = await this.#work('loading', (client, report) =>
      client.load(this.entry.source, report),
    );
    if (outcome === undefined) return;
    if (outcome.ok) {
      this.#status = { name: 'ready', description: outcome.value };
      this.#tell(this, 'loaded');
      await this.#look();
    } else {
      // The worker goes with what it had allocated; other models are in workers of their own.
      this.dispose();
      await this.#settle('load', outcome, 'stopped');
    }
  }

  /** Ends a download or a load; what was downloaded stays. */
  async cancel(): Promise<void> {
    await this.#job?.cancel();
  }

  async selfTest(): Promise<void> {
    const { client } = this;
    if (client === undefined || this.#test?.name === 'testing') return;
    this.#test = { name: 'testing', share: 0 };
    const outcome = await client
      .selfTest((share) => {
        if (this.client === client && this.#test?.name === 'testing') {
          this.#test = { name: 'testing', share };
        }
      })
      .catch((error: unknown) => brokenOff(error, this.entry.name));
    if (this.client !== client) return;
    if (outcome.ok) this.#test = { name: 'tested', result: outcome.value };
    else this.#test = outcome.aborted ? undefined : { name: 'failed', failure: outcome.failure };
    this.#tell(this, 'tested');
  }

  async unload(): Promise<void> {
    const { client } = this;
    if (client === undefined) return;
    this.#client = undefined;
    this.#test = undefined;
    this.#status = this.#atRest();
    this.#tell(this, 'unloaded');
    await client.unload().catch(() => client.dispose());
  }

  /** Deletes its files. */
  async remove(): Promise<void> {
    if (!this.idle || this.entry.place !== 'download') return;
    this.#status = { name: 'deleting' };
    const outcome = await this.#clients
      .remove(this.entry.source)
      .catch((error: unknown) => brokenOff(error, this.entry.name));
    if (outcome.ok) this.#stored = undefined;
    await this.#settle('delete', outcome, 'deleted');
  }

  /** @returns `undefined` where the worker was let go meanwhile */
  async #work<Value>(
    name: 'downloading' | 'loading',
    start: (client: ModelClient, report: ReportProgress) => Promise<ModelOutcome<Value>>,
  ): Promise<ModelOutcome<Value> | undefined> {
    let client: ModelClient | undefined;
    const current = (): boolean => client !== undefined && this.#client === client;
    try {
      client = this.#clients.open(this.entry.source, (failure) => {
        if (current()) this.#crash(failure);
      });
      this.#client = client;
      this.#job = new ModelJob(client, (progress) => {
        if (current()) this.#status = { name, progress };
      });
      const outcome = await this.#job.run((report) => start(client!, report));
      return current() ? outcome : undefined;
    } catch (error) {
      return client === undefined || current() ? brokenOff(error, this.entry.name) : undefined;
    } finally {
      if (current()) this.#job = undefined;
    }
  }

  /** The worker ended by itself, at work or while the model was in use. */
  #crash(failure: ModelFailure): void {
    const { name } = this.#status;
    this.dispose();
    this.#test = undefined;
    this.#fail(failure, name === 'ready' ? 'use' : name === 'downloading' ? 'download' : 'load');
    void this.#look();
  }

  /** Ends the worker and whatever goes on in it, without a word. */
  dispose(): void {
    const client = this.#client;
    this.#client = undefined;
    client?.dispose();
    this.#job?.abandon();
    this.#job = undefined;
  }

  async #settle(during: Work, outcome: ModelOutcome<unknown>, event: CardEvent): Promise<void> {
    if (!outcome.ok) await this.#look();
    if (!outcome.ok && !outcome.aborted) return this.#fail(outcome.failure, during);
    this.#status = this.#atRest();
    this.#tell(this, outcome.ok && this.#status.name !== 'interrupted' ? event : 'stopped');
  }

  #fail(failure: ModelFailure, during: Work): void {
    this.#status = { name: 'failed', failure, during };
    this.#tell(this, 'failed');
  }

  /** Where nobody answers, nothing is here. */
  async #look(): Promise<void> {
    if (this.entry.place !== 'download') return;
    const asked = within(PATIENCE, this.#clients.stored(this.entry.source));
    this.#stored = await asked.catch(() => undefined);
  }

  #atRest(): CardStatus {
    if (this.entry.place !== 'download') return { name: 'here' };
    if (this.#stored === undefined) return { name: 'absent' };
    const { bytes, complete } = this.#stored;
    return { name: complete ? 'here' : 'interrupted', bytes };
  }
}

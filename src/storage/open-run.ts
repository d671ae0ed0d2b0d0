/** A run that this tab holds: its journal, and how far it came. */
import type { Journal, JournalEntry } from '../core/run/journal';
import { CommitQueue } from './commit-queue';
import type { Database, RunRecord, RunStatus } from './database';
import { isQuota, runProblem, type Told } from './problem';
import { allOfRun, type ReadJournal } from './run-store-reads';

export interface OpenRunHooks {
  /** Hears why the run is not kept any more. */
  readonly told: Told;
  readonly makeRoom: () => Promise<void>;
  /** Gives the lock back. */
  readonly release: () => void;
}

export interface RunProgress {
  readonly status?: RunStatus;
  readonly events?: number;
  readonly elapsed?: number;
  /** What is kept of what was asked for, where that has changed. */
  readonly request?: unknown;
}

export class OpenRun implements Journal {
  readonly recorded: readonly JournalEntry[];
  readonly #database: Database;
  readonly #hooks: OpenRunHooks;
  readonly #queue: CommitQueue<readonly JournalEntry[]>;
  #record: RunRecord;
  /** Answers kept so far: the number of the next one. */
  #answers: number;
  #lost = false;
  #ended = false;

  constructor(
    database: Database,
    record: RunRecord,
    { answers, places }: ReadJournal,
    hooks: OpenRunHooks,
  ) {
    this.#database = database;
    this.#record = record;
    this.#hooks = hooks;
    this.#answers = answers.length;
    this.recorded = [...answers, ...places];
    this.#queue = new CommitQueue((batch) => this.#commit(batch));
  }

  get record(): RunRecord {
    return this.#record;
  }

  /** Whether what happens is still kept. */
  get kept(): boolean {
    return !this.#lost && !this.#ended;
  }

  /** Writes the record itself; the store does, once. */
  async create(file: Blob | undefined): Promise<void> {
    await this.#guarded(async () => {
      const transaction = this.#database.transaction(['runs', 'files'], 'readwrite');
      await Promise.all([
        transaction.objectStore('runs').add(this.#record),
        ...(file === undefined
          ? []
          : [transaction.objectStore('files').add(file, this.#record.id)]),
        transaction.done,
      ]);
    });
  }

  append(...entries: readonly JournalEntry[]): Promise<void> {
    return this.kept ? this.#queue.add(entries) : Promise.resolve();
  }

  /**
   * How far the run is. Written with the next entry; at once where status or request change, and while
   * it is paused: no entry may follow the event that was still under way.
   */
  note(progress: RunProgress): void {
    const { status, request } = this.#record;
    this.#record = { ...this.#record, ...progress, updatedAt: Date.now() };
    const paused = this.#record.status === 'paused';
    if (paused || this.#record.status !== status || this.#record.request !== request) {
      void this.append();
    }
  }

  /** The run ended: there is nothing to continue, and it is forgotten. */
  async finish(): Promise<void> {
    await this.#end(async () => {
      const { id } = this.#record;
      const transaction = this.#database.transaction(['runs', 'files', 'journal'], 'readwrite');
      await Promise.all([
        transaction.objectStore('runs').delete(id),
        transaction.objectStore('files').delete(id),
        transaction.objectStore('journal').delete(allOfRun(id)),
        transaction.done,
      ]);
    });
  }

  /** Lets go of the run as it is: it can be continued, here or in another tab. */
  async leave(): Promise<void> {
    await this.#end(() => Promise.resolve());
  }

  async #end(work: () => Promise<void>): Promise<void> {
    if (this.#ended) return;
    if (this.kept) void this.append();
    this.#ended = true;
    await this.#queue.settled();
    await work().catch((error: unknown) => this.#hooks.told(runProblem(error)));
    this.#hooks.release();
  }

  async #commit(batch: readonly (readonly JournalEntry[])[]): Promise<void> {
    const entries = batch.flat();
    await this.#guarded(() => this.#write(entries));
    this.#answers += entries.filter(({ place }) => place === undefined).length;
  }

  /** What fails for want of room is tried once more; what fails then is the last that was tried. */
  async #guarded(work: () => Promise<void>): Promise<void> {
    if (this.#lost) return;
    try {
      await work().catch(async (error: unknown) => {
        if (!isQuota(error)) throw error;
        await this.#hooks.makeRoom();
        await work();
      });
    } catch (error) {
      this.#lost = true;
      this.#hooks.told(runProblem(error));
    }
  }

  async #write(entries: readonly JournalEntry[]): Promise<void> {
    const transaction = this.#database.transaction(['runs', 'journal'], 'readwrite', {
      durability: 'relaxed',
    });
    const { id } = this.#record;
    const journal = transaction.objectStore('journal');
    let at = this.#answers;
    await Promise.all([
      transaction.objectStore('runs').put(this.#record),
      ...entries.map((entry) =>
        entry.place === undefined
          ? // A second writer would have taken this number: better lost than mixed.
            journal.add(entry, [id, at++])
          : journal.put(entry, [id, entry.place]),
      ),
      transaction.done,
    ]);
  }
}

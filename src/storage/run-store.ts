/**
 * Runs that are under way, so that they can be continued when their tab is gone. A run that is alive
 * in another tab holds a lock and is not offered; one that ended or was discarded is forgotten.
 */
import type { Database, RunRecord } from './database';
import type { Locks } from './liveness';
import { OpenRun } from './open-run';
import { runProblem, type Told } from './problem';
import { allOfRun, isRecord, readJournal, type ReadJournal } from './run-store-reads';

/** Interrupted runs beyond these, the oldest, are forgotten when another starts. */
const MOST_INTERRUPTED = 5;

export type ResumeOutcome =
  | { readonly ok: true; readonly run: OpenRun; readonly file?: Blob }
  | { readonly ok: false; readonly problem: string };

export class RunStore {
  readonly #database: Database;
  readonly #told: Told;
  readonly #locks: Locks;
  readonly #makeRoom: () => Promise<void>;

  /**
   * @param told hears why runs are no longer kept
   * @param makeRoom frees storage that is needed more urgently here
   */
  constructor(
    database: Database,
    locks: Locks,
    told: Told,
    makeRoom: () => Promise<void> = () => Promise.resolve(),
  ) {
    this.#database = database;
    this.#locks = locks;
    this.#told = told;
    this.#makeRoom = makeRoom;
  }

  /**
   * A new run. It never fails: where nothing can be kept, that is told and the journal keeps nothing.
   * @param request structured-clonable; what is needed to start the same run again
   * @param file the data file it runs on, where that was given
   */
  async start(
    request: unknown,
    file?: { readonly name: string; readonly data: Blob },
  ): Promise<OpenRun> {
    const now = Date.now();
    const record: RunRecord = {
      id: `${now.toString(36)}-${Math.random().toString(36).slice(2)}`,
      request,
      createdAt: now,
      updatedAt: now,
      status: 'running',
      events: 0,
      elapsed: 0,
      ...(file && { file: { name: file.name, size: file.data.size } }),
    };
    const release = await this.#take(record.id);
    const run = this.#open(record, { answers: [], places: [] }, release ?? (() => undefined));
    await run.create(file?.data);
    await this.#forgetOldest();
    return run;
  }

  /** Runs that broke off, the latest first. Empty where storage fails. */
  async interrupted(): Promise<readonly RunRecord[]> {
    try {
      const held = await this.#locks.held();
      const records: RunRecord[] = [];
      for (const record of await this.#database.getAll('runs')) {
        if (!isRecord(record)) await this.#remove((record as RunRecord).id);
        else if (!held.has(lockOf(record.id))) records.push(record);
      }
      return records.sort((a, b) => b.updatedAt - a.updatedAt);
    } catch (error) {
      this.#told(runProblem(error));
      return [];
    }
  }

  /** Takes up a run that broke off, with everything that is readable of its journal. */
  async resume(id: string): Promise<ResumeOutcome> {
    const release = await this.#take(id);
    if (release === undefined) {
      return { ok: false, problem: 'This run is open in another tab.' };
    }
    try {
      const record = await this.#database.get('runs', id);
      if (!isRecord(record)) {
        release();
        return { ok: false, problem: 'This run was finished or discarded in another tab.' };
      }
      const file = record.file && (await this.#database.get('files', id));
      if (record.file !== undefined && file === undefined) {
        release();
        return {
          ok: false,
          problem: `This run cannot be continued: its data file ${record.file.name} is not kept any more.`,
        };
      }
      const journal = await readJournal(this.#database, id);
      return { ok: true, run: this.#open(record, journal, release), ...(file && { file }) };
    } catch (error) {
      release();
      const reason = error instanceof Error ? error.message : String(error);
      return {
        ok: false,
        problem: `This run cannot be read from the browser's storage: ${reason}`,
      };
    }
  }

  /** Forgets a run that broke off. @returns false where it is alive in another tab */
  async discard(id: string): Promise<boolean> {
    const release = await this.#take(id);
    if (release === undefined) return false;
    await this.#remove(id).catch((error: unknown) => this.#told(runProblem(error)));
    release();
    return true;
  }

  #open(record: RunRecord, journal: ReadJournal, release: () => void): OpenRun {
    return new OpenRun(this.#database, record, journal, {
      told: this.#told,
      makeRoom: this.#makeRoom,
      release,
    });
  }

  async #take(id: string): Promise<(() => void) | undefined> {
    // Without locks a run might be continued twice; its journal refuses the second writer.
    return this.#locks.take(lockOf(id)).catch(() => () => undefined);
  }

  async #forgetOldest(): Promise<void> {
    const interrupted = await this.interrupted();
    for (const { id } of interrupted.slice(MOST_INTERRUPTED)) await this.discard(id);
  }

  async #remove(id: string): Promise<void> {
    const transaction = this.#database.transaction(['runs', 'files', 'journal'], 'readwrite');
    await Promise.all([
      transaction.objectStore('runs').delete(id),
      transaction.objectStore('files').delete(id),
      transaction.objectStore('journal').delete(allOfRun(id)),
      transaction.done,
    ]);
  }
}

const lockOf = (id: string): string => `optimas run ${id}`;

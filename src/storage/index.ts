/** What the page keeps between visits: answers of models, and runs that can be continued. */
import { StoredCalls } from './call-store';
import { openDatabase } from './database';
import { pageLocks, type Locks } from './liveness';
import { toldOnce, type Told } from './problem';
import { RunStore } from './run-store';

export { StoredCalls, type CallStatistics } from './call-store';
export type { RunRecord, RunStatus } from './database';
export type { OpenRun, RunProgress } from './open-run';
export { RunStore, type ResumeOutcome } from './run-store';

export interface Storage {
  readonly calls: StoredCalls;
  readonly runs: RunStore;
}

export type StorageOutcome =
  | { readonly ok: true; readonly storage: Storage }
  | { readonly ok: false; readonly problem: string };

export interface StorageOptions {
  /** Most bytes of answers. */
  readonly callBytes?: number;
  readonly locks?: Locks;
}

/**
 * @param told hears in a plain sentence, once, that runs or that answers can no longer be kept; the page
 *   goes on, and no method of the stores fails because of it
 */
export async function openStorage(
  told: Told,
  { callBytes, locks = pageLocks() }: StorageOptions = {},
): Promise<StorageOutcome> {
  let closed = false;
  const aboutRuns = toldOnce(told);
  const aboutCalls = toldOnce(told);
  const opened = await openDatabase((problem) => {
    aboutRuns(problem);
    closed = true;
  });
  if (!opened.ok) return opened;
  const { database } = opened;
  // What was said of the database as a whole need not be said of its parts.
  const calls = new StoredCalls(database, (problem) => closed || aboutCalls(problem), callBytes);
  const runs = new RunStore(database, locks, aboutRuns, () => calls.makeRoom());
  return { ok: true, storage: { calls, runs } };
}

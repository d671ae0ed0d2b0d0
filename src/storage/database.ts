/**
 * The page's one database. What it holds can be lost at any time (a full disk, a person who clears
 * it) and nothing depends on it but convenience: answers that need not be asked for again, and runs
 * that can be continued.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { JournalEntry } from '../core/run/journal';
import { OLDER_PAGE, openingProblem, UPDATED_ELSEWHERE, type Told } from './problem';

/** An answer by the address of its call. */
export interface KeptCall {
  readonly model: string;
  readonly answer: unknown;
}

/** Apart from the answer, so that noting a use writes little. */
export interface CallUse {
  readonly key: string;
  readonly bytes: number;
  readonly hits: number;
  /** When it was last used: ms since 1970, never the same twice. */
  readonly used: number;
}

export interface CallTotals {
  readonly entries: number;
  readonly bytes: number;
  readonly hits: number;
}

export type RunStatus = 'running' | 'paused';

export interface RunRecord {
  readonly id: string;
  /** What was asked for; any structured-clonable value. */
  readonly request: unknown;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly status: RunStatus;
  /** Events of the run so far, and ms it ran for. */
  readonly events: number;
  readonly elapsed: number;
  /** The data file it runs on, where that was given. */
  readonly file?: { readonly name: string; readonly size: number };
}

export interface Schema extends DBSchema {
  calls: { key: string; value: KeptCall };
  uses: { key: string; value: CallUse; indexes: { used: number } };
  totals: { key: string; value: CallTotals };
  runs: { key: string; value: RunRecord };
  files: { key: string; value: Blob };
  /** By run, and by number for answers or by place for what is looked up. */
  journal: { key: [run: string, at: number | string]; value: JournalEntry };
}

export type Database = IDBPDatabase<Schema>;

export type Opened =
  | { readonly ok: true; readonly database: Database }
  | { readonly ok: false; readonly problem: string };

const NAME = 'optimas';
/** Raised with every change of the schema; `upgrade` leads from any older version to this one. */
const VERSION = 1;

/** Browsers are known that never answer, nor fail, when storage is broken. */
const OPENING_MS = 4000;

export interface OpeningOptions {
  readonly openingMs?: number;
  readonly version?: number;
}

/** @param lost hears why the database can no longer be used */
export async function openDatabase(
  lost: Told,
  { openingMs = OPENING_MS, version = VERSION }: OpeningOptions = {},
): Promise<Opened> {
  let refused = false;
  return new Promise<Opened>((resolve) => {
    const refuse = (problem: string): void => {
      refused = true;
      resolve({ ok: false, problem });
    };
    const slow = setTimeout(
      () => refuse(openingProblem(new Error('its storage does not answer'))),
      openingMs,
    );
    open(version, lost, () => refuse(OLDER_PAGE))
      .then((database) => {
        // Too late: nobody uses it, and it would be in the way of others.
        if (refused) database.close();
        resolve({ ok: true, database });
      })
      .catch((error: unknown) => refuse(openingProblem(error)))
      .finally(() => clearTimeout(slow));
  });
}

async function open(version: number, lost: Told, blocked: () => void): Promise<Database> {
  const database: Database = await openDB<Schema>(NAME, version, {
    upgrade(changed, from) {
      if (from < 1) {
        changed.createObjectStore('calls');
        changed.createObjectStore('uses', { keyPath: 'key' }).createIndex('used', 'used');
        changed.createObjectStore('totals');
        changed.createObjectStore('runs', { keyPath: 'id' });
        changed.createObjectStore('files');
        changed.createObjectStore('journal');
      }
    },
    blocked,
    blocking() {
      database.close();
      lost(UPDATED_ELSEWHERE);
    },
    terminated: () => lost(openingProblem(new Error('the connection was ended'))),
  });
  return database;
}

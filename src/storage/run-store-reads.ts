/** Reading a run back: its journal is good up to the first entry that is not. */
import type { JournalEntry } from '../core/run/journal';
import type { Database, RunRecord } from './database';

export interface ReadJournal {
  /** In the order in which they were appended. */
  readonly answers: readonly JournalEntry[];
  readonly places: readonly JournalEntry[];
}

/** Every key of a run's journal: a number comes before a text, and both before an array. */
export function allOfRun(id: string, from: number | string = 0): IDBKeyRange {
  // The types know no array as the second part, but every array is the last of all keys.
  return IDBKeyRange.bound([id, from], [id, []]);
}

/**
 * All of a journal in one go. Answers behind one that is missing or unreadable are removed: without
 * it the run would not come to where they were given.
 */
export async function readJournal(database: Database, id: string): Promise<ReadJournal> {
  const keys = await database.getAllKeys('journal', allOfRun(id));
  // One that cannot be read keeps all of them from being read at once.
  const values = await database.getAll('journal', allOfRun(id)).catch(() => undefined);
  const answers: JournalEntry[] = [];
  const places: JournalEntry[] = [];
  let broken = false;
  for (const [i, key] of keys.entries()) {
    const [, at] = key;
    if (broken && typeof at === 'number') continue;
    const entry = values === undefined ? await entryAt(database, key) : values[i];
    const good = isEntry(entry);
    if (typeof at === 'string') {
      if (good) places.push(entry);
    } else if (good && at === answers.length) {
      answers.push(entry);
    } else {
      broken = true;
    }
  }
  if (broken) await removeFrom(database, id, answers.length);
  return { answers, places };
}

async function entryAt(
  database: Database,
  key: [string, number | string],
): Promise<JournalEntry | undefined> {
  return database.get('journal', key).catch(() => undefined);
}

async function removeFrom(database: Database, id: string, first: number): Promise<void> {
  await database.delete('journal', IDBKeyRange.bound([id, first], [id, Infinity]));
}

function isEntry(value: unknown): value is JournalEntry {
  const { key, failure, place } = (value ?? {}) as Partial<JournalEntry>;
  return (
    typeof key === 'string' &&
    (place === undefined || typeof place === 'string') &&
    (failure === undefined || typeof failure?.message === 'string')
  );
}

export function isRecord(value: unknown): value is RunRecord {
  const { id, createdAt, updatedAt, status, events, elapsed } = (value ?? {}) as Partial<RunRecord>;
  return (
    typeof id === 'string' &&
    [createdAt, updatedAt, events, elapsed].every((number) => typeof number === 'number') &&
    (status === 'running' || status === 'paused')
  );
}

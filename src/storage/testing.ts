/** An empty storage of its own for each test, and ways to break it. */
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { expect } from 'vitest';
import { openStorage, type OpenRun, type RunStore, type Storage, type StorageOptions } from '.';
import type { Locks } from './liveness';

export function freshIndexedDb(): void {
  globalThis.indexedDB = new IDBFactory();
}

export async function storageOf(
  told: (problem: string) => void = () => undefined,
  options: StorageOptions = {},
): Promise<Storage> {
  const outcome = await openStorage(told, options);
  if (!outcome.ok) throw new Error(outcome.problem);
  return outcome.storage;
}

type Method = 'add' | 'put' | 'get' | 'getAll';

/** Makes a method of some store fail; gives what puts it right again. */
export function breaking(
  store: string,
  method: Method,
  fails: (value: unknown) => DOMException | undefined,
): () => void {
  const prototype = IDBObjectStore.prototype as unknown as Record<
    Method,
    (this: { name: string }, ...given: unknown[]) => unknown
  >;
  const original = prototype[method];
  prototype[method] = function (...given) {
    const error = this.name === store ? fails(given[0]) : undefined;
    if (error !== undefined) throw error;
    return original.apply(this, given);
  };
  return () => {
    prototype[method] = original;
  };
}

export const full = (): DOMException => new DOMException('no room', 'QuotaExceededError');

/** A tab of its own: it shares the locks of the browser, and gives its own back when it is gone. */
export function browser() {
  const held = new Set<string>();
  return () => {
    const own = new Set<string>();
    const locks: Locks = {
      take: async (name) => {
        if (held.has(name)) return undefined;
        held.add(name);
        own.add(name);
        return () => void held.delete(name);
      },
      held: async () => held,
    };
    const told: string[] = [];
    return {
      told,
      open: async () => (await storageOf((problem) => told.push(problem), { locks })).runs,
      kill: () => own.forEach((name) => held.delete(name)),
    };
  };
}

export async function resumed(runs: RunStore, id: string): Promise<OpenRun> {
  const outcome = await runs.resume(id);
  if (!outcome.ok) throw new Error(outcome.problem);
  return outcome.run;
}

export async function expectNothingLeft(): Promise<void> {
  const database = await openDB('optimas');
  for (const store of ['runs', 'files', 'journal']) expect(await database.count(store)).toBe(0);
  database.close();
}

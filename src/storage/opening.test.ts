import { forceCloseDatabase } from 'fake-indexeddb';
import { deleteDB, openDB, unwrap } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openStorage } from '.';
import { openDatabase } from './database';
import { breaking, freshIndexedDb, full, storageOf } from './testing';

const ANSWER = {
  text: 'yes',
  finishReason: 'stop',
  usage: { promptTokens: 1, completionTokens: 1 },
} as const;

beforeEach(freshIndexedDb);
afterEach(() => vi.restoreAllMocks());

const silent = () => undefined;

describe('storage that cannot be opened', () => {
  it('is said to be missing where the browser has none', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const outcome = await openStorage(silent);
    vi.unstubAllGlobals();
    expect(outcome).toMatchObject({ ok: false });
    expect(!outcome.ok && outcome.problem).toMatch(/^This browser keeps no data for this page/);
  });

  it('is said to be refused in the words of the browser', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    });
    const outcome = await openStorage(silent);
    expect(!outcome.ok && outcome.problem).toMatch(/\(The operation is insecure\)\.$/);
  });

  it('is given up where it never answers', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => new IDBOpenDBRequest());
    const outcome = await openDatabase(silent, { openingMs: 20 });
    expect(!outcome.ok && outcome.problem).toMatch(/does not answer/);
  });

  it('is left alone where a newer page wrote it', async () => {
    (await openDB('optimas', 99)).close();
    const outcome = await openStorage(silent);
    expect(!outcome.ok && outcome.problem).toMatch(/newer version of it. Reload the page/);
  });

  it('is not waited for where an older page does not let go of it', async () => {
    const older = await openDB('optimas', 1);
    const told: string[] = [];
    const outcome = await openDatabase((problem) => told.push(problem), { version: 2 });
    expect(!outcome.ok && outcome.problem).toMatch(/Another tab holds an older version/);
    // Too late for this visit; it must not be in the way of the next.
    older.close();
    await new Promise((resolve) => setTimeout(resolve, 20));
    (await openDB('optimas', 3)).close();
    expect(told).toEqual([]);
  });
});

describe('storage that is taken away', () => {
  it('lets a newer page have it, and says so once', async () => {
    const told: string[] = [];
    const { calls, runs } = await storageOf((problem) => told.push(problem));
    const run = await runs.start({});
    (await openDB('optimas', 2)).close();
    await run.append({ key: 'a', value: 1 });
    await calls.put('k', ANSWER, { model: 'm' });
    expect(await calls.get('other')).toBeUndefined();
    expect(await runs.interrupted()).toEqual([]);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/A newer version of this page was opened in another tab/);
    expect(run.kept).toBe(false);
  });

  it('is told once where the browser ends the connection', async () => {
    const told: string[] = [];
    const opened = await openDatabase((problem) => told.push(problem));
    if (!opened.ok) throw new Error(opened.problem);
    forceCloseDatabase(unwrap(opened.database) as never);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(told).toEqual([expect.stringMatching(/the connection was ended/)]);
  });

  it('fails no caller when the person clears it', async () => {
    const told: string[] = [];
    const { calls, runs } = await storageOf((problem) => told.push(problem));
    const run = await runs.start({});
    await deleteDB('optimas');
    await run.append({ key: 'a', value: 1 });
    await calls.put('k', ANSWER, { model: 'm' });
    await run.finish();
    expect(told).toHaveLength(1);
  });
});

describe('storage that is full', () => {
  it('says so once for runs and once for answers, and goes on', async () => {
    const told: string[] = [];
    const { calls, runs } = await storageOf((problem) => told.push(problem));
    const repair = [breaking('journal', 'add', full), breaking('calls', 'put', full)];
    const run = await runs.start({ seed: 1 });
    for (const key of ['a', 'b', 'c']) {
      await run.append({ key, value: 1 });
      await calls.put(key, ANSWER, { model: 'm' });
    }
    repair.forEach((mend) => mend());
    expect(run.kept).toBe(false);
    expect(told).toEqual([
      expect.stringMatching(/storage .* is full. The run goes on, but from here on/),
      expect.stringMatching(/storage .* is full: answers are not kept/),
    ]);
    expect(await calls.get('a')).toBeUndefined();
  });

  it('takes the room of answers for a run', async () => {
    const told: string[] = [];
    const { calls, runs } = await storageOf((problem) => told.push(problem));
    for (const key of ['old', 'new']) await calls.put(key, ANSWER, { model: 'm' });
    const run = await runs.start({});
    let refused = 0;
    const mend = breaking('journal', 'add', () => (refused++ === 0 ? full() : undefined));
    await run.append({ key: 'a', value: 1 });
    mend();
    expect([run.kept, told]).toEqual([true, []]);
    expect([await calls.get('old'), await calls.get('new')]).toEqual([undefined, ANSWER]);
  });
});

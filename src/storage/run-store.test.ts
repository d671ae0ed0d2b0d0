import { openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import type { JournalEntry } from '../core/run/journal';
import { DurableCalls } from '../core/run/journal-calls';
import { ownLocks } from './liveness';
import {
  breaking,
  browser,
  expectNothingLeft,
  freshIndexedDb,
  resumed,
  storageOf,
} from './testing';

beforeEach(freshIndexedDb);

const ENTRIES: readonly JournalEntry[] = [
  { key: 'identity', place: 'identity', value: { data: 'abc' } },
  { key: 'complete 1', value: { text: 'one', usage: { promptTokens: 1 } } },
  { key: 'complete 2', failure: { name: 'Error', message: 'no answer' } },
  { key: 'score', value: Float32Array.of(0.1, -0) },
];

describe('a run whose tab is gone', () => {
  it('is offered with what was asked for, and gives back its journal to the last bit', async () => {
    const tab = browser();
    const first = tab();
    const run = await (await first.open()).start({ seed: 7 });
    expect(run.recorded).toEqual([]);
    for (const entry of ENTRIES) await run.append(entry);
    run.note({ events: 12, elapsed: 340, status: 'paused' });
    await run.append({ key: 'describe', value: null });
    const runs = await tab().open();
    expect(await runs.interrupted()).toEqual([]);
    first.kill();
    const [offered, ...others] = await runs.interrupted();
    expect(others).toEqual([]);
    expect(offered).toMatchObject({
      request: { seed: 7 },
      events: 12,
      elapsed: 340,
      status: 'paused',
    });
    const again = await resumed(runs, offered!.id);
    expect(again.recorded).toEqual([
      ...ENTRIES.slice(1),
      { key: 'describe', value: null },
      ENTRIES[0],
    ]);
    expect(Object.is((again.recorded[2]!.value as Float32Array)[1], -0)).toBe(true);
  });

  it('goes on where it was, as often as its tab is gone', async () => {
    const tab = browser();
    let current = tab();
    let run = await (await current.open()).start({});
    const { id } = run.record;
    for (let n = 0; n < 30; n++) {
      await run.append(
        { key: `complete ${n}`, value: n },
        { key: `${n}`, place: 'heads', value: n },
      );
      if (n % 7 !== 6) continue;
      current.kill();
      current = tab();
      run = await resumed(await current.open(), id);
      const numbers = Array.from({ length: n + 1 }, (_, i) => i);
      expect(run.recorded.map(({ value }) => value)).toEqual([...numbers, n]);
    }
  });

  it('keeps its data file with it', async () => {
    const tab = browser();
    const first = tab();
    const data = new Blob(['{"id": 1}\n']);
    const run = await (await first.open()).start({}, { name: 'mine.jsonl', data });
    first.kill();
    const runs = await tab().open();
    expect((await runs.interrupted())[0]!.file).toEqual({ name: 'mine.jsonl', size: 10 });
    const outcome = await runs.resume(run.record.id);
    expect(outcome.ok && (await outcome.file!.text())).toBe('{"id": 1}\n');
  });

  it('cannot be continued without its data file', async () => {
    const tab = browser();
    const first = tab();
    const run = await (await first.open()).start({}, { name: 'mine.jsonl', data: new Blob(['x']) });
    first.kill();
    const database = await openDB('optimas');
    await database.clear('files');
    database.close();
    const runs = await tab().open();
    const outcome = await runs.resume(run.record.id);
    expect(outcome).toEqual({ ok: false, problem: expect.stringMatching(/data file mine.jsonl/) });
    expect(await runs.discard(run.record.id)).toBe(true);
  });

  it('is forgotten when discarded, its answers and file, too', async () => {
    const tab = browser();
    const first = tab();
    const run = await (await first.open()).start({}, { name: 'a', data: new Blob(['x']) });
    await run.append(...ENTRIES);
    first.kill();
    const runs = await tab().open();
    expect(await runs.discard(run.record.id)).toBe(true);
    await expectNothingLeft();
    expect(await runs.resume(run.record.id)).toMatchObject({ ok: false });
  });

  it('makes way for later ones: five are offered at most, the latest', async () => {
    const tab = browser();
    for (let n = 0; n < 8; n++) {
      const one = tab();
      const run = await (await one.open()).start({ n });
      await run.append(...ENTRIES);
      one.kill();
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    const runs = await tab().open();
    const own = await runs.start({ n: 8 });
    expect((await runs.interrupted()).map(({ request }) => request)).toEqual(
      [7, 6, 5, 4, 3].map((n) => ({ n })),
    );
    expect(own.kept).toBe(true);
  });
});

describe('a run that is alive', () => {
  it('is neither offered nor continued nor discarded by another tab', async () => {
    const tab = browser();
    const run = await (await tab().open()).start({});
    const runs = await tab().open();
    expect(await runs.interrupted()).toEqual([]);
    expect(await runs.resume(run.record.id)).toEqual({
      ok: false,
      problem: 'This run is open in another tab.',
    });
    expect(await runs.discard(run.record.id)).toBe(false);
    await run.append(...ENTRIES);
    expect(run.kept).toBe(true);
  });

  it('is forgotten when it ends, and can be continued when it is left', async () => {
    const tab = browser();
    const runs = await tab().open();
    const run = await runs.start({});
    void run.append(...ENTRIES);
    run.note({ events: 3 });
    await run.leave();
    expect(await runs.interrupted()).toMatchObject([{ id: run.record.id, events: 3 }]);
    const again = await resumed(runs, run.record.id);
    expect(again.recorded).toHaveLength(4);
    await again.finish();
    await again.append({ key: 'late', value: 1 });
    again.note({ status: 'paused' });
    await expectNothingLeft();
    expect(await runs.interrupted()).toEqual([]);
  });

  it('is known at once where it is paused, and while it runs with its next answer', async () => {
    const tab = browser();
    const first = tab();
    const run = await (await first.open()).start({});
    const seen = async () => {
      const database = await openDB('optimas');
      const { status, events } = await database.get('runs', run.record.id);
      database.close();
      return [status, events];
    };
    run.note({ events: 4 });
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await seen()).toEqual(['running', 0]);
    run.note({ events: 5, status: 'paused' });
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await seen()).toEqual(['paused', 5]);
    // What was under way when it was paused comes after it.
    run.note({ events: 6 });
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await seen()).toEqual(['paused', 6]);
    run.note({ status: 'running' });
    run.note({ events: 7 });
    await run.append({ key: 'a', value: 1 });
    expect(await seen()).toEqual(['running', 7]);
  });

  it('keeps entries of one append together, in few transactions', async () => {
    const runs = await browser()().open();
    const run = await runs.start({});
    let transactions = 0;
    const mend = breaking('runs', 'put', () => {
      transactions += 1;
      return undefined;
    });
    const calls = new DurableCalls(run, { now: () => 0 });
    for (let n = 0; n < 200; n++) {
      await calls.call({ question: `complete ${n}`, make: async () => n });
    }
    await run.leave();
    mend();
    expect(transactions).toBeLessThan(20);
    expect((await resumed(runs, run.record.id)).recorded).toHaveLength(200);
  });

  it('is not mixed with what a second tab writes where there are no locks', async () => {
    const told: string[] = [];
    const open = async () =>
      (await storageOf((problem) => told.push(problem), { locks: ownLocks() })).runs;
    const one = await (await open()).start({});
    await one.append({ key: 'a', value: 1 });
    const other = await resumed(await open(), one.record.id);
    await other.append({ key: 'b', value: 2 });
    await one.append({ key: 'c', value: 3 });
    await one.append({ key: 'd', value: 4 });
    await other.append({ key: 'e', value: 5 });
    expect([one.kept, other.kept]).toEqual([false, true]);
    expect(told).toEqual([expect.stringMatching(/being continued in another tab as well/)]);
    const keys = (await resumed(await open(), one.record.id)).recorded.map(({ key }) => key);
    expect(keys).toEqual(['a', 'b', 'e']);
  });
});

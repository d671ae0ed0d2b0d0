import fc from 'fast-check';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ChatAnswer } from '../core/system/chat-model';
import { breaking, freshIndexedDb, full, storageOf } from './testing';
import { callBytes } from './call-store-writes';

const answer = (text: string): ChatAnswer => ({
  text,
  finishReason: 'stop',
  usage: { promptTokens: 3, completionTokens: 2 },
});
const ABOUT = { model: 'm' };

/** Bytes that an entry with a text of so many characters takes. */
const sized = (characters: number, key = 'k0') => callBytes(key, answer('x'.repeat(characters)));

beforeEach(freshIndexedDb);

describe('kept answers', () => {
  it('are found again, also by another visit, and by no other key', async () => {
    const { calls } = await storageOf();
    expect(await calls.get('a')).toBeUndefined();
    await calls.put('a', answer('one'), ABOUT);
    expect(await calls.get('a')).toEqual(answer('one'));
    const later = await storageOf();
    expect(await later.calls.get('a')).toEqual(answer('one'));
    expect(await later.calls.get('b')).toBeUndefined();
  });

  it('are found before they are committed', async () => {
    const { calls } = await storageOf();
    const writing = [calls.put('a', answer('one'), ABOUT), calls.put('b', answer('two'), ABOUT)];
    expect(await calls.get('b')).toEqual(answer('two'));
    await Promise.all(writing);
    expect(await calls.get('b')).toEqual(answer('two'));
  });

  it('are counted, with their bytes and their uses', async () => {
    const { calls } = await storageOf();
    await calls.put('k0', answer('x'), ABOUT);
    await calls.put('k1', answer('xx'), ABOUT);
    await calls.put('k1', answer('xxxx'), ABOUT);
    for (const key of ['k0', 'k1', 'k1', 'none']) await calls.get(key);
    const statistics = { entries: 2, bytes: sized(1) + sized(4), hits: 3, limit: 200_000_000 };
    expect(await calls.statistics()).toEqual(statistics);
    expect(await (await storageOf()).calls.statistics()).toEqual(statistics);
  });

  it('are all gone once cleared', async () => {
    const { calls } = await storageOf();
    await calls.put('a', answer('one'), ABOUT);
    await calls.get('a');
    await calls.clear();
    expect(await calls.get('a')).toBeUndefined();
    expect(await calls.statistics()).toMatchObject({ entries: 0, bytes: 0, hits: 0 });
  });
});

describe('a limit of bytes', () => {
  it('lets the least recently used leave, and is never passed', async () => {
    const { calls } = await storageOf(undefined, { callBytes: 3 * sized(100) });
    for (const key of ['k0', 'k1', 'k2']) await calls.put(key, answer('x'.repeat(100)), ABOUT);
    await calls.get('k0');
    await calls.flush();
    await calls.put('k3', answer('x'.repeat(100)), ABOUT);
    const left = await Promise.all(['k0', 'k1', 'k2', 'k3'].map((key) => calls.get(key)));
    // A little more than needed makes room: two of three.
    expect(left.map((kept) => kept !== undefined)).toEqual([true, false, false, true]);
    expect((await calls.statistics()).bytes).toBe(2 * sized(100));
  });

  it('is not taken up by one answer that is larger', async () => {
    const { calls } = await storageOf(undefined, { callBytes: sized(100) });
    await calls.put('k0', answer('x'), ABOUT);
    await calls.put('k1', answer('x'.repeat(101)), ABOUT);
    expect([await calls.get('k0'), await calls.get('k1')]).toEqual([answer('x'), undefined]);
  });

  it('holds, with totals that are true, whatever is done', async () => {
    const step = fc.record({ key: fc.nat(9), characters: fc.nat(300), read: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        freshIndexedDb();
        const limit = 5 * sized(150);
        const { calls } = await storageOf(undefined, { callBytes: limit });
        const last = new Map<string, ChatAnswer>();
        for (const { key, characters, read } of steps) {
          const name = `k${key}`;
          if (read) {
            const found = await calls.get(name);
            if (found !== undefined) expect(found).toEqual(last.get(name));
          } else {
            last.set(name, answer('x'.repeat(characters)));
            await calls.put(name, last.get(name)!, ABOUT);
            expect(await calls.get(name)).toEqual(last.get(name));
          }
        }
        const { entries, bytes } = await calls.statistics();
        expect(bytes).toBeLessThanOrEqual(limit);
        const database = await openDB('optimas');
        const uses = await database.getAll('uses');
        expect(await database.getAllKeys('calls')).toEqual(uses.map(({ key }) => key as string));
        expect([entries, bytes]).toEqual([
          uses.length,
          uses.reduce((sum, use) => sum + (use.bytes as number), 0),
        ]);
        database.close();
      }),
      { numRuns: 15 },
    );
  });
});

describe('what goes wrong', () => {
  it('is an answer that is not there, where it cannot be read', async () => {
    const told: string[] = [];
    const { calls } = await storageOf((problem) => told.push(problem));
    await calls.put('a', answer('one'), ABOUT);
    const mend = breaking('calls', 'get', () => new DOMException('bad block', 'UnknownError'));
    expect(await calls.get('a')).toBeUndefined();
    expect(await calls.get('a')).toBeUndefined();
    mend();
    expect(told).toEqual([expect.stringMatching(/look up or keep answers .*\(bad block\)/)]);
    expect(await calls.get('a')).toEqual(answer('one'));
  });

  it('is one, too, where something else is in its place', async () => {
    const { calls } = await storageOf();
    const database = await openDB('optimas');
    for (const broken of [7, null, { answer: { text: 1 } }, { answer: { text: 'no usage' } }]) {
      await database.put('calls', broken, 'a');
      expect(await calls.get('a')).toBeUndefined();
    }
    database.close();
  });

  it('makes room and tries again before it gives up', async () => {
    const told: string[] = [];
    const { calls } = await storageOf((problem) => told.push(problem));
    await calls.put('old', answer('one'), ABOUT);
    await calls.put('new', answer('two'), ABOUT);
    let refused = 0;
    const mend = breaking('calls', 'put', () => (refused++ === 0 ? full() : undefined));
    await calls.put('newest', answer('three'), ABOUT);
    mend();
    expect(told).toEqual([]);
    expect([await calls.get('old'), await calls.get('newest')]).toEqual([
      undefined,
      answer('three'),
    ]);
  });
});

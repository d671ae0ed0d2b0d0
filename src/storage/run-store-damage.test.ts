import { openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  breaking,
  browser,
  expectNothingLeft,
  freshIndexedDb,
  resumed,
  storageOf,
} from './testing';

beforeEach(freshIndexedDb);

describe('a journal that is damaged', () => {
  async function damaged(damage: (id: string) => Promise<void>): Promise<string[]> {
    const tab = browser();
    const first = tab();
    const run = await (await first.open()).start({});
    for (const key of 'abcdef') await run.append({ key, value: key });
    await run.append({ key: 'p', place: 'heads', value: 1 });
    first.kill();
    await damage(run.record.id);
    const runs = await tab().open();
    const again = await resumed(runs, run.record.id);
    const keys = again.recorded.map(({ key }) => key);
    await again.append({ key: 'new', value: 0 });
    expect(again.kept).toBe(true);
    await again.leave();
    const whole = (await resumed(runs, run.record.id)).recorded.map(({ key }) => key);
    expect(whole).toEqual([...keys.slice(0, -1), 'new', 'p']);
    return keys;
  }

  const put = (at: number, value: unknown) => async (id: string) => {
    const database = await openDB('optimas');
    if (value === undefined) await database.delete('journal', [id, at]);
    else await database.put('journal', value, [id, at]);
    database.close();
  };

  it('is good up to the first entry that is missing or is none', async () => {
    expect(await damaged(put(3, undefined))).toEqual(['a', 'b', 'c', 'p']);
    expect(await damaged(put(0, 'nonsense'))).toEqual(['p']);
    expect(await damaged(put(5, { value: 1 }))).toEqual(['a', 'b', 'c', 'd', 'e', 'p']);
  });

  it('is read one by one where it cannot be read as a whole', async () => {
    const tab = browser();
    const first = tab();
    const run = await (await first.open()).start({});
    for (const key of 'abcd') await run.append({ key, value: key });
    first.kill();
    const unknown = () => new DOMException('bad block', 'UnknownError');
    const mend = [
      breaking('journal', 'getAll', unknown),
      breaking('journal', 'get', (key) =>
        (key as [string, number])[1] === 2 ? unknown() : undefined,
      ),
    ];
    const again = await resumed(await tab().open(), run.record.id);
    mend.forEach((repair) => repair());
    expect(again.recorded.map(({ key }) => key)).toEqual(['a', 'b']);
  });

  it('of a record that is none is not offered, and is removed', async () => {
    const { runs } = await storageOf();
    const database = await openDB('optimas');
    await database.put('runs', { id: 'x', request: {} });
    await database.put('journal', { key: 'a', value: 1 }, ['x', 0]);
    database.close();
    expect(await runs.interrupted()).toEqual([]);
    await expectNothingLeft();
  });
});

/** The transactions of the call store: answers, their uses and the totals always agree. */
import type { ChatAnswer } from '../core/system/chat-model';
import type { CallTotals, Database } from './database';

export interface NewCall {
  readonly key: string;
  readonly model: string;
  readonly answer: ChatAnswer;
  readonly bytes: number;
}

/** Making a little more room than needed means not making any with the next answer. */
const KEPT_SHARE = 0.9;

/** About what an entry takes: two bytes a character, and its keys and indexes. */
export function callBytes(key: string, answer: ChatAnswer): number {
  return 2 * (JSON.stringify(answer).length + 2 * key.length) + 100;
}

/** Keeps answers; the least recently used leave where the limit is passed. */
export async function keepCalls(
  database: Database,
  given: readonly NewCall[],
  limit: number,
): Promise<void> {
  const transaction = writing(database);
  const calls = transaction.objectStore('calls');
  const uses = transaction.objectStore('uses');
  let totals = await totalsIn(transaction);
  const used = stamps();
  for (const { key, model, answer, bytes } of given) {
    const before = await uses.get(key);
    totals = {
      ...totals,
      entries: totals.entries + (before === undefined ? 1 : 0),
      bytes: totals.bytes + bytes - (before?.bytes ?? 0),
    };
    await calls.put({ model, answer }, key);
    await uses.put({ key, bytes, hits: before?.hits ?? 0, used: used() });
  }
  if (totals.bytes > limit) totals = await shrunk(transaction, totals, KEPT_SHARE * limit);
  await transaction.objectStore('totals').put(totals, 'calls');
  await transaction.done;
}

/** @param most bytes that may stay */
export async function removeCalls(database: Database, most: number): Promise<void> {
  const transaction = writing(database);
  const totals = await totalsIn(transaction);
  const left = await shrunk(transaction, totals, most);
  await transaction.objectStore('totals').put(left.entries === 0 ? NOTHING : left, 'calls');
  await transaction.done;
}

/** @param times how often each was used; what has left since is passed over */
export async function noteUses(
  database: Database,
  times: ReadonlyMap<string, number>,
): Promise<void> {
  const transaction = writing(database);
  const uses = transaction.objectStore('uses');
  let totals = await totalsIn(transaction);
  const used = stamps();
  for (const [key, hits] of times) {
    const before = await uses.get(key);
    if (before === undefined) continue;
    totals = { ...totals, hits: totals.hits + hits };
    await uses.put({ ...before, hits: before.hits + hits, used: used() });
  }
  await transaction.objectStore('totals').put(totals, 'calls');
  await transaction.done;
}

const NOTHING: CallTotals = { entries: 0, bytes: 0, hits: 0 };

type Writing = ReturnType<typeof writing>;

function writing(database: Database) {
  // A tab that is killed loses nothing that was committed; only a power cut could.
  return database.transaction(['calls', 'uses', 'totals'], 'readwrite', { durability: 'relaxed' });
}

async function totalsIn(transaction: Writing): Promise<CallTotals> {
  return (await transaction.objectStore('totals').get('calls')) ?? NOTHING;
}

async function shrunk(transaction: Writing, totals: CallTotals, most: number): Promise<CallTotals> {
  let { entries, bytes } = totals;
  let oldest = await transaction.objectStore('uses').index('used').openCursor();
  while (oldest !== null && bytes > most) {
    await transaction.objectStore('calls').delete(oldest.value.key);
    await oldest.delete();
    entries -= 1;
    bytes -= oldest.value.bytes;
    oldest = await oldest.continue();
  }
  return { ...totals, entries, bytes };
}

let latest = 0;

/** Times of use in the order of use, also within a millisecond. */
function stamps(): () => number {
  return () => (latest = Math.max(Date.now(), latest + 0.001));
}

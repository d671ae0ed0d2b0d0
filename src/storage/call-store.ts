/**
 * Answers of language models by the address of their call. Limited in bytes: the least recently used
 * make room. It never fails a caller: what cannot be read is asked for again, what cannot be written
 * is forgotten, and both are told once.
 */
import type { ChatAnswer } from '../core/system/chat-model';
import { callBytes, keepCalls, noteUses, removeCalls, type NewCall } from './call-store-writes';
import { CommitQueue } from './commit-queue';
import type { CallTotals, Database } from './database';
import { isQuota, callProblem, type Told } from './problem';

export const DEFAULT_CALL_BYTES = 200_000_000;

/** Uses that were noted are written together, this long after the first. */
const USES_MS = 1000;

export interface CallStatistics extends CallTotals {
  readonly limit: number;
}

export class StoredCalls {
  readonly #database: Database;
  readonly #told: Told;
  readonly #limit: number;
  readonly #queue: CommitQueue<NewCall>;
  /** Not committed yet, but to be found. */
  readonly #writing = new Map<string, ChatAnswer>();
  /** Times each was used since uses were last written. */
  #uses = new Map<string, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #full = false;

  constructor(database: Database, told: Told, limit = DEFAULT_CALL_BYTES) {
    this.#database = database;
    this.#told = told;
    this.#limit = limit;
    this.#queue = new CommitQueue((calls) => this.#write(calls));
  }

  async get(key: string): Promise<ChatAnswer | undefined> {
    const answer = this.#writing.get(key) ?? (await this.#read(key));
    if (answer !== undefined) this.#use(key);
    return answer;
  }

  /** Written at once; resolves when it is, or when it is clear that it cannot be. */
  async put(key: string, answer: ChatAnswer, about: { readonly model: string }): Promise<void> {
    const bytes = callBytes(key, answer);
    if (this.#full || bytes > this.#limit) return;
    this.#writing.set(key, answer);
    await this.#queue.add({ key, answer, bytes, model: about.model }).catch(() => undefined);
    if (this.#writing.get(key) === answer) this.#writing.delete(key);
  }

  async statistics(): Promise<CallStatistics> {
    await this.flush();
    const none = { entries: 0, bytes: 0, hits: 0 };
    const totals = await this.#database.get('totals', 'calls').catch(() => undefined);
    return { ...none, ...totals, limit: this.#limit };
  }

  async clear(): Promise<void> {
    await this.flush();
    await removeCalls(this.#database, 0).catch((error: unknown) => this.#told(callProblem(error)));
    this.#full = false;
  }

  /** Half of what is kept goes: something else needs the room more. */
  async makeRoom(): Promise<void> {
    const { bytes } = await this.statistics();
    await removeCalls(this.#database, bytes / 2);
  }

  /** Writes everything that waits for its turn. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const uses = this.#uses;
    this.#uses = new Map();
    await this.#queue.settled();
    // Uses are a hint; without them an answer leaves a little early.
    if (uses.size > 0) await noteUses(this.#database, uses).catch(() => undefined);
  }

  #use(key: string): void {
    this.#uses.set(key, (this.#uses.get(key) ?? 0) + 1);
    this.#timer ??= setTimeout(() => void this.flush(), USES_MS);
  }

  async #read(key: string): Promise<ChatAnswer | undefined> {
    try {
      const kept = await this.#database.get('calls', key);
      return isAnswer(kept?.answer) ? kept.answer : undefined;
    } catch (error) {
      this.#told(callProblem(error));
      return undefined;
    }
  }

  async #write(calls: readonly NewCall[]): Promise<void> {
    try {
      await keepCalls(this.#database, calls, this.#limit);
    } catch (error) {
      if (isQuota(error) && (await this.#keptAfterRoom(calls))) return;
      this.#full = true;
      this.#told(callProblem(error));
    }
  }

  async #keptAfterRoom(calls: readonly NewCall[]): Promise<boolean> {
    try {
      const { bytes } = (await this.#database.get('totals', 'calls')) ?? { bytes: 0 };
      await removeCalls(this.#database, bytes / 2);
      await keepCalls(this.#database, calls, this.#limit);
      return true;
    } catch {
      return false;
    }
  }
}

/** What another version of the page, or a broken disk, left there may be anything. */
function isAnswer(value: unknown): value is ChatAnswer {
  const { text, finishReason, usage } = (value ?? {}) as Partial<ChatAnswer>;
  return (
    typeof text === 'string' &&
    typeof finishReason === 'string' &&
    typeof usage?.promptTokens === 'number' &&
    typeof usage.completionTokens === 'number'
  );
}

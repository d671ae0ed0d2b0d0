import { describe, expect, it } from 'vitest';
import { ModelError } from '../system/chat-model';
import type { Journal, JournalEntry } from './journal';
import { DurableCalls } from './journal-calls';
import { MemoryJournal } from './journal-memory';
import { CannotContinueError } from './journal-replay';

const never = (): Promise<never> => Promise.reject(new Error('asked again'));

async function recordedBy(
  work: (calls: DurableCalls) => Promise<unknown>,
): Promise<JournalEntry[]> {
  const journal = new MemoryJournal();
  await work(new DurableCalls(journal)).catch(() => undefined);
  return journal.kept();
}

describe('a durable call', () => {
  it('is made once and answered from the journal from then on', async () => {
    const recorded = await recordedBy((calls) =>
      calls.call({ question: 'add 1', make: async () => ({ sum: Float32Array.of(2) }) }),
    );
    const journal = new MemoryJournal(recorded);
    const calls = new DurableCalls(journal);
    expect(calls.replaying).toBe(true);
    expect(await calls.call({ question: 'add 1', make: never })).toEqual({
      sum: Float32Array.of(2),
    });
    expect(calls.replaying).toBe(false);
    expect(journal.appended).toEqual([]);
  });

  it('has as many answers as it was made times, in the order in which it was asked', async () => {
    let n = 0;
    const ask = (calls: DurableCalls, ms: number) =>
      calls.call({
        question: 'draw',
        make: async () => {
          const own = (n += 1);
          await new Promise((resolve) => setTimeout(resolve, ms));
          return own;
        },
      });
    // The first is answered last.
    const recorded = await recordedBy((calls) => Promise.all([ask(calls, 9), ask(calls, 1)]));
    expect(recorded.map(({ value }) => value)).toEqual([2, 1]);
    const calls = new DurableCalls(new MemoryJournal(recorded));
    const answers = await Promise.all([0, 0, 0].map((ms) => ask(calls, ms)));
    expect(answers).toEqual([1, 2, 3]);
  });

  it('keeps what belongs to it together with its answer', async () => {
    const journal = new MemoryJournal();
    await new DurableCalls(journal).call({
      question: 'fit',
      make: async () => 1,
      beside: (answer) => [{ key: 'a', place: 'heads', value: answer + 1 }],
    });
    expect(journal.appended).toEqual([
      [
        { key: 'fit', value: 1 },
        { key: 'a', place: 'heads', value: 2 },
      ],
    ]);
  });
});

describe('a call that fails', () => {
  const failing = (error: unknown) => ({
    question: 'ask',
    make: () => Promise.reject(error as Error),
    isHistory: () => true,
  });

  it('fails alike again where that is history', async () => {
    for (const error of [
      new TypeError('no answer'),
      new ModelError('too-long', 'Too long.', 'Shorten it.', false),
    ]) {
      const recorded = await recordedBy((calls) => calls.call(failing(error)));
      const again = new DurableCalls(new MemoryJournal(structuredClone(recorded)));
      const caught = await again.call({ question: 'ask', make: never }).catch((e: unknown) => e);
      expect(caught instanceof ModelError).toBe(error instanceof ModelError);
      expect(caught).toMatchObject({ ...error, name: error.name, message: error.message });
    }
  });

  it('may throw whatever it likes', async () => {
    const recorded = await recordedBy((calls) => calls.call(failing('odd')));
    expect(recorded[0]!.failure).toEqual({ name: 'Error', message: 'odd' });
  });

  it('ends the recording where it is no history', async () => {
    const journal = new MemoryJournal();
    const calls = new DurableCalls(journal);
    await calls.call({ question: 'one', make: async () => 1 });
    await expect(
      calls.call({ ...failing(new Error('lost')), isHistory: () => false }),
    ).rejects.toThrow('lost');
    expect(await calls.call({ question: 'two', make: async () => 2 })).toBe(2);
    calls.keep({ key: 'k', place: 'p' });
    expect(journal.kept().map(({ key }) => key)).toEqual(['one']);
  });
});

describe('a call without a recorded answer', () => {
  const recorded: JournalEntry[] = [
    { key: 'a', value: 1 },
    { key: 'b', value: 2 },
    { key: 'identity', place: 'identity' },
  ];

  it('waits until others of its time have had theirs, and is then made', async () => {
    const calls = new DurableCalls(new MemoryJournal(recorded), { idleTurns: 5 });
    const order: string[] = [];
    const ask = async (question: string) => {
      await calls.call({ question, make: async () => order.push(`made ${question}`) });
      order.push(question);
    };
    const inFlight = ask('c');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await ask('a');
    await new Promise((resolve) => setTimeout(resolve, 70));
    await ask('b');
    await inFlight;
    expect(order).toEqual(['a', 'b', 'made c', 'c']);
  });

  it('is made in the end where few are left, which then find their answers', async () => {
    const calls = new DurableCalls(new MemoryJournal(recorded), { idleTurns: 2, ahead: 1 });
    await calls.call({ question: 'a', make: never });
    expect(calls.replaying).toBe(true);
    expect(await calls.call({ question: 'c', make: async () => 3 })).toBe(3);
    expect(calls.replaying).toBe(false);
    await expect(calls.call({ question: 'fit', make: never, alone: true })).rejects.toThrow(
      CannotContinueError,
    );
    expect(await calls.call({ question: 'b', make: never })).toBe(2);
  });

  it('is not waited with where nothing else is under way', async () => {
    const calls = new DurableCalls(new MemoryJournal(recorded), { idleTurns: 1e9 });
    await expect(calls.call({ question: 'fit', make: never, alone: true })).rejects.toThrow(
      CannotContinueError,
    );
  });

  it('is never made where recorded answers are left for good', async () => {
    const heard: unknown[] = [];
    const journal = new MemoryJournal(recorded);
    const calls = new DurableCalls(journal, { idleTurns: 3, onDiverged: (e) => heard.push(e) });
    await calls.call({ question: 'a', make: never });
    const caught = await calls
      .call({ question: 'complete xyz', make: never })
      .catch((error: unknown) => error);
    expect(caught).toBeInstanceOf(CannotContinueError);
    expect((caught as Error).message).toMatch(/after 1 of 2 recorded calls .* \(complete\)/);
    expect(heard).toEqual([caught]);
    await calls.call({ question: 'b', make: never });
    await calls.call({ question: 'new', make: async () => 1 });
    expect(journal.appended).toEqual([]);
  });
});

describe('what is not committed yet', () => {
  /** Commits when told to. */
  function slowJournal() {
    const commits: (() => void)[] = [];
    const journal: Journal = {
      recorded: [],
      append: () => new Promise<void>((resolve) => commits.push(resolve)),
    };
    return { journal, commits };
  }

  /** Makes two calls that take so many ms each; gives whether the second was made before a commit. */
  async function madeBeforeCommit(ms: number): Promise<boolean> {
    let clock = 0;
    const { journal, commits } = slowJournal();
    const calls = new DurableCalls(journal, { now: () => clock });
    let made = 0;
    const ask = () =>
      calls.call({
        question: `ask ${made}`,
        make: async () => {
          made += 1;
          clock += ms;
        },
      });
    await ask();
    // Written at once, used without waiting.
    expect(commits).toHaveLength(1);
    const second = ask();
    await new Promise((resolve) => setTimeout(resolve, 5));
    const before = made === 2;
    commits[0]!();
    await second;
    expect(made).toBe(2);
    return before;
  }

  it('holds up the next call of a slow model, and of a fast one only by and by', async () => {
    expect(await madeBeforeCommit(2000)).toBe(false);
    expect(await madeBeforeCommit(51)).toBe(false);
    expect(await madeBeforeCommit(1)).toBe(true);
  });

  it('is no more than a moment of work, however fast the model is', async () => {
    let clock = 0;
    const { journal, commits } = slowJournal();
    const calls = new DurableCalls(journal, { now: () => clock });
    let made = 0;
    const run = async () => {
      for (let i = 0; i < 200; i++) {
        await calls.call({
          question: `ask ${i}`,
          make: async () => {
            made += 1;
            clock += 1;
          },
        });
      }
    };
    const running = run();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(made).toBe(51);
    while (made < 200) {
      commits.splice(0).forEach((commit) => commit());
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await running;
  });
});

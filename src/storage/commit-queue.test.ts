import { describe, expect, it } from 'vitest';
import { CommitQueue } from './commit-queue';

/** Ends batches when told to. */
function held() {
  const batches: (readonly number[])[] = [];
  const ends: { resolve(): void; reject(error: Error): void }[] = [];
  const queue = new CommitQueue<number>((items) => {
    batches.push(items);
    return new Promise((resolve, reject) => ends.push({ resolve, reject }));
  });
  return { batches, ends, queue };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 1));

describe('a commit queue', () => {
  it('writes the first at once and what comes meanwhile together, in order', async () => {
    const { batches, ends, queue } = held();
    const first = queue.add(1);
    await turn();
    expect(batches).toEqual([[1]]);
    const later = Promise.all([queue.add(2), queue.add(3)]);
    await turn();
    expect(batches).toEqual([[1]]);
    ends[0]!.resolve();
    await first;
    await turn();
    expect(batches).toEqual([[1], [2, 3]]);
    ends[1]!.resolve();
    await later;
  });

  it('resolves no item before its own batch is committed', async () => {
    const { ends, queue } = held();
    const done: number[] = [];
    void queue.add(1).then(() => done.push(1));
    await turn();
    void queue.add(2).then(() => done.push(2));
    ends[0]!.resolve();
    await turn();
    expect(done).toEqual([1]);
    ends[1]!.resolve();
    await queue.settled();
    await turn();
    expect(done).toEqual([1, 2]);
  });

  it('fails the items of a batch that fails, and no others', async () => {
    const { ends, queue } = held();
    const first = queue.add(1);
    await turn();
    const second = queue.add(2);
    ends[0]!.reject(new Error('full'));
    await expect(first).rejects.toThrow('full');
    await turn();
    ends[1]!.resolve();
    await second;
  });

  it('is settled when nothing waits', async () => {
    const { queue } = held();
    await queue.settled();
  });
});

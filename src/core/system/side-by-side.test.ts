import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sideBySide } from './side-by-side';

const wait = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

async function all<T>(results: AsyncGenerator<T, void, void>): Promise<T[]> {
  const found: T[] = [];
  for await (const result of results) found.push(result);
  return found;
}

describe('tasks side by side', () => {
  it('yield in the order of the tasks, whichever ends first, and never too many at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(4), { maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        async (delays, ahead) => {
          let running = 0;
          let most = 0;
          const tasks = delays.map((delay, i) => async () => {
            most = Math.max(most, (running += 1));
            await wait(delay);
            running -= 1;
            return i;
          });
          expect(await all(sideBySide(tasks, ahead))).toEqual(delays.map((_, i) => i));
          expect(most).toBeLessThanOrEqual(ahead);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('do run at once', async () => {
    let running = 0;
    let most = 0;
    const tasks = [1, 2, 3, 4, 5].map(() => async () => {
      most = Math.max(most, (running += 1));
      await wait(2);
      running -= 1;
    });
    await all(sideBySide(tasks, 3));
    expect(most).toBe(3);
  });

  it('start one after the other with one place', async () => {
    const log: string[] = [];
    const tasks = ['a', 'b'].map((name) => async () => {
      log.push(`${name} starts`);
      await wait(1);
      log.push(`${name} ends`);
    });
    for await (const _ of sideBySide(tasks, 1)) log.push('taken');
    expect(log).toEqual(['a starts', 'a ends', 'taken', 'b starts', 'b ends', 'taken']);
  });

  it('wait where no further one may start', async () => {
    let running = 0;
    const seen: number[] = [];
    const tasks = [1, 2, 3].map(() => async () => {
      seen.push((running += 1));
      await wait(1);
      running -= 1;
    });
    await all(sideBySide(tasks, 3, () => false));
    expect(seen).toEqual([1, 1, 1]);
  });

  it('throw the first failure in their order, after everything under way has ended', async () => {
    let ended = 0;
    const task = (delay: number, failure?: string) => async () => {
      await wait(delay);
      ended += 1;
      if (failure !== undefined) throw new Error(failure);
      return delay;
    };
    const results = sideBySide([task(1), task(8, 'second'), task(2, 'third'), task(12)], 4);
    expect((await results.next()).value).toBe(1);
    await expect(results.next()).rejects.toThrow('second');
    expect(ended).toBe(4);
  });
});

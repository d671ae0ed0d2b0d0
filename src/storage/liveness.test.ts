import { describe, expect, it } from 'vitest';
import { webLocks } from './liveness';

describe('web locks', () => {
  it('are held until released, and known by name', async () => {
    // As the standard has it: the lock lasts as long as the callback's promise.
    const held = new Set<string>();
    const manager = {
      async request(
        name: string,
        _options: LockOptions,
        callback: (lock: Lock | null) => Promise<void> | undefined,
      ) {
        if (held.has(name)) return callback(null);
        held.add(name);
        await callback({ name, mode: 'exclusive' });
        held.delete(name);
      },
      query: async () => ({ held: [...held].map((name) => ({ name })) }),
    };
    const locks = webLocks(manager as unknown as LockManager);
    const release = await locks.take('a');
    expect(await locks.take('a')).toBeUndefined();
    expect(await locks.held()).toEqual(new Set(['a']));
    release!();
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(await locks.held()).toEqual(new Set());
    expect(await locks.take('a')).toBeDefined();
  });
});

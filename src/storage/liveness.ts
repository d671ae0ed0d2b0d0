/** Which runs are alive: a lock lives exactly as long as the tab or worker that holds it. */

export interface Locks {
  /** Takes a lock for as long as this context lives or until released; `undefined` where it is held. */
  take(name: string): Promise<(() => void) | undefined>;
  held(): Promise<ReadonlySet<string>>;
}

/** Web Locks, or, where there are none (a page that is not served securely), locks of this context. */
export function pageLocks(): Locks {
  const { navigator } = globalThis as { navigator?: { readonly locks?: LockManager } };
  const locks = navigator?.locks;
  return locks === undefined ? ownLocks() : webLocks(locks);
}

export function webLocks(locks: Pick<LockManager, 'request' | 'query'>): Locks {
  return {
    take: (name) =>
      new Promise((resolve, reject) => {
        locks
          .request(name, { ifAvailable: true }, (lock) => {
            if (lock === null) return resolve(undefined);
            return new Promise<void>((release) => resolve(release));
          })
          .catch(reject);
      }),
    async held() {
      const { held = [] } = await locks.query();
      return new Set(held.map(({ name }) => name!));
    },
  };
}

/** Knows of nothing outside this context. */
export function ownLocks(): Locks {
  const held = new Set<string>();
  return {
    take(name) {
      if (held.has(name)) return Promise.resolve(undefined);
      held.add(name);
      return Promise.resolve(() => void held.delete(name));
    },
    held: () => Promise.resolve(held),
  };
}

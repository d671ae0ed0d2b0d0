/** A store of answers that can be looked into, and that fails or dawdles when told to. */
import type { ChatAnswer } from '../../core/system/chat-model';
import type { CallStore } from '../call-cache';

export interface MemoryStore extends CallStore {
  readonly kept: Map<string, ChatAnswer>;
  /** Ids of the models whose answers came, in order. */
  readonly models: string[];
  failing: Error | undefined;
  /** What a `put` waits for. */
  ready: Promise<void>;
}

export function memoryStore(): MemoryStore {
  const store: MemoryStore = {
    kept: new Map(),
    models: [],
    failing: undefined,
    ready: Promise.resolve(),
    async get(key) {
      if (store.failing) throw store.failing;
      return store.kept.get(key);
    },
    async put(key, answer, { model }) {
      if (store.failing) throw store.failing;
      await store.ready;
      store.kept.set(key, structuredClone(answer));
      store.models.push(model);
    },
  };
  return store;
}

/**
 * Keys of servers: in memory, unless the visitor asks to keep one on this machine. A kept key
 * belongs to the address it was given for and is sent to no other.
 */
import type { TextStorage } from './added-models';

const KEY = 'optimas-web.server-keys';

export class ServerKeys {
  readonly #storage: () => TextStorage;

  constructor(storage: () => TextStorage) {
    this.#storage = storage;
  }

  get(baseUrl: string): string | undefined {
    const key = this.#all()[baseUrl];
    return typeof key === 'string' ? key : undefined;
  }

  keep(baseUrl: string, key: string): void {
    this.#write({ ...this.#all(), [baseUrl]: key });
  }

  forget(baseUrl: string): void {
    const { [baseUrl]: _, ...rest } = this.#all();
    this.#write(rest);
  }

  #all(): Readonly<Record<string, unknown>> {
    try {
      const kept: unknown = JSON.parse(this.#storage().getItem(KEY) ?? '{}');
      return typeof kept === 'object' && kept !== null ? { ...kept } : {};
    } catch {
      return {};
    }
  }

  #write(keys: Readonly<Record<string, unknown>>): void {
    try {
      if (Object.keys(keys).length === 0) this.#storage().removeItem(KEY);
      else this.#storage().setItem(KEY, JSON.stringify(keys));
    } catch {
      // Without storage a key lasts as long as the page.
    }
  }
}

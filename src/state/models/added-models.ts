/**
 * The models a visitor added, kept in this browser, so that files that were downloaded for them can
 * be found and deleted after a reload. Keys of servers are never among them. What is read back is
 * checked like what is typed: anyone can write into a browser's storage.
 */
import { ggufEntry, selfHostedEntry, serverEntry, type Checked } from './added-entries';
import type { ModelEntry } from './model-entry';

const KEY = 'optimas-web.models';
const MOST = 100;

/** The parts of `localStorage` used; reading either may throw where storage is forbidden. */
export type TextStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export class AddedModels {
  readonly #storage: () => TextStorage;
  readonly #base: string;

  constructor(storage: () => TextStorage, base: string) {
    this.#storage = storage;
    this.#base = base;
  }

  read(): readonly ModelEntry[] {
    try {
      const kept: unknown = JSON.parse(this.#storage().getItem(KEY) ?? '[]');
      if (!Array.isArray(kept)) return [];
      return kept.slice(0, MOST).flatMap((typed: unknown) => {
        const entry = this.#entry(typed);
        return entry?.ok ? [entry.value] : [];
      });
    } catch {
      return [];
    }
  }

  write(entries: Iterable<ModelEntry>): void {
    try {
      this.#storage().setItem(KEY, JSON.stringify([...entries].flatMap(typedAgain)));
    } catch {
      // Without storage the list lasts as long as the page.
    }
  }

  #entry(typed: unknown): Checked<ModelEntry> | undefined {
    if (typeof typed !== 'object' || typed === null) return undefined;
    const { engine, url, library, name, sha256, baseUrl, model, slots } = typed as Readonly<
      Record<string, unknown>
    >;
    const text = (value: unknown): string => (typeof value === 'string' ? value : '');
    switch (engine) {
      case 'webllm':
        return selfHostedEntry(
          { url: text(url), library: text(library), name: text(name) },
          this.#base,
        );
      case 'wllama':
        return ggufEntry({ url: text(url), sha256: text(sha256) }, this.#base);
      case 'openai':
        return serverEntry(
          { baseUrl: text(baseUrl), model: text(model), slots: Number(slots) },
          this.#base,
        );
      default:
        return undefined;
    }
  }
}

/** What a visitor would type to get the entry; nothing for a file, which no page can open again. */
function typedAgain({ origin, source }: ModelEntry): readonly object[] {
  if (origin !== 'added') return [];
  switch (source.engine) {
    case 'webllm': {
      const { engine, model, url, library } = source;
      return [{ engine, name: model, url, library }];
    }
    case 'wllama':
      return source.file instanceof File ? [] : [{ engine: source.engine, ...source.file }];
    case 'openai': {
      const { engine, baseUrl, model, slots } = source;
      return [{ engine, baseUrl, model, slots }];
    }
    case 'prompt-api':
      return [];
  }
}

/** Keyword search over passages: BM25+ (Lv & Zhai 2011) by MiniSearch. */
import MiniSearch from 'minisearch';
import { FUNCTION_WORDS } from '../../core/reward/text-profile';

export interface Passage {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

export interface PassageIndex {
  readonly size: number;
  /** At most `k` passages that share a word with `keywords`, best first. */
  search(keywords: string, k: number): Passage[];
}

/** @throws Error when two passages have the same id. */
export function indexPassages(passages: readonly Passage[]): PassageIndex {
  const search = new MiniSearch<Passage>({
    fields: ['title', 'text'],
    // Function words match everything and tell nothing; a title says what a passage is about.
    processTerm: (term) => {
      const word = term.toLowerCase();
      return FUNCTION_WORDS.has(word) ? null : word;
    },
    searchOptions: { boost: { title: 2 } },
  });
  const byId = new Map(passages.map((passage) => [passage.id, passage]));
  search.addAll(passages);
  return {
    size: passages.length,
    search: (keywords, k) =>
      search
        .search(keywords)
        .slice(0, k)
        .map(({ id }) => byId.get(String(id))!),
  };
}

/** Passages as a language model reads them: one a line, `[n] Title: text`. */
export function renderPassages(passages: readonly Passage[]): string {
  return passages
    .map(({ title, text }, i) => `[${i + 1}] ${title}: ${text.replace(/\s+/g, ' ').trim()}`)
    .join('\n');
}

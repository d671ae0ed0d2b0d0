/**
 * Which cards are shown, in which order: a short list first, the rest when asked for. The order
 * follows what the visitor asks, never what a card does, because a card that jumped away under the
 * finger would take the focus along.
 */
import { asksForMore, DEFAULT_FILTERS, families, matches, type Filters } from './filters';
import type { ModelCard } from './model-card.svelte';
import type { ModelShelf } from './model-shelf.svelte';

/** Results that are shown at once. */
const AT_ONCE = 12;
/** Rank of the many that nobody pointed at. */
const REST = 5;

export class ShelfList {
  readonly #shelf: ModelShelf;
  #filters = $state.raw<Filters>(DEFAULT_FILTERS);
  #all = $state.raw(false);
  /** Cards a button led to; they are shown whatever the filters say. */
  #pinned = $state.raw<readonly string[]>([]);
  #spotlight = $state.raw<{ readonly key: string }>();
  /** Kept, not derived: what cards do while they are shown must not move them. */
  #matching = $state.raw<readonly ModelCard[]>([]);
  /** How many of them stand first, before the rest that is shown when asked for. */
  #first = $state.raw(0);
  #unfit = $state.raw(0);

  constructor(shelf: ModelShelf) {
    this.#shelf = shelf;
    shelf.onListed = () => this.#arrange();
  }

  readonly families: readonly string[] = $derived.by(() => families(this.#shelf.entries));
  readonly shown: readonly ModelCard[] = $derived(
    this.#all ? this.#matching : this.#matching.slice(0, this.#first),
  );

  get filters(): Filters {
    return this.#filters;
  }
  /** All that match are shown. */
  get all(): boolean {
    return this.#all;
  }
  /** How many match. */
  get count(): number {
    return this.#matching.length;
  }
  /** How many would match too if they fitted this machine. */
  get unfit(): number {
    return this.#unfit;
  }
  /** More match than stand first. */
  get more(): boolean {
    return this.#matching.length > this.#first;
  }
  /** The card that a button led to: it takes the focus, once. */
  get spotlight(): { readonly key: string } | undefined {
    return this.#spotlight;
  }

  set(change: Partial<Filters>): void {
    this.#filters = { ...this.#filters, ...change };
    this.#pinned = [];
    this.#arrange();
  }

  reset(): void {
    this.set(DEFAULT_FILTERS);
    this.#all = false;
  }

  showAll(all: boolean): void {
    this.#all = all;
  }

  /** Shows a card and leads the focus to it. */
  reveal(key: string): void {
    if (!this.shown.some(({ entry }) => entry.key === key)) {
      this.#pinned = [key, ...this.#pinned];
      this.#arrange();
    }
    this.#spotlight = { key };
  }

  /** The card took the focus: it must not take it again when it is drawn anew. */
  arrived(): void {
    this.#spotlight = undefined;
  }

  #arrange(): void {
    const filters = this.#filters;
    const picks = [...(this.#shelf.recommendation?.picks.keys() ?? [])];
    const here = ({ status }: ModelCard): boolean => !['unknown', 'absent'].includes(status.name);
    const pinned = ({ entry }: ModelCard): boolean => this.#pinned.includes(entry.key);
    const rank = (card: ModelCard): number => {
      if (pinned(card)) return 0;
      if (card.entry.origin === 'added') return 1;
      if (here(card)) return 2;
      const pick = picks.indexOf(card.entry.key);
      if (pick >= 0) return 3 + pick / picks.length;
      return card.entry.origin === 'webllm' ? REST : 4;
    };
    const standing = (card: ModelCard) => ({
      fit: this.#shelf.fit(card).verdict,
      here: here(card),
    });
    this.#matching = this.#shelf.cards
      .filter((card) => pinned(card) || matches(card.entry, standing(card), filters))
      .toSorted(
        (a, b) => rank(a) - rank(b) || (a.entry.memoryBytes ?? 0) - (b.entry.memoryBytes ?? 0),
      );
    const whole = { ...filters, fits: false };
    const all = this.#shelf.cards.filter((card) => matches(card.entry, standing(card), whole));
    this.#unfit = all.filter((card) => !this.#matching.includes(card)).length;
    const notable = this.#matching.filter((card) => rank(card) < REST).length;
    this.#first = asksForMore(filters) ? AT_ONCE : notable || AT_ONCE;
  }
}

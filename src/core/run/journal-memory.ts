/** A journal in memory, for tests and for commands that are not continued. */
import type { Journal, JournalEntry } from './journal';

export class MemoryJournal implements Journal {
  readonly recorded: readonly JournalEntry[];
  /** What each `append` since then was given. */
  readonly appended: (readonly JournalEntry[])[] = [];

  constructor(recorded: readonly JournalEntry[] = []) {
    this.recorded = recorded;
  }

  append(...entries: readonly JournalEntry[]): Promise<void> {
    // As a database would: what cannot be cloned must not pass here either.
    this.appended.push(structuredClone(entries));
    return Promise.resolve();
  }

  /** What the next one to open the journal finds, were it cut off after so many appends. */
  kept(appends = this.appended.length): JournalEntry[] {
    const all = [...this.recorded, ...this.appended.slice(0, appends).flat()];
    const places = new Map<string, JournalEntry>();
    for (const entry of all) if (entry.place !== undefined) places.set(entry.place, entry);
    return [...all.filter(({ place }) => place === undefined), ...places.values()];
  }
}

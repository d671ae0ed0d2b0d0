/** Sentences for a polite live region: what was finished, what failed, what is in use now. */
export interface Announcement {
  readonly id: number;
  readonly text: string;
}

/** Older ones were read out long ago. */
const KEPT = 4;

export class Announcer {
  #latest = $state.raw<readonly Announcement[]>([]);
  #count = 0;

  get latest(): readonly Announcement[] {
    return this.#latest;
  }

  say(text: string): void {
    this.#count += 1;
    this.#latest = [...this.#latest, { id: this.#count, text }].slice(-KEPT);
  }
}

/** Ends an answer where the caller wants it to end: the Prompt API knows no such wishes. */

export class LimitedText {
  readonly #stops: readonly string[];
  readonly #mostPieces: number;
  /** Not told yet: it may be the beginning of a stop text. */
  #held = '';
  #pieces = 0;
  #text = '';
  #ended: 'stop' | 'length' | undefined;

  /**
   * @param stops texts that end the answer and are no part of it
   * @param mostPieces pieces stand for tokens: each is one or more, so that no answer is cut early
   */
  constructor(stops: readonly string[] = [], mostPieces = Infinity) {
    this.#stops = stops.filter((stop) => stop !== '');
    this.#mostPieces = mostPieces;
  }

  /** Why the answer is over; undefined while it is not. */
  get ended(): 'stop' | 'length' | undefined {
    return this.#ended;
  }

  /** What has been told. */
  get text(): string {
    return this.#text;
  }

  /** @returns what of the answer is certain by now */
  add(piece: string): string {
    if (this.#ended !== undefined || piece === '') return '';
    this.#pieces += 1;
    if (this.#pieces > this.#mostPieces) {
      this.#ended = 'length';
      return this.#release(this.#held.length);
    }
    this.#held += piece;
    const places = this.#stops.map((stop) => this.#held.indexOf(stop)).filter((at) => at >= 0);
    if (places.length === 0) return this.#release(this.#held.length - this.#beginnings());
    this.#ended = 'stop';
    return this.#release(Math.min(...places));
  }

  /** The model wrote all it had. @returns the rest of the answer */
  end(): string {
    const rest = this.#ended === undefined ? this.#release(this.#held.length) : '';
    this.#ended ??= 'stop';
    return rest;
  }

  #release(length: number): string {
    const released = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    this.#text += released;
    return released;
  }

  /** Length of the longest end of what is held that begins a stop text. */
  #beginnings(): number {
    const longest = Math.max(0, ...this.#stops.map((stop) => stop.length - 1));
    for (let length = Math.min(longest, this.#held.length); length > 0; length--) {
      const end = this.#held.slice(-length);
      if (this.#stops.some((stop) => stop.startsWith(end))) return length;
    }
    return 0;
  }
}

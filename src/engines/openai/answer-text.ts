/**
 * The answer alone: a model that thinks aloud puts its thoughts first, between `<think>` and
 * `</think>`, where its server does not send them apart.
 */

const OPEN = '<think>';
const CLOSE = '</think>';

export class AnswerText {
  #state: 'before' | 'thinking' | 'after thoughts' | 'answer' = 'before';
  /** Not told yet: it may be the beginning of a mark. */
  #held = '';
  #text = '';
  #thought = false;

  /** @returns what of the answer is certain by now */
  add(piece: string): string {
    this.#held += piece;
    if (this.#state === 'before') this.#begin();
    if (this.#state === 'thinking') this.#think();
    if (this.#state === 'after thoughts') {
      this.#held = this.#held.trimStart();
      if (this.#held !== '') this.#state = 'answer';
    }
    return this.#state === 'answer' ? this.#release() : '';
  }

  /**
   * The whole answer. Thoughts that never ended leave nothing of it.
   *
   * Templates that open the thoughts in the prompt leave only `</think>` in the text; that shows at
   * the end alone, when pieces of the thoughts have been told.
   */
  end(): string {
    if (this.#state === 'before') this.#release();
    const close = this.#text.indexOf(CLOSE);
    return close < 0 || this.#thought || this.#text.includes(OPEN)
      ? this.#text
      : this.#text.slice(close + CLOSE.length).trimStart();
  }

  #begin(): void {
    const start = this.#held.trimStart();
    if (start.startsWith(OPEN)) {
      this.#state = 'thinking';
      this.#thought = true;
      this.#held = start.slice(OPEN.length);
    } else if (!OPEN.startsWith(start)) this.#state = 'answer';
  }

  #think(): void {
    const close = this.#held.indexOf(CLOSE);
    if (close < 0) {
      // The end may hold the beginning of the mark.
      this.#held = this.#held.slice(-(CLOSE.length - 1));
      return;
    }
    this.#state = 'after thoughts';
    this.#held = this.#held.slice(close + CLOSE.length);
  }

  #release(): string {
    const released = this.#held;
    this.#held = '';
    this.#text += released;
    return released;
  }
}

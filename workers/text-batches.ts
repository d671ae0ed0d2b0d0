/** Text of an answer on its way to a page: at most ten messages a second, nothing lost. */
const EVERY_MS = 100;

export class TextBatches {
  readonly #send: (text: string) => void;
  #waiting = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sent = -Infinity;

  constructor(send: (text: string) => void) {
    this.#send = send;
  }

  /** Bound, so that it can be handed to an engine. */
  readonly add = (piece: string): void => {
    if (piece === '') return;
    this.#waiting += piece;
    const wait = this.#sent + EVERY_MS - performance.now();
    if (wait <= 0) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), wait);
  };

  /** Sends what waits. */
  flush(): void {
    this.end();
    if (this.#waiting === '') return;
    this.#send(this.#waiting);
    this.#waiting = '';
    this.#sent = performance.now();
  }

  /** Sends nothing more; what waits is dropped. */
  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

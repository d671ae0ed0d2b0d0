/** One call of a model that several callers wait for. */
import type { ChatAnswer } from '../core/system/chat-model';

type OnText = (piece: string) => void;

/** Asks the model. */
type Ask = (signal: AbortSignal, onText: OnText) => Promise<ChatAnswer>;

interface Caller {
  readonly onText: OnText | undefined;
  /** Takes the caller out, with the reason; the others go on waiting. */
  leave(reason: unknown): void;
}

export class Flight {
  readonly #callers = new Set<Caller>();
  readonly #abort = new AbortController();
  readonly #abandoned: () => void;
  readonly #answer: Promise<ChatAnswer>;
  #written = '';
  #landed = false;

  /**
   * Begins the call in a turn of its own, so that whoever begins it can join before.
   * @param abandoned hears that all callers left, and that the call is therefore aborted
   */
  constructor(ask: Ask, abandoned: () => void) {
    this.#abandoned = abandoned;
    this.#answer = Promise.resolve()
      .then(() => ask(this.#abort.signal, (piece) => this.#write(piece)))
      .finally(() => (this.#landed = true));
  }

  /**
   * Waits for the answer; what is written of it already is told as one piece.
   * @throws what the call throws, the signal's reason when aborted, and what `onText` throws
   */
  join(signal?: AbortSignal, onText?: OnText): Promise<ChatAnswer> {
    return new Promise((resolve, reject) => {
      const caller: Caller = {
        onText,
        leave: (reason) => {
          end();
          reject(reason as Error);
          if (this.#callers.size === 0 && !this.#landed) this.#abandon(reason);
        },
      };
      const leave = (): void => caller.leave(signal?.reason);
      const end = (): void => {
        this.#callers.delete(caller);
        signal?.removeEventListener('abort', leave);
      };
      this.#callers.add(caller);
      signal?.addEventListener('abort', leave);
      const late = this.#landed;
      if (!late && this.#written !== '') this.#tell(caller, this.#written);
      this.#answer.then(
        (answer) => {
          if (late) this.#tell(caller, answer.text);
          end();
          resolve(answer);
        },
        (error: unknown) => {
          end();
          reject(error as Error);
        },
      );
    });
  }

  #write(piece: string): void {
    this.#written += piece;
    // Over a copy: a caller may leave while it is told.
    for (const caller of [...this.#callers]) this.#tell(caller, piece);
  }

  /** A caller whose listener throws fails alone. */
  #tell(caller: Caller, piece: string): void {
    try {
      caller.onText?.(piece);
    } catch (error) {
      caller.leave(error);
    }
  }

  #abandon(reason: unknown): void {
    this.#abandoned();
    this.#abort.abort(reason);
  }
}

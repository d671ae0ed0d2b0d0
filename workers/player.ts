/**
 * Plays a run: pulls its events one by one, so that pausing is not pulling, stamps them with the
 * time spent running, and hands them on in batches.
 */
import type { RunEvent } from '../src/core/run/run-event';
import type { PlayerStatus, RunListener, StampedEvent } from './run-protocol';

/** At most ten batches a second. */
const BATCH_MS = 100;
/** How long the loop may hold the worker before messages from the page get their turn. */
const TURN_MS = 12;

export interface PlayerOptions {
  /** Events that a continued run had before it broke off, and ms it had run for. */
  readonly known?: number;
  readonly elapsed?: number;
  /** Hears how far the run is, at most ten times a second, and of every change of status. */
  readonly onProgress?: (progress: PlayerProgress) => void;
}

export type PlayerProgress =
  { readonly events: number; readonly elapsed: number } | { readonly status: PlayerStatus };

export class Player {
  readonly #events: AsyncGenerator<RunEvent, void, void>;
  readonly #listener: Pick<RunListener, 'events' | 'status'>;
  readonly #abort: AbortController;
  #batch: StampedEvent[] = [];
  #flushed = 0;
  #running = 0;
  #paused: boolean;
  #stepping = false;
  #ended = false;
  #wake: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #options: PlayerOptions;
  readonly #pauseAfter: number;
  /** Events pulled so far. */
  #count = 0;

  /**
   * @param abort aborts what the run has in flight when the player is stopped
   * @param paused wait before the first event, or before the first that is new where it is continued
   */
  constructor(
    events: AsyncGenerator<RunEvent, void, void>,
    listener: Pick<RunListener, 'events' | 'status'>,
    abort: AbortController,
    paused: boolean,
    options: PlayerOptions = {},
  ) {
    this.#options = options;
    this.#events = events;
    this.#listener = listener;
    this.#abort = abort;
    this.#paused = paused && (options.known ?? 0) === 0;
    this.#pauseAfter = paused ? (options.known ?? 0) : 0;
  }

  /** Plays to the end, a failure or a stop. @throws what the run throws, after flushing */
  async play(): Promise<void> {
    let last: RunEvent | undefined;
    this.#status(this.#paused ? 'paused' : 'running');
    try {
      let turn = performance.now();
      while (!this.#ended) {
        if (this.#paused) {
          await this.#resumed();
          turn = performance.now();
          continue;
        }
        const before = performance.now();
        const next = await this.#events.next();
        if (this.#ended) break;
        const now = performance.now();
        this.#advance(now - before);
        if (next.done) break;
        last = next.value;
        this.#count += 1;
        this.#add(next.value, now);
        if (this.#count === this.#pauseAfter) this.pause();
        if (this.#stepping && isMilestone(next.value)) this.pause();
        if (now - turn > TURN_MS) {
          await nextTurn();
          turn = performance.now();
        }
      }
    } catch (error) {
      if (this.#ended) return;
      this.#ended = true;
      throw error;
    } finally {
      this.#flush(performance.now());
      await this.#events.return();
    }
    if (this.#ended) return;
    // From here on a command, the stop before another run among them, has nothing to say.
    this.#ended = true;
    this.#status(
      last?.type === 'run.finished'
        ? 'finished'
        : last?.type === 'run.failed'
          ? 'failed'
          : 'stopped',
    );
  }

  pause(): void {
    if (this.#ended || this.#paused) return;
    this.#paused = true;
    this.#stepping = false;
    this.#flush(performance.now());
    this.#status('paused');
  }

  resume(): void {
    this.#go(false);
  }

  step(): void {
    this.#go(true);
  }

  /** Ends the run for the page at once; what is in flight is aborted and then ignored. */
  stop(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#flush(performance.now());
    this.#status('stopped');
    this.#abort.abort(new DOMException('the run was stopped', 'AbortError'));
    this.#wake?.();
  }

  #go(stepping: boolean): void {
    this.#stepping = stepping;
    if (this.#ended || !this.#paused) return;
    this.#paused = false;
    this.#status('running');
    this.#wake?.();
  }

  async #resumed(): Promise<void> {
    await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#wake = undefined;
  }

  #add(event: RunEvent, now: number): void {
    // Progress that another progress follows at once says nothing any more.
    if (event.type === 'progress' && this.#batch.at(-1)?.event.type === 'progress') {
      this.#batch.pop();
    }
    this.#batch.push({ at: this.#running, event });
    const wait = this.#flushed + BATCH_MS - now;
    if (this.#paused || wait <= 0) this.#flush(now);
    // The next event may be long in coming, and this one says what it will be busy with.
    else this.#timer ??= setTimeout(() => this.#flush(performance.now()), wait);
  }

  #flush(now: number): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#batch.length > 0) {
      this.#listener.events(this.#batch);
      this.#options.onProgress?.({ events: this.#count, elapsed: this.#running });
    }
    this.#batch = [];
    this.#flushed = now;
  }

  /** The way back to where a run broke off took its time once already. */
  #advance(milliseconds: number): void {
    const { known = 0, elapsed = 0 } = this.#options;
    if (this.#count < known) this.#running = (elapsed * (this.#count + 1)) / known;
    else this.#running += milliseconds;
  }

  #status(status: PlayerStatus): void {
    this.#options.onProgress?.({ status });
    this.#listener.status(status);
  }
}

/** Where a step ends: something was measured, heads were trained, or a change came to nothing. */
export function isMilestone(event: RunEvent): boolean {
  return (
    event.type === 'measured' ||
    event.type === 'heads.fitted' ||
    (event.type === 'change' && event.change.validation === undefined)
  );
}

/** Lets pending messages in; a timer would be clamped to 4 ms. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

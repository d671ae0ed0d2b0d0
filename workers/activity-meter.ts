/** Tells how far a stretch of long work is, and not too often. */
import type { Activity } from './run-protocol';

/** Reports are at least this far apart, in ms. */
const REPORT_MS = 100;

export class ActivityMeter {
  readonly #kind: Pick<Activity, 'name' | 'unit'>;
  readonly #report: (activity: Activity) => void;
  readonly #start = performance.now();
  #last = -Infinity;

  /** The work begins now. */
  constructor(kind: Pick<Activity, 'name' | 'unit'>, report: (activity: Activity) => void) {
    this.#kind = kind;
    this.#report = report;
  }

  tell(done: number, total: number): void {
    const now = performance.now();
    if (now - this.#last < REPORT_MS) return;
    this.#last = now;
    this.#report({ ...this.#kind, done, total, elapsed: now - this.#start });
  }
}

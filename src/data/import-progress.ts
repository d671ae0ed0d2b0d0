/** How far an import is, told at most ten times a second. */

export interface ImportProgress {
  /** Bytes read. */
  readonly done: number;
  /** Bytes of the file, where they are known. */
  readonly total?: number;
  readonly rows: number;
}

/** Milliseconds between two reports. */
const PACE = 100;

export class ProgressMeter {
  readonly #total: number | undefined;
  readonly #report: ((progress: ImportProgress) => void) | undefined;
  readonly #now: () => number;
  #done = 0;
  #told: number;

  constructor(
    total: number | undefined,
    report: ((progress: ImportProgress) => void) | undefined,
    now: () => number = Date.now,
  ) {
    this.#total = total;
    this.#report = report;
    this.#now = now;
    this.#told = now();
  }

  bytes(count: number): void {
    this.#done += count;
  }

  /** @returns whether it was time to tell */
  rows(rows: number): boolean {
    if (this.#now() - this.#told < PACE) return false;
    this.#told = this.#now();
    this.#report?.({
      done: this.#done,
      rows,
      ...(this.#total !== undefined && { total: this.#total }),
    });
    return true;
  }
}

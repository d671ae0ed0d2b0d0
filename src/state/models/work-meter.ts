/**
 * Long work of a model in words: what it is, how far, how fast and for how long yet. The rate is
 * that of the last ten seconds, because a download that is resumed starts with a jump and a
 * network changes its mind.
 */
import type { LoadProgress } from './model-client';
import { amount, rate } from './sizes';

export interface WorkProgress {
  readonly phase: LoadProgress['phase'];
  /** `Downloading`. */
  readonly name: string;
  /** In [0, 1]; absent where nobody knows. */
  readonly share?: number;
  /** `12.3 of 376.0 MB`. */
  readonly amount?: string;
  readonly rate?: string;
  readonly secondsLeft?: number;
}

const NAMES: Readonly<Record<LoadProgress['phase'], string>> = {
  downloading: 'Downloading',
  checking: 'Checking the files',
  loading: 'Loading into memory',
  compiling: 'Preparing the GPU',
};

/** Length of the sliding window, in ms. */
export const WINDOW = 10_000;
/** Below this a rate would be mostly noise, in ms. */
const SHORTEST = 500;

export const STARTING: WorkProgress = { phase: 'loading', name: 'Starting' };

interface Point {
  /** Milliseconds of any clock that only goes forward. */
  readonly at: number;
  /** Bytes, or the share where bytes are not known. */
  readonly done: number;
}

export class WorkMeter {
  #points: readonly Point[] = [];
  #phase: LoadProgress['phase'] | undefined;

  /** @param now milliseconds of a clock that only goes forward */
  add(progress: LoadProgress, now: number): WorkProgress {
    const { phase, bytes, total } = progress;
    if (phase !== this.#phase) this.#points = [];
    this.#phase = phase;
    const share =
      bytes !== undefined && total !== undefined && total > 0 ? bytes / total : progress.share;
    const done = bytes ?? share;
    if (done !== undefined) this.#remember({ at: now, done });
    const perSecond = this.#perSecond();
    const end = bytes === undefined ? 1 : total;
    return {
      phase,
      name: NAMES[phase],
      ...(share !== undefined && { share: Math.min(1, Math.max(0, share)) }),
      ...(bytes !== undefined && { amount: amount(bytes, total) }),
      ...(bytes !== undefined && perSecond !== undefined && { rate: rate(perSecond) }),
      ...(done !== undefined &&
        end !== undefined &&
        perSecond !== undefined &&
        perSecond > 0 && { secondsLeft: Math.max(0, end - done) / perSecond }),
    };
  }

  #remember(point: Point): void {
    // Less than before: it was begun anew, so what was measured does not count.
    const kept = point.done < (this.#points.at(-1)?.done ?? 0) ? [] : this.#points;
    const all = [...kept, point];
    const inside = all.findIndex(({ at }) => at >= point.at - WINDOW);
    this.#points = all.slice(Math.max(0, inside - 1));
  }

  #perSecond(): number | undefined {
    const first = this.#points[0];
    const last = this.#points.at(-1);
    if (first === undefined || last === undefined || last.at - first.at < SHORTEST)
      return undefined;
    return ((last.done - first.done) / (last.at - first.at)) * 1000;
  }
}

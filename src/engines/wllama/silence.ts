/** Notices that nothing is heard any more. */

export interface Silence {
  /** Something was heard. */
  broken(): void;
  stop(): void;
}

/** Parts that a silence is counted in. */
const PARTS = 4;

/**
 * @param seconds of silence that are too many. They are counted in parts, because a computer that
 *   slept through them has not listened: it wakes up with one part that was late.
 */
export function watchSilence(seconds: number, tooLong: () => void): Silence {
  let silent = 0;
  const timer = setInterval(
    () => {
      silent += 1;
      if (silent < PARTS) return;
      clearInterval(timer);
      tooLong();
    },
    (seconds * 1000) / PARTS,
  );
  return {
    broken: () => (silent = 0),
    stop: () => clearInterval(timer),
  };
}

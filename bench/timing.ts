/** Timing of repeated work, and what a measurement is reported as. */

/** One measured figure. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

/** Median milliseconds of `repeats` calls after `warmUp` ones. */
export async function medianMs(
  work: () => Promise<unknown> | unknown,
  repeats: number,
  warmUp = 3,
): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < warmUp + repeats; i++) {
    const start = performance.now();
    await work();
    if (i >= warmUp) times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)]!;
}

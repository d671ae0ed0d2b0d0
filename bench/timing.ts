/** Timing of repeated work, and what a measurement is reported as. */

/** One measured figure. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

/** @param values at least one */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
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
  return median(times);
}

/** Median milliseconds of two kinds of work, done in turns so that a busy machine slows both alike. */
export async function medianMsInTurns(
  first: () => Promise<unknown>,
  second: () => Promise<unknown>,
  repeats: number,
  warmUp = 3,
): Promise<readonly [first: number, second: number]> {
  const times: [number[], number[]] = [[], []];
  for (let i = 0; i < warmUp + repeats; i++) {
    for (const [k, work] of [first, second].entries()) {
      const start = performance.now();
      await work();
      if (i >= warmUp) times[k]!.push(performance.now() - start);
    }
  }
  return [median(times[0]), median(times[1])];
}

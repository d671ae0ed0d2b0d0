/** Work that waits for a model, several pieces of it at a time. */

/**
 * Starts tasks ahead of the one that is waited for and yields their results in the order of the
 * tasks, so that a log does not depend on which call came back first. A further task starts when a
 * result is taken, not when one arrives: what was started by the time a task throws is then the
 * same in every run.
 *
 * @param ahead tasks started and not yet taken, at most; 1 is one after the other
 * @param mayStart asked before a task is started ahead of others, with how many are: where false,
 *   they are waited for first
 * @throws what the first failing task throws, once everything that was started has ended
 */
export async function* sideBySide<Result>(
  tasks: readonly (() => Promise<Result>)[],
  ahead: number,
  mayStart: (started: number) => boolean = () => true,
): AsyncGenerator<Result, void, void> {
  const started: Promise<Result>[] = [];
  let next = 0;
  try {
    while (next < tasks.length || started.length > 0) {
      while (
        next < tasks.length &&
        (started.length === 0 || (started.length < ahead && mayStart(started.length)))
      ) {
        const result = tasks[next++]!();
        // Whoever waits for it hears of a failure; until then nobody does.
        result.catch(() => undefined);
        started.push(result);
      }
      const result = await started[0]!;
      started.shift();
      yield result;
    }
  } finally {
    await Promise.allSettled(started);
  }
}

/**
 * Says on the standard error output how far long work is: one line that is rewritten on a terminal,
 * a line of its own now and then in a log.
 */

/** Milliseconds between two states. */
const ON_TERMINAL = 100;
const IN_LOG = 30_000;

export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface Progress {
  /** @param line asked for only where it is written */
  show(line: () => string): void;
  /** Leaves an empty line on the terminal, for what is said next. */
  clear(): void;
}

export function progressOn(
  stream: ProgressStream = process.stderr,
  now: () => number = () => performance.now(),
): Progress {
  const terminal = stream.isTTY === true;
  // What is over soon needs no log.
  let shown = terminal ? -Infinity : now();
  let open = false;
  return {
    show(line) {
      if (now() - shown < (terminal ? ON_TERMINAL : IN_LOG)) return;
      shown = now();
      open = terminal;
      stream.write(terminal ? `\r\x1b[K${line()}` : `${line()}\n`);
    },
    clear() {
      if (open) stream.write('\r\x1b[K');
      open = false;
    },
  };
}

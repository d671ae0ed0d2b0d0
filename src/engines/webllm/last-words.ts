/**
 * When TVM gives up it prints why and throws an exit status without a word, no Error even. It keeps
 * the `console.error` that it finds when a library is loaded, so that one is listened to.
 */
export interface LastWords {
  /** `error`, or in place of an exit status an Error with what was printed before it. */
  of(error: unknown): unknown;
  /** Gives the console back; the library that was loaded meanwhile is still heard. */
  release(): void;
}

export function hearLastWords(): LastWords {
  const own = console.error;
  let words: string | undefined;
  console.error = (...said: unknown[]) => {
    // [FATAL] /home/me/tvm/src/runtime/vm/x.cc:340: ValueError: Cannot find parameter in cache: w
    words = /^\[FATAL\] \S+?:\d+: (.+)/s.exec(String(said[0]))?.[1] ?? words;
    own.apply(console, said);
  };
  return {
    of: (error) =>
      (error as { name?: unknown } | undefined)?.name === 'ExitStatus'
        ? new Error(words ?? 'RuntimeError: TVM ended', { cause: error })
        : error,
    release() {
      console.error = own;
    },
  };
}

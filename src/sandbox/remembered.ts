/** Outcomes by content: the same program with the same tests is asked for hundreds of times in a run. */
import { contentHash } from '../core/random/hash';
import type { CodeRunner } from '../core/system/code-runner';
import type { SandboxOutcome } from './limits';

/** Outcomes that are kept: a few hundred bytes each. */
const CAPACITY = 4000;

/**
 * An outcome that the clock decided is kept once it came twice: the first time something else may have
 * held the machine up, and a program that never ends costs its whole time whenever it is run.
 * @param run an error of it is not kept
 * @returns a runner; the signal ends the waiting of its caller, not the work others may wait for too
 */
export function rememberedRunner(
  run: (code: string) => Promise<SandboxOutcome>,
  capacity = CAPACITY,
): CodeRunner {
  const kept = new Map<string, Promise<SandboxOutcome>>();
  /** Addresses of programs that the clock ended once. */
  const late = new Set<string>();
  const ask = (code: string): Promise<SandboxOutcome> => {
    const address = contentHash(code);
    const known = kept.get(address);
    if (known !== undefined) {
      kept.delete(address);
      kept.set(address, known);
      return known;
    }
    const asked = run(code);
    kept.set(address, asked);
    if (kept.size > capacity) kept.delete(kept.keys().next().value!);
    const forget = (): void => {
      if (kept.get(address) === asked) kept.delete(address);
    };
    asked.then(({ byClock }) => {
      if (byClock !== true || late.delete(address)) return;
      late.add(address);
      if (late.size > capacity) late.delete(late.values().next().value!);
      forget();
    }, forget);
    return asked;
  };
  return {
    run: async (code, signal) => {
      signal?.throwIfAborted();
      const { byClock: _, ...outcome } = await unless(signal, ask(code));
      return outcome;
    },
  };
}

/** @throws the signal's reason as soon as it is aborted */
export function unless<Value>(
  signal: AbortSignal | undefined,
  work: Promise<Value>,
): Promise<Value> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

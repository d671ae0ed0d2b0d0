/** Tries again what may pass: a busy server, one that is starting, a broken connection. */
import pRetry from 'p-retry';
import type { ModelError } from '../../core/system/chat-model';

/** A failure that may be over in a moment. */
export class PassingFailure extends Error {
  /**
   * @param failure what it is when it does not pass
   * @param retryAfter milliseconds the server asked to be left alone for
   */
  constructor(
    readonly failure: ModelError,
    readonly retryAfter?: number,
  ) {
    super(failure.message, { cause: failure });
  }
}

export interface RetryRules {
  /** Tries in all. */
  readonly tries: number;
  /** The first wait is at most this long; each later one twice as long as the one before. */
  readonly firstMilliseconds: number;
  /** No wait is longer, whatever the server asks for. */
  readonly longestMilliseconds: number;
  /** Uniform in [0, 1): spreads the tries of several callers; no answer depends on it. */
  readonly random: () => number;
  /** @throws the signal's reason when aborted */
  readonly wait: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
}

export const RETRY_RULES: RetryRules = {
  tries: 5,
  firstMilliseconds: 1000,
  longestMilliseconds: 30_000,
  random: Math.random,
  wait: timeout,
};

/** @throws what the last try throws, and the signal's reason when aborted, also while it waits */
export async function retried<Value>(
  attempt: () => Promise<Value>,
  rules: RetryRules,
  signal: AbortSignal | undefined,
): Promise<Value> {
  try {
    return await pRetry(attempt, {
      retries: rules.tries - 1,
      // The waits are ours: only the server knows how long, and Math.random is built into theirs.
      minTimeout: 0,
      maxTimeout: 0,
      shouldRetry: async ({ error, attemptNumber }) => {
        if (!(error instanceof PassingFailure)) return false;
        await rules.wait(waitBefore(attemptNumber, error.retryAfter, rules), signal);
        return true;
      },
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof PassingFailure ? error.failure : error;
  }
}

/**
 * Milliseconds between the n-th try and the next: half of the exponential back-off, and up to its
 * other half more; never less than the server asked for, within the limit.
 */
function waitBefore(
  n: number,
  retryAfter = 0,
  { firstMilliseconds, longestMilliseconds, random }: RetryRules,
): number {
  const backOff = Math.min(firstMilliseconds * 2 ** (n - 1), longestMilliseconds);
  const spread = (backOff / 2) * random();
  return Math.min(Math.max(backOff / 2, retryAfter) + spread, longestMilliseconds);
}

/** Milliseconds that a `Retry-After` header names, as seconds or as a date. */
export function retryAfterOf(headers: Headers, now = Date.now()): number | undefined {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(value)) return 1000 * Number(value);
  // An HTTP date begins with its weekday; Date.parse alone takes "-3" for a year.
  const date = /^[A-Z][a-z]{2}, /.test(value) ? Date.parse(value) : NaN;
  return Number.isFinite(date) ? Math.max(0, date - now) : undefined;
}

function timeout(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', abort, { once: true });
  });
}

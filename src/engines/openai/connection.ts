/** Calls of one server: what goes wrong on the way, and what it refuses, becomes a ModelError. */
import { ModelError } from '../../core/system/chat-model';
import { quoted } from '../json-output-quoted';
import {
  ConnectionLost,
  exchange,
  Stalled,
  TooMuch,
  wholeText,
  type Fetch,
  type Reply,
} from './exchange';
import { htmlInstead, isHtml, refusalOf, withoutKey, type Refusal } from './refusals';
import { PassingFailure } from './retry';
import type { ServerAddress } from './server-address';
import { ownOrigin, unreachable, wasDropped } from './unreachable';

export interface ConnectionOptions {
  /** Secret that the server asks for. */
  readonly key?: string;
  /** Default: the global one. */
  readonly fetch?: Fetch;
  /** Longest time without a byte. Default 120 s: a long prompt on a CPU takes its time. */
  readonly stallMilliseconds?: number;
  /** Origin of the page or worker this runs in; undefined in Node. Default: where it runs. */
  readonly origin?: string | undefined;
}

export class Connection {
  readonly #options: ConnectionOptions;
  readonly #key: string | undefined;
  /** A response came, so the server is there and lets us read it: a failure is a passing one. */
  #reached = false;

  /** @throws ModelError `refused-key` for a key that no header can carry */
  constructor(
    readonly server: ServerAddress,
    options: ConnectionOptions,
  ) {
    this.#options = options;
    this.#key = options.key?.trim() || undefined;
    if (this.#key !== undefined && !/^[\x21-\x7e]+$/.test(this.#key)) {
      throw new ModelError(
        'refused-key',
        'The key holds spaces or characters that no key has.',
        'Copy the key again.',
        true,
      );
    }
  }

  /**
   * Asks once.
   * @param body sent as JSON by POST; GET without one
   * @throws ModelError or PassingFailure, the signal's reason when aborted, and what `read` throws
   */
  async ask<Value>(
    route: string,
    body: unknown,
    signal: AbortSignal | undefined,
    read: (reply: Reply) => Promise<Value>,
  ): Promise<Value> {
    const { fetch = (...call) => globalThis.fetch(...call), stallMilliseconds = 120_000 } =
      this.#options;
    const headers: Record<string, string> = this.#key
      ? { authorization: `Bearer ${this.#key}` }
      : {};
    const request = { fetch, url: this.server.url(route), headers, body, stallMilliseconds };
    try {
      return await exchange(request, signal, async (reply) => {
        this.#reached = true;
        const { status } = reply;
        if (status >= 200 && status < 300) return read(reply);
        // The status says enough where its text breaks off.
        const text = await wholeText(reply).catch(() => '');
        throw this.refusal({ status, headers: reply.headers, text });
      });
    } catch (error) {
      throw this.#named(error, stallMilliseconds);
    }
  }

  /** What the server means by a response that is not an answer. */
  refusal(refusal: Refusal): ModelError | PassingFailure {
    return refusalOf(this.server, refusal, this.#key);
  }

  /** The answer broke off before its end. */
  brokenOff(cause?: unknown): PassingFailure {
    return new PassingFailure(
      new ModelError(
        'network',
        `The server at ${this.server.name} broke off its answer.`,
        "Look into the server's log; it may have crashed or run out of memory.",
        true,
        { cause },
      ),
    );
  }

  /** A response that should have been JSON of another kind, or JSON at all. */
  notAnswer(text: string, what: string): ModelError {
    return isHtml(text) ? htmlInstead(this.server) : this.notUnderstood(what);
  }

  /** The server answered, but not in the way of this API. */
  notUnderstood(what: string): ModelError {
    return new ModelError(
      'server-error',
      `The server at ${this.server.name} sent ${quoted(withoutKey(what, this.#key))}.`,
      'Check that it speaks the API of OpenAI, and that the base URL is right.',
      false,
    );
  }

  #named(error: unknown, stallMilliseconds: number): unknown {
    if (error instanceof Stalled) {
      return new ModelError(
        'hung',
        `The server at ${this.server.name} sent nothing for ${Math.round(stallMilliseconds / 1000)} seconds.`,
        "Look into the server's log, or ask fewer calls side by side.",
        false,
      );
    }
    if (error instanceof TooMuch) return this.notUnderstood('more than any answer needs');
    if (!(error instanceof ConnectionLost)) return error;
    if (error.responded) return this.brokenOff(error.cause);
    const { origin } = { origin: ownOrigin(), ...this.#options };
    const failure = unreachable(this.server, error.cause, origin);
    // Nothing passes by itself where nothing was ever there, and the user waits to hear of it.
    const passes = this.#reached || wasDropped(error.cause);
    return passes ? new PassingFailure(failure) : failure;
  }
}

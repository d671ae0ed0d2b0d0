/**
 * Holds the one client of the workers: created at the first use, let go when a worker broke.
 * What a client that was let go still reports is dropped, or an old run would mix with a new one.
 */
import type { RunClient, RunListener } from '../clients/run-client';

/** What the page needs of a client; `RunClient` is one, a test brings its own. */
export type RunPlayerClient = Pick<RunClient, keyof RunClient>;
export type RunClientFactory = (listener: RunListener) => RunPlayerClient;

export class ClientSlot {
  readonly #create: RunClientFactory;
  readonly #listener: RunListener;
  #client: RunPlayerClient | undefined;
  #generation = 0;

  constructor(create: RunClientFactory, listener: RunListener) {
    this.#create = create;
    this.#listener = listener;
  }

  /** The client; one that is created now knows nothing of loaded data yet. */
  use(): RunPlayerClient {
    return (this.#client ??= this.#start());
  }

  /** The client, if one was created and works. */
  get current(): RunPlayerClient | undefined {
    return this.#client;
  }

  /** Rises whenever a client is let go: what was asked of it fails, and nobody needs to hear. */
  get generation(): number {
    return this.#generation;
  }

  dispose(): void {
    this.#generation += 1;
    this.#client?.dispose();
    this.#client = undefined;
  }

  #start(): RunPlayerClient {
    const generation = this.#generation;
    const current = (): boolean => generation === this.#generation;
    return this.#create({
      events: (batch) => {
        if (current()) this.#listener.events(batch);
      },
      status: (status) => {
        if (current()) this.#listener.status(status);
      },
      activity: (activity) => {
        if (current()) this.#listener.activity(activity);
      },
      measuring: (activity) => {
        if (current()) this.#listener.measuring(activity);
      },
      stalled: (...stall) => {
        if (current()) this.#listener.stalled(...stall);
      },
      writing: (text) => {
        if (current()) this.#listener.writing(text);
      },
      continued: (...taken) => {
        if (current()) this.#listener.continued(...taken);
      },
      notice: (message) => {
        if (current()) this.#listener.notice(message);
      },
      problem: (message) => {
        if (!current()) return;
        // Its other worker may still be talking.
        this.dispose();
        this.#listener.problem(message);
      },
    });
  }
}

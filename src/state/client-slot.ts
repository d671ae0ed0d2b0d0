/**
 * Holds the one client of the workers: created at the first use, replaced after a worker broke.
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
  #broken = false;
  /** Rises whenever a client is let go. */
  #generation = 0;

  constructor(create: RunClientFactory, listener: RunListener) {
    this.#create = create;
    this.#listener = listener;
  }

  /** The client and whether it was created just now, so knows nothing of loaded data yet. */
  use(): { readonly client: RunPlayerClient; readonly fresh: boolean } {
    if (this.#broken) this.dispose();
    if (this.#client !== undefined) return { client: this.#client, fresh: false };
    this.#client = this.#start();
    return { client: this.#client, fresh: true };
  }

  /** The client, if one was created and works. */
  get current(): RunPlayerClient | undefined {
    return this.#broken ? undefined : this.#client;
  }

  dispose(): void {
    this.#generation += 1;
    this.#client?.dispose();
    this.#client = undefined;
    this.#broken = false;
  }

  #start(): RunPlayerClient {
    const generation = this.#generation;
    // Nor does a client say anything after it broke: its other worker may still be talking.
    const current = (): boolean => generation === this.#generation && !this.#broken;
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
        this.#broken = true;
        this.#listener.problem(message);
      },
    });
  }
}

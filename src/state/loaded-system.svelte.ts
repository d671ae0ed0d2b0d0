/** The system and the data that the page shows and runs are on: what is loaded, and what was refused. */
import type {
  Activity,
  DataProblem,
  LoadOutcome,
  References,
  SystemSummary,
} from '../clients/run-client';
import { activityWords } from './activity';
import type { ClientSlot, RunPlayerClient } from './client-slot';

export interface LoadedSystemParts {
  readonly slot: ClientSlot;
  /** Name of the system that is chosen. */
  readonly chosen: () => string;
  /** Runs the work and reports what it throws. */
  readonly guarded: (work: () => Promise<void>) => Promise<void>;
  /** Other data make the figures of an earlier run misleading. */
  readonly onOther: () => void;
}

export class LoadedSystem {
  readonly #parts: LoadedSystemParts;
  /** Rows of the visitor's file. */
  #rows: File | undefined;
  /** The summary is of this system. */
  #summarised: string | undefined;
  /** Settles with what is being loaded. */
  #latest: Promise<void> = Promise.resolve();

  #summary = $state.raw<SystemSummary>();
  #problem = $state.raw<DataProblem>();
  #loading = $state.raw(false);
  #references = $state.raw<References>();
  #referenceProblem = $state.raw<string>();
  #measuring = $state.raw<Activity>();

  constructor(parts: LoadedSystemParts) {
    this.#parts = parts;
  }

  /** `undefined` until the run worker has answered. */
  get summary(): SystemSummary | undefined {
    return this.#summary;
  }
  /** Scores of methods that learn nothing; `undefined` while they are measured. */
  get references(): References | undefined {
    return this.#references;
  }
  /** Why the references could not be measured. */
  get referenceProblem(): string | undefined {
    return this.#referenceProblem;
  }
  /** How far the measurement of the references is, where it takes long. */
  readonly measuring = $derived(this.#measuring && activityWords(this.#measuring));
  /** Why the last file was refused; what was loaded before it still holds. */
  get problem(): DataProblem | undefined {
    return this.#problem;
  }
  /** Data are being read. */
  get loading(): boolean {
    return this.#loading;
  }
  /** Whether another system is shown than the chosen one. */
  get outdated(): boolean {
    return this.#summarised !== undefined && this.#summarised !== this.#parts.chosen();
  }

  /** The client on the chosen system, with the loaded rows in it, and its summary known. */
  async ready(): Promise<RunPlayerClient> {
    const { client, fresh } = this.#parts.slot.use();
    const system = this.#parts.chosen();
    if (fresh || this.#summarised !== system) this.#show(client, await client.summary(system));
    if (fresh && this.#rows !== undefined) {
      const outcome = await client.useRows(this.#rows);
      if (outcome.ok) this.#show(client, outcome.summary);
      else this.#problem = outcome.problem;
    }
    return client;
  }

  /** Another system has data of its own: those of the one before go. */
  async switch(): Promise<void> {
    this.#rows = undefined;
    this.#problem = undefined;
    await this.#load(async (client) => {
      const summary = await client.summary(this.#parts.chosen());
      return { ok: true, summary };
    });
  }

  /**
   * Takes rows of a data file into use.
   * @param rows JSON of `ImportedRows`, called as the file
   * @returns why they cannot be used; what was loaded before then still is
   */
  async useRows(rows: File): Promise<DataProblem | undefined> {
    await this.#load(async (client) => {
      const outcome = await client.useRows(rows);
      if (outcome.ok) this.#rows = rows;
      return outcome;
    });
    return this.#problem;
  }

  async useShippedData(): Promise<void> {
    await this.#load(async (client) => {
      const summary = await client.useShippedData();
      this.#rows = undefined;
      return { ok: true, summary };
    });
  }

  /** Settles when nothing is being loaded any more. */
  async settled(): Promise<void> {
    await this.#latest;
  }

  /** What a run that was taken up brought with it. */
  take(summary: SystemSummary, rows: File | undefined): void {
    this.#rows = rows;
    const client = this.#parts.slot.current;
    if (client !== undefined) this.#show(client, summary);
  }

  /** Work that must not meet a change of data. */
  async whileLoading(work: () => Promise<void>): Promise<void> {
    this.#loading = true;
    try {
      await work();
    } finally {
      this.#loading = false;
    }
  }

  measures(activity: Activity | undefined): void {
    this.#measuring = activity;
  }

  #load(read: (client: RunPlayerClient) => Promise<LoadOutcome>): Promise<void> {
    this.#loading = true;
    const loaded = this.#latest.then(async () => {
      await this.#loadNow(read);
      if (loaded === this.#latest) this.#loading = false;
    });
    this.#latest = loaded;
    return loaded;
  }

  async #loadNow(read: (client: RunPlayerClient) => Promise<LoadOutcome>): Promise<void> {
    this.#problem = undefined;
    await this.#parts.guarded(async () => {
      const client = await this.ready();
      const outcome = await read(client);
      if (!outcome.ok) {
        this.#problem = outcome.problem;
        return;
      }
      this.#show(client, outcome.summary);
      this.#parts.onOther();
    });
  }

  #show(client: RunPlayerClient, summary: SystemSummary): void {
    this.#summary = summary;
    this.#summarised = this.#parts.chosen();
    void this.#measure(client, summary);
  }

  /** Never holds anything up: a run asks for the references itself. */
  async #measure(client: RunPlayerClient, summary: SystemSummary): Promise<void> {
    this.#references = undefined;
    this.#referenceProblem = undefined;
    this.#measuring = undefined;
    const present = (): boolean => summary === this.#summary;
    try {
      const references = await client.references();
      if (present()) this.#references = references;
    } catch (error) {
      if (present())
        this.#referenceProblem = error instanceof Error ? error.message : String(error);
    }
    if (present()) this.#measuring = undefined;
  }
}

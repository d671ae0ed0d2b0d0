/** The system and the data that the page shows and runs are on: what is loaded, and what was refused. */
import type { Activity, DataProblem, References, SystemSummary } from '../clients/run-client';
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
  /** Rows of the visitor's file, and the system that they were made for. */
  #rows: { readonly file: File; readonly system: string } | undefined;
  /** Who knows the summary, and of which system it is. */
  #known: { readonly client: RunPlayerClient; readonly system: string } | undefined;
  /** Settles with the last turn. */
  #latest: Promise<unknown> = Promise.resolve();

  #summary = $state.raw<SystemSummary>();
  #problem = $state.raw<DataProblem>();
  #loads = $state.raw(0);
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
    return this.#loads > 0;
  }

  /** The client on the chosen system, with the loaded rows in it, and its summary known. */
  ready(): Promise<RunPlayerClient> {
    // The workers may start while others have their turn.
    this.#parts.slot.use();
    return this.#turn(() => this.#onChosen());
  }

  /** Another system has data of its own: those of the one before go. */
  async switch(): Promise<void> {
    await this.#load(async () => {
      if (this.#rows?.system !== this.#parts.chosen()) this.#rows = undefined;
      await this.#onChosen();
    });
  }

  /**
   * Takes rows of a data file into use.
   * @param file JSON of `ImportedRows`, called as the file
   * @returns why they cannot be used; what was loaded before then still is
   */
  async useRows(file: File): Promise<DataProblem | undefined> {
    let taken = false;
    await this.#load(async () => {
      taken = await this.#take(await this.#onChosen(), file);
    });
    if (taken) return undefined;
    return this.#problem ?? { message: 'the workers were started anew meanwhile; use it again' };
  }

  async useShippedData(): Promise<void> {
    await this.#load(async () => {
      const client = await this.#onChosen();
      const summary = await client.useShippedData();
      this.#rows = undefined;
      this.#show(client, this.#known!.system, summary);
    });
  }

  /** Settles when nothing is being loaded any more. */
  async settled(): Promise<void> {
    await this.#latest;
  }

  /** What a run that was taken up brought with it. */
  take(summary: SystemSummary, file: File | undefined): void {
    const system = this.#parts.chosen();
    this.#rows = file && { file, system };
    const client = this.#parts.slot.current;
    if (client !== undefined) this.#show(client, system, summary);
  }

  /** Work that must not meet a change of data. */
  async whileLoading(work: () => Promise<void>): Promise<void> {
    this.#loads += 1;
    try {
      await work();
    } finally {
      this.#loads -= 1;
    }
  }

  measures(activity: Activity | undefined): void {
    this.#measuring = activity;
  }

  #load(work: () => Promise<void>): Promise<void> {
    return this.whileLoading(() =>
      this.#turn(() =>
        this.#parts.guarded(async () => {
          this.#problem = undefined;
          await work();
          if (this.#problem === undefined) this.#parts.onOther();
        }),
      ),
    );
  }

  /** One after the other: what is known later of an earlier choice never replaces a later one. */
  #turn<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = this.#latest.then(work);
    this.#latest = done.catch(() => undefined);
    return done;
  }

  async #onChosen(): Promise<RunPlayerClient> {
    const client = this.#parts.slot.use();
    const system = this.#parts.chosen();
    const known = this.#known;
    if (known?.client === client && known.system === system) return client;
    this.#show(client, system, await client.summary(system));
    // Workers that were started anew know nothing of the visitor's file.
    if (known?.client !== client && this.#rows?.system === system) {
      await this.#take(client, this.#rows.file);
    }
    return client;
  }

  /** Of the system that the client is on. */
  async #take(client: RunPlayerClient, file: File): Promise<boolean> {
    const { system } = this.#known!;
    const outcome = await client.useRows(file);
    if (outcome.ok) {
      this.#show(client, system, outcome.summary);
      this.#rows = { file, system };
      this.#problem = undefined;
    } else {
      this.#problem = outcome.problem;
    }
    return outcome.ok;
  }

  /** @throws Error when the client was let go meanwhile */
  #show(client: RunPlayerClient, system: string, summary: SystemSummary): void {
    if (client !== this.#parts.slot.current) throw new Error('the workers were started anew');
    this.#summary = summary;
    this.#known = { client, system };
    void this.#measure(client, summary);
  }

  /** Never holds anything up: a run asks for the references itself. */
  async #measure(client: RunPlayerClient, summary: SystemSummary): Promise<void> {
    this.#references = undefined;
    this.#referenceProblem = undefined;
    this.#measuring = undefined;
    const present = (): boolean => client === this.#parts.slot.current && summary === this.#summary;
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

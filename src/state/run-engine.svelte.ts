/**
 * What the prompts of runs are on, the reader or loaded models, and what a run under way tells of
 * them. A run has one model, or several where its system chooses which of them answers.
 */
import type { RunModelName } from '../clients/run-client';
import type { RunPlayerClient } from './client-slot';
import type { ChosenModel, ModelFailure } from './models/model-client';

/** A model of the run under way. */
interface RunPlace {
  /** Of the model that the run began with. */
  readonly key: string;
  /** The model there now. */
  readonly name: RunModelName;
  /** The worker that the run has a line to; absent where it has none yet. */
  readonly client?: ChosenModel['client'];
  /** Why the run stands still. */
  readonly stall?: ModelFailure;
}

/** A model of a run that stands still because of it. */
export interface Stall {
  readonly name: RunModelName;
  readonly failure: ModelFailure;
}

export class RunEngine {
  /** Key of the model for further runs. */
  #chosen = $state.raw<string>();
  #loaded = $state.raw<readonly ChosenModel[]>([]);
  #places = $state.raw<readonly RunPlace[]>([]);
  #writing = $state.raw<string>();
  /** Another model that is loaded while the run waits for its own. */
  #other = $state.raw<ChosenModel>();

  /** What the run under way is on, the first first; none for the reader. */
  readonly names: readonly RunModelName[] = $derived(this.#places.map(({ name }) => name));

  /** Why the run stands still at its last event, and which model it waits for. */
  readonly stall: Stall | undefined = $derived.by(() => {
    const place = this.#stalled;
    return place?.stall && { name: place.name, failure: place.stall };
  });
  /** Another model that is there, while the run waits for its own. */
  readonly other: ChosenModel | undefined = $derived(this.stall && this.#other);

  /** The end of what a model is writing right now. */
  get writing(): string | undefined {
    return this.#writing;
  }
  get #stalled(): RunPlace | undefined {
    return this.#places.find(({ stall }) => stall !== undefined);
  }

  /**
   * The models of the next run, the first first; none for the reader.
   * @param choosing whether its system chooses which model answers: all that are loaded then
   */
  next(choosing: boolean): readonly ChosenModel[] {
    // Chosen once and gone since: the reader, until it is loaded again.
    const first = this.#loaded.find(({ key }) => key === this.#chosen);
    if (first === undefined) return [];
    return choosing ? [first, ...this.#loaded.filter(({ key }) => key !== first.key)] : [first];
  }

  /** @param key of the model for further runs; `undefined` for the reader */
  choose(key: string | undefined): void {
    this.#chosen = key;
  }

  /** @param model one that is loaded, while the run under way is on another */
  offer(model: ChosenModel | undefined): void {
    this.#other = model;
  }

  /** All models that are loaded and can answer. */
  know(loaded: readonly ChosenModel[]): void {
    this.#loaded = loaded;
    const { key } = this.#other ?? {};
    if (!loaded.some((model) => model.key === key)) this.#other = undefined;
  }

  /** Key of the run's model that has this one; `undefined` where it is no model of the run. */
  placeOf(key: string): string | undefined {
    return this.#places.find(({ name }) => name.key === key)?.key;
  }

  /** A run begins. */
  begin(names: readonly RunModelName[]): void {
    this.#places = names.map((name) => ({ key: name.key, name }));
    this.#other = undefined;
    this.#writing = undefined;
  }

  /** @param key of a model that the run began with */
  stalled(key: string, stall: ModelFailure | undefined): void {
    this.#change(key, ({ stall: _, ...place }) => ({ ...place, ...(stall && { stall }) }));
  }

  writes(text: string | undefined): void {
    this.#writing = text;
  }

  /** The run's models that it cannot reach, the first first. */
  get unreached(): readonly RunModelName[] {
    return this.#places
      .filter(({ client, stall }) => client === undefined || stall !== undefined)
      .map(({ name }) => name);
  }

  /**
   * Gives the run worker lines to those of the run's models that are loaded and that it cannot reach.
   * @throws Error with the reason
   */
  async joinLoaded(client: RunPlayerClient): Promise<void> {
    for (const { key, name, client: before, stall } of this.#places) {
      const model = this.#loaded.find((one) => one.key === name.key);
      // A line to the worker that failed leads nowhere new.
      if (model === undefined || model.client === before) continue;
      if (before === undefined || stall !== undefined) await this.#join(client, model, key);
    }
  }

  /** The run that stands still goes on with the other model that is there. */
  async joinOther(client: RunPlayerClient): Promise<void> {
    const { other } = this;
    const place = this.#stalled;
    if (other === undefined || place === undefined) return;
    await this.#join(client, other, place.key, place.key);
    this.#other = undefined;
  }

  async #join(
    client: RunPlayerClient,
    model: ChosenModel,
    key: string,
    insteadOf?: string,
  ): Promise<void> {
    const { port1, port2 } = new MessageChannel();
    await model.client.connect(port1);
    const name = nameOf(model);
    const outcome = await client.setModel(port2, name, insteadOf);
    if (!outcome.ok && !outcome.aborted) {
      throw new Error(`${outcome.failure.message} ${outcome.failure.advice}`);
    }
    this.#change(key, (place) => ({ ...place, name, client: model.client }));
  }

  #change(key: string, change: (place: RunPlace) => RunPlace): void {
    this.#places = this.#places.map((place) => (place.key === key ? change(place) : place));
  }
}

/** What may be kept of a model with a run: no key of a server's, and no file. */
export function nameOf({ key, name, source }: ChosenModel): RunModelName {
  if (source.engine === 'wllama' && source.file instanceof Blob) return { key, name };
  if (source.engine !== 'openai') return { key, name, source };
  const { key: _key, ...open } = source;
  return { key, name, source: open };
}

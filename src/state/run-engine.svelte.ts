/** What the prompts of runs are on, the reader or a loaded model, and what a run under way tells of it. */
import type { RunModelName } from '../clients/run-client';
import type { RunPlayerClient } from './client-slot';
import type { ChosenModel, ModelFailure } from './models/model-client';

export class RunEngine {
  #model = $state.raw<ChosenModel>();
  /** What a run of an earlier visit was on. */
  #before = $state.raw<RunModelName>();
  #stall = $state.raw<ModelFailure>();
  #writing = $state.raw<string>();
  /** Another model that is loaded while the run waits for its own. */
  #other = $state.raw<ChosenModel>();
  /** Whether the present run has a line to its model. */
  #joined = false;

  /** The model of the next run; `undefined` for the reader. */
  get model(): ChosenModel | undefined {
    return this.#model;
  }
  /** Which model the present run is on, or the next one will be; `undefined` for the reader. */
  readonly name: RunModelName | undefined = $derived(this.#before ?? nameOf(this.#model));

  /** Why the run stands still at its last event. */
  get stall(): ModelFailure | undefined {
    return this.#stall;
  }
  /** Another model that is there, while the run waits for its own. */
  get other(): ChosenModel | undefined {
    return this.#stall && this.#other;
  }
  /** The end of what the model is writing right now. */
  get writing(): string | undefined {
    return this.#writing;
  }

  /** The run under way is on a model that it cannot reach, or not yet. */
  get wanting(): boolean {
    return this.name !== undefined && (!this.#joined || this.#stall !== undefined);
  }

  choose(model: ChosenModel | undefined): void {
    this.#model = model;
  }

  /** @param model one that is loaded, while the run under way is on another */
  offer(model: ChosenModel | undefined): void {
    this.#other = model;
  }

  /** A run begins. @param before its model, where it is taken up from an earlier visit */
  begin(before?: RunModelName): void {
    this.#before = before;
    this.#joined = false;
    this.#other = undefined;
    this.#stall = undefined;
    this.#writing = undefined;
  }

  stalled(failure: ModelFailure | undefined): void {
    this.#stall = failure;
  }

  writes(text: string | undefined): void {
    this.#writing = text;
  }

  /**
   * Gives the run worker a line to the model's own worker.
   * @param instead whether a run that waits for another model goes on with this one
   * @throws Error with the reason
   */
  async join(client: RunPlayerClient, model: ChosenModel, instead = false): Promise<void> {
    const { port1, port2 } = new MessageChannel();
    await model.client.connect(port1);
    const outcome = await client.setModel(port2, instead ? nameOf(model) : undefined);
    if (outcome.ok || outcome.aborted) {
      this.#joined = true;
      if (instead) {
        this.#before = undefined;
        this.#model = model;
        this.#other = undefined;
      }
      return;
    }
    throw new Error(`${outcome.failure.message} ${outcome.failure.advice}`);
  }
}

/** What may be kept of a model with a run: no key, and no file. */
function nameOf(model: ChosenModel | undefined): RunModelName | undefined {
  if (model === undefined) return undefined;
  const { key, name, source } = model;
  if (source.engine === 'wllama' && source.file instanceof Blob) return { key, name };
  if (source.engine !== 'openai') return { key, name, source };
  const { key: _key, ...open } = source;
  return { key, name, source: open };
}

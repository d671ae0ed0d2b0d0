/**
 * The models of the page, made when they are first needed: by the view that lists them, or by a run
 * that waits for one. Nothing of them is on the way to the first paint.
 */
import type { RunModelName } from '../../clients/run-client';
import type { ModelFailure } from './model-client';
import type { Models } from './models.svelte';

export class ModelsHolder {
  readonly #make: () => Promise<Models>;
  #made: Promise<Models> | undefined;
  #models = $state.raw<Models>();
  #loading = $state.raw(false);

  constructor(make: () => Promise<Models>) {
    this.#make = make;
  }

  /** `undefined` until they were needed. */
  get models(): Models | undefined {
    return this.#models;
  }
  /** A model that a run waits for is being loaded. */
  get loading(): boolean {
    return this.#loading;
  }

  async get(): Promise<Models> {
    this.#made ??= this.#make().catch((error: unknown) => {
      this.#made = undefined;
      throw error;
    });
    this.#models = await this.#made;
    return this.#models;
  }

  /**
   * Loads a model anew, whatever became of it; a run that waits for it hears of it.
   * @param choose whether further runs use it
   * @returns why that was not possible
   */
  async reload({ key, name }: RunModelName, choose: boolean): Promise<ModelFailure | undefined> {
    if (this.#loading) return undefined;
    this.#loading = true;
    try {
      const { shelf } = await this.get();
      await shelf.open();
      const card = shelf.card(key);
      if (card === undefined) return notListed(name);
      await card.unload();
      await card.load();
      if (card.status.name === 'failed') return card.status.failure;
      if (choose) shelf.choose(card);
      return undefined;
    } catch (error) {
      return {
        problem: 'unknown',
        message: `The models could not be opened: ${error instanceof Error ? error.message : String(error)}.`,
        advice: 'Check the connection and try again.',
        lasting: true,
      };
    } finally {
      this.#loading = false;
    }
  }
}

function notListed(name: string): ModelFailure {
  return {
    problem: 'not-found',
    message: `${name} is not in the list of models.`,
    advice: 'Add it under Models once more, load it there and choose it for runs.',
    lasting: true,
  };
}

/**
 * All models of the page: those listed, those of this site, those the visitor added; which are
 * loaded, and which one runs use. The reader is there always and is the choice at first.
 */
import { SvelteMap } from 'svelte/reactivity';
import { fileEntry } from './added-entries';
import { AddedModels, type TextStorage } from './added-models';
import { announcement } from './announcements';
import { Announcer } from './announcer.svelte';
import type { Surroundings } from './capabilities';
import type { CardEvent } from './card-status';
import { fitOf, type Fit } from './fit';
import { addedEntries, listedEntries, type ListPorts } from './listed-entries';
import { Machine } from './machine.svelte';
import { ModelCard } from './model-card.svelte';
import type { ChosenModel, ModelClients, ModelFailure } from './model-client';
import type { ModelEntry } from './model-entry';
import { recommend, type Recommendation } from './recommendation';
import { ServerKeys } from './server-keys';

/** What the shelf needs of the browser and of the other parts of the page. */
export interface ShelfPorts extends ListPorts {
  readonly clients: ModelClients;
  readonly around: Surroundings;
  readonly storage: () => TextStorage;
  /** Hears of another choice, `undefined` for the reader. */
  readonly onChosen?: (chosen: ChosenModel | undefined) => void;
  /** Hears which models are loaded and can answer, whenever that changes. */
  readonly onLoaded?: (models: readonly ChosenModel[]) => void;
  /** Hears that a loaded model is gone by itself; a run may be waiting for it. */
  readonly onLost?: (key: string, failure: ModelFailure) => void;
}

/** How many models are asked about at a time. */
const ASKED = 4;

export class ModelShelf {
  readonly machine: Machine;
  readonly keys: ServerKeys;
  readonly announcer = new Announcer();
  /** Called when there are other models, or more is known of where they are. */
  onListed: () => void = () => undefined;
  readonly #ports: ShelfPorts;
  readonly #added: AddedModels;
  readonly #cards = new SvelteMap<string, ModelCard>();
  #opened: Promise<void> | undefined;
  #wanted = $state.raw<string>();

  constructor(ports: ShelfPorts) {
    this.#ports = ports;
    this.machine = new Machine(ports.around);
    this.keys = new ServerKeys(ports.storage);
    this.#added = new AddedModels(ports.storage, ports.base);
  }

  readonly cards: readonly ModelCard[] = $derived([...this.#cards.values()]);
  readonly entries: readonly ModelEntry[] = $derived(this.cards.map(({ entry }) => entry));
  readonly recommendation: Recommendation | undefined = $derived.by(() => {
    const { capabilities } = this.machine;
    return capabilities && recommend(this.entries, capabilities);
  });
  readonly loaded: readonly ModelCard[] = $derived(
    this.cards.filter(({ status }) => status.name === 'ready'),
  );
  /** Those of the loaded ones that can answer. */
  readonly answering: readonly ChosenModel[] = $derived(
    this.loaded.map(chosenOf).filter((model) => model !== undefined),
  );
  /** A number of its own, so that a card's progress makes no other card ask anew what fits. */
  readonly #loadedBytes: number = $derived(
    this.loaded.reduce((sum, { entry }) => sum + (entry.memoryBytes ?? 0), 0),
  );
  /** The model that runs use; `undefined` for the reader. */
  readonly chosen: ChosenModel | undefined = $derived.by(() => {
    const card = this.#wanted === undefined ? undefined : this.#cards.get(this.#wanted);
    return card && chosenOf(card);
  });
  /** Name of a model that was chosen and broke; runs use the reader until it is loaded again. */
  readonly lost: string | undefined = $derived(
    this.#wanted !== undefined && this.chosen === undefined
      ? this.#cards.get(this.#wanted)?.entry.name
      : undefined,
  );

  card(key: string): ModelCard | undefined {
    return this.#cards.get(key);
  }

  /** Asks the machine and fills the list; once, when the page is opened for the first time. */
  open(): Promise<void> {
    this.#opened ??= this.#open();
    return this.#opened;
  }

  /** Whether a model fits; what others take that are loaded counts only if asked for. */
  fit({ entry, status, storedBytes }: ModelCard, besideLoaded = false): Fit {
    const machine = this.machine.capabilities;
    if (machine === undefined) return { verdict: 'free' };
    const own = status.name === 'ready' ? (entry.memoryBytes ?? 0) : 0;
    const loadedBytes = besideLoaded ? this.#loadedBytes - own : 0;
    return fitOf(entry, machine, { storedBytes, loadedBytes, all: this.entries });
  }

  /** @returns its card; the one that was there if that is at work or loaded */
  add(entry: ModelEntry): ModelCard {
    const present = this.#cards.get(entry.key);
    if (present && !present.idle) return present;
    const card = this.#put(entry);
    this.#added.write(this.entries);
    this.onListed();
    void card.check();
    return card;
  }

  /** @returns its card, or what is wrong with the file, as a sentence */
  async addFile(file: File): Promise<ModelCard | string> {
    const checked = await fileEntry(file);
    return checked.ok ? this.add(checked.value) : checked.problem;
  }

  /** Takes what the visitor added from the list, and its files from this machine. */
  async forget(card: ModelCard): Promise<void> {
    if (card.entry.origin !== 'added' || !card.idle) return;
    if (card.storedBytes > 0) await card.remove();
    // Its files are still there: without a card nobody could delete them.
    if (card.storedBytes > 0 || !card.idle) return;
    this.#cards.delete(card.entry.key);
    this.#added.write(this.entries);
    this.onListed();
    this.announcer.say(`${card.entry.name} was taken from the list.`);
  }

  /** @param card `undefined` for the reader */
  choose(card: ModelCard | undefined): void {
    if (card !== undefined && chosenOf(card) === undefined) return;
    this.#wanted = card?.entry.key;
    this.announcer.say(`Runs use ${card?.entry.name ?? 'the reader'} from now on.`);
    this.#ports.onChosen?.(this.chosen);
  }

  /** Ends all workers. */
  dispose(): void {
    for (const card of this.#cards.values()) card.dispose();
  }

  #hear(card: ModelCard, event: CardEvent): void {
    this.announcer.say(announcement(card, event));
    if (event !== 'unloaded' && event !== 'tested') this.#lookAgain(card);
    const { status, entry } = card;
    if (['loaded', 'unloaded', 'failed'].includes(event)) this.#ports.onLoaded?.(this.answering);
    if (status.name === 'failed' && status.during === 'use') {
      this.#ports.onLost?.(entry.key, status.failure);
    }
    if (entry.key !== this.#wanted) return;
    // Unloaded on purpose; after a crash the wish stands until the model is loaded again.
    if (event === 'unloaded') this.choose(undefined);
  }

  /** Files came or went: those of builds that share them too, which differ in their context only. */
  #lookAgain({ entry }: ModelCard): void {
    void this.machine.measureStorage();
    if (entry.source.engine !== 'webllm' || entry.page === undefined) return;
    for (const card of this.#cards.values()) {
      if (card.entry.page === entry.page && card.entry !== entry) void card.check();
    }
  }

  async #open(): Promise<void> {
    for (const entry of addedEntries(this.#added, this.keys)) this.#put(entry);
    const [listed] = await Promise.all([listedEntries(this.#ports), this.machine.detect()]);
    for (const entry of listed) if (!this.#cards.has(entry.key)) this.#put(entry);
    this.onListed();
    const waiting = [...this.#cards.values()];
    const ask = async (): Promise<void> => {
      for (let card = waiting.shift(); card; card = waiting.shift()) await card.check();
    };
    await Promise.all(Array.from({ length: ASKED }, ask));
    this.onListed();
  }

  #put(entry: ModelEntry): ModelCard {
    const card = new ModelCard(entry, this.#ports.clients, (own, event) => this.#hear(own, event));
    this.#cards.set(entry.key, card);
    return card;
  }
}

function chosenOf({ entry, status, client }: ModelCard): ChosenModel | undefined {
  // An embedding model turns texts into numbers and cannot answer.
  if (status.name !== 'ready' || client === undefined || entry.type === 'embedding')
    return undefined;
  const { key, name, source } = entry;
  return { key, name, source, description: status.description, client };
}

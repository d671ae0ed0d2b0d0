/** The form for a server: its address and key, the models it lists, and what is wrong with it. */
import { checkedServer, serverEntry, type Checked } from './added-entries';
import { brokenOff, type ModelFailure, type ModelOutcome } from './model-client';
import type { ModelEntry } from './model-entry';
import type { ServerKeys } from './server-keys';

/** Asks a server for the names of its models. */
export type ListServerModels = (
  server: { readonly baseUrl: string; readonly key?: string },
  signal: AbortSignal,
) => Promise<ModelOutcome<readonly string[]>>;

/** A server may list anything; a select of more is of no use. */
const MOST_MODELS = 500;
const LONGEST_NAME = 200;
export const DEFAULT_SLOTS = 4;

export class ServerForm {
  readonly #list: ListServerModels;
  readonly #keys: ServerKeys;
  readonly #base: string;
  #asking: AbortController | undefined;

  baseUrl = $state('');
  key = $state('');
  keepKey = $state(false);
  model = $state('');
  slots = $state(DEFAULT_SLOTS);
  #models = $state.raw<readonly string[]>();
  #failure = $state.raw<ModelFailure>();
  #problem = $state.raw<string>();
  #listing = $state.raw(false);

  /** @param base the page's address */
  constructor(list: ListServerModels, keys: ServerKeys, base: string) {
    this.#list = list;
    this.#keys = keys;
    this.#base = base;
  }

  /** What the server lists; `undefined` until it was asked. */
  get models(): readonly string[] | undefined {
    return this.#models;
  }
  /** Why the server could not be asked. */
  get failure(): ModelFailure | undefined {
    return this.#failure;
  }
  /** What is wrong with what was typed, as a sentence. */
  get problem(): string | undefined {
    return this.#problem;
  }
  get listing(): boolean {
    return this.#listing;
  }

  /** Another address: what the former server said holds no more, and its kept key is taken up. */
  setBaseUrl(text: string): void {
    this.stop();
    this.baseUrl = text;
    this.#models = undefined;
    this.#failure = undefined;
    this.#problem = undefined;
    const address = checkedServer(text, this.#base);
    const kept = address.ok ? this.#keys.get(address.value) : undefined;
    if (kept !== undefined) this.key = kept;
    // A key that is kept for one server must not go to the next.
    else if (this.keepKey) this.key = '';
    this.keepKey = kept !== undefined;
  }

  /** Keeping is undone at once, not at the next connection. */
  setKeepKey(keep: boolean): void {
    this.keepKey = keep;
    const address = checkedServer(this.baseUrl, this.#base);
    if (!keep && address.ok) this.#keys.forget(address.value);
  }

  async listModels(): Promise<void> {
    this.stop();
    this.#failure = undefined;
    const address = checkedServer(this.baseUrl, this.#base);
    this.#problem = address.ok ? undefined : address.problem;
    if (!address.ok) return;
    const asking = new AbortController();
    this.#asking = asking;
    this.#listing = true;
    const outcome = await this.#list(
      { baseUrl: address.value, ...(this.key && { key: this.key }) },
      asking.signal,
    ).catch((error: unknown) => brokenOff(error, 'the server'));
    if (this.#asking !== asking) return;
    this.stop();
    if (outcome.ok) this.#take(outcome.value);
    else if (!outcome.aborted) this.#failure = outcome.failure;
  }

  /** Stops asking. */
  stop(): void {
    this.#asking?.abort();
    this.#asking = undefined;
    this.#listing = false;
  }

  /** What was typed as an entry for the list; the key is kept if the visitor asked for it. */
  entry(): ModelEntry | undefined {
    const { baseUrl, model, key, slots } = this;
    const checked: Checked<ModelEntry> = serverEntry({ baseUrl, model, key, slots }, this.#base);
    this.#problem = checked.ok ? undefined : checked.problem;
    if (!checked.ok) return undefined;
    const { source } = checked.value;
    if (this.keepKey && key !== '' && source.engine === 'openai') {
      this.#keys.keep(source.baseUrl, key);
    }
    return checked.value;
  }

  #take(names: readonly string[]): void {
    const usable = names.filter(
      (name, i) =>
        typeof name === 'string' &&
        name !== '' &&
        name.length <= LONGEST_NAME &&
        names.indexOf(name) === i,
    );
    this.#models = usable.slice(0, MOST_MODELS);
    if (!this.#models.includes(this.model)) this.model = this.#models[0] ?? '';
  }
}

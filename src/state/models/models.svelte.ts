/** The models page as a whole: the shelf, what of it is shown, the form for servers, the cache. */
import { CallCache, type CallCachePort } from './call-cache.svelte';
import { ModelShelf, type ShelfPorts } from './model-shelf.svelte';
import { ServerForm, type ListServerModels } from './server-form.svelte';
import { ShelfList } from './shelf-list.svelte';

export interface ModelsPorts extends ShelfPorts {
  readonly listServerModels: ListServerModels;
  /** Absent where calls are not cached. */
  readonly callCache?: CallCachePort;
}

export class Models {
  readonly shelf: ModelShelf;
  readonly list: ShelfList;
  readonly server: ServerForm;
  readonly cache: CallCache | undefined;

  constructor(ports: ModelsPorts) {
    this.shelf = new ModelShelf(ports);
    this.list = new ShelfList(this.shelf);
    this.server = new ServerForm(ports.listServerModels, this.shelf.keys, ports.base);
    this.cache = ports.callCache && new CallCache(ports.callCache);
  }

  /** Call whenever the page is opened: the first time it fills the list. */
  async open(): Promise<void> {
    await Promise.all([this.shelf.open(), this.cache?.refresh()]);
  }
}

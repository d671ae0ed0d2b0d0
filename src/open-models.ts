/** Joins the models of the page with the browser, the workers and the run; loaded when first needed. */
import { ModelClients } from './clients/model-client';
import { browserSurroundings } from './state/models/capabilities';
import { Models } from './state/models/models.svelte';
import { fetchText } from './state/models/site-models';
import type { RunPlayer } from './state/run.svelte';

export function openModels(player: RunPlayer): Models {
  const clients = new ModelClients();
  return new Models({
    clients,
    around: browserSurroundings(),
    storage: () => localStorage,
    webllm: async () => (await import('./engines/webllm/models')).models,
    fetchText,
    promptApi: async () => (await import('./engines/prompt-api')).promptApiAvailability(),
    base: document.baseURI,
    listServerModels: (server, signal) => clients.listServerModels(server, signal),
    callCache: {
      stats: () => player.cachedCalls(),
      clear: () => player.clearCachedCalls(),
    },
    onChosen: (chosen) => player.useModel(chosen),
    onLoaded: (models) => void player.modelsLoaded(models),
    onLost: (key, failure) => void player.loseModel(key, failure),
  });
}

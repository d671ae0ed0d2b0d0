/** All models the page lists, gathered when it is opened. What cannot be had is left out. */
import type { AddedModels } from './added-models';
import type { BrowserModelAvailability } from './browser-model';
import { PROMPT_API_ENTRY, webllmEntry, type ModelEntry, type WebllmListing } from './model-entry';
import type { ServerKeys } from './server-keys';
import { siteModels } from './site-models';

export interface ListPorts {
  /** WebLLM's list, asked for when the page is opened. */
  readonly webllm: () => Promise<readonly WebllmListing[]>;
  /** The text of a file of this site; `undefined` where there is none. */
  readonly fetchText: (url: string) => Promise<string | undefined>;
  /** Whether the browser has a model of its own; absent where it cannot have one. */
  readonly promptApi?: () => Promise<BrowserModelAvailability>;
  /** The page's address. */
  readonly base: string;
}

export async function listedEntries({
  webllm,
  fetchText,
  promptApi,
  base,
}: ListPorts): Promise<readonly ModelEntry[]> {
  const [own, listed, browser] = await Promise.all([
    siteModels(fetchText, base),
    webllm().catch(() => []),
    promptApi?.().catch(() => 'unavailable' as const),
  ]);
  const builtIn = browser === undefined || browser === 'unavailable' ? [] : [browser];
  return [
    ...own,
    ...builtIn.map((availability) => ({
      ...PROMPT_API_ENTRY,
      browserDownloads: availability !== 'available',
    })),
    ...listed.map(webllmEntry),
  ];
}

/** What the visitor added earlier, servers with the keys that were kept for them. */
export function addedEntries(added: AddedModels, keys: ServerKeys): readonly ModelEntry[] {
  return added.read().map((entry) => {
    const { source } = entry;
    const key = source.engine === 'openai' ? keys.get(source.baseUrl) : undefined;
    return source.engine === 'openai' && key !== undefined
      ? { ...entry, source: { ...source, key } }
      : entry;
  });
}

/**
 * One model as the page lists it, whatever its engine. Names, licences and addresses come from
 * lists, files and servers: they are text, never more.
 */
import type { ModelSource, WebllmSource } from './model-client';

export type ModelType = 'chat' | 'vision' | 'embedding';

/** Where its files are, which decides what a card offers. */
export type ModelPlace = 'download' | 'file' | 'server' | 'browser';

/**
 * Who listed it: WebLLM, this site's own `models/` folder, the browser, or the visitor, who can take
 * it from the list again.
 */
export type ModelOrigin = 'webllm' | 'site' | 'browser' | 'added';

export interface ModelEntry {
  /** Names the model on this page. */
  readonly key: string;
  readonly source: ModelSource;
  /** Short, for people. */
  readonly name: string;
  readonly place: ModelPlace;
  readonly type: ModelType;
  readonly origin: ModelOrigin;
  readonly usesGpu?: boolean;
  readonly needsF16?: boolean;
  readonly downloadBytes?: number;
  /** The download size is an estimate. */
  readonly estimated?: boolean;
  readonly memoryBytes?: number;
  /** The largest single block that the GPU must take, where known. */
  readonly bufferBytes?: number;
  readonly contextTokens?: number;
  /** The browser downloads its own model at the first load, and says not how much. */
  readonly browserDownloads?: boolean;
  readonly family?: string;
  /** How many, as `1.2B`. */
  readonly parameters?: string;
  readonly quantisation?: string;
  readonly licence?: string;
  /** Address of the model's page, not yet checked. */
  readonly page?: string;
}

/** What the page takes of a row of WebLLM's list (`src/engines/webllm/models`). */
export interface WebllmListing {
  readonly id: string;
  /** The repository of its files, which is also its page. */
  readonly url: string;
  readonly type: 'llm' | 'embedding' | 'vlm';
  readonly family: string;
  readonly licence: string;
  readonly parameters?: number;
  readonly quantisation: string;
  /** An estimate. */
  readonly estimatedBytes?: number;
  readonly vramMB?: number;
  readonly needsF16: boolean;
  readonly contextTokens?: number;
  readonly bufferBytes?: number;
}

const TYPES = { llm: 'chat', vlm: 'vision', embedding: 'embedding' } as const;

export function webllmEntry(listing: WebllmListing): ModelEntry {
  const { id, url, type, family, licence, parameters, quantisation, needsF16 } = listing;
  const { estimatedBytes, vramMB, contextTokens, bufferBytes } = listing;
  return {
    key: `webllm:${id}`,
    source: { engine: 'webllm', model: id } satisfies WebllmSource,
    name: shortName(id, quantisation),
    place: 'download',
    origin: 'webllm',
    type: TYPES[type],
    usesGpu: true,
    needsF16,
    family,
    licence,
    page: url,
    quantisation,
    ...(parameters !== undefined && { parameters: parameterWords(parameters) }),
    ...(estimatedBytes !== undefined && { downloadBytes: estimatedBytes, estimated: true }),
    ...(vramMB !== undefined && { memoryBytes: vramMB * 1e6 }),
    ...(contextTokens !== undefined && { contextTokens }),
    ...(bufferBytes !== undefined && { bufferBytes }),
  };
}

/** `1.2B`, `135M`: as the names of models write it. */
export function parameterWords(parameters: number): string {
  return parameters >= 0.95e9
    ? `${(parameters / 1e9).toFixed(1).replace(/\.0$/, '')}B`
    : `${Math.round(parameters / 1e6)}M`;
}

export const PROMPT_API_ENTRY: ModelEntry = {
  key: 'prompt-api:built-in',
  source: { engine: 'prompt-api', model: 'built-in' },
  name: 'The browser’s own model',
  place: 'browser',
  origin: 'browser',
  type: 'chat',
};

/** `Llama-3.2-1B-Instruct-q4f16_1-MLC` → `Llama-3.2-1B-Instruct`; the rest stands below it. */
export function shortName(id: string, quantisation: string | undefined): string {
  const plain = id.replace(/-MLC(?=-|$)/, '');
  return quantisation ? plain.replace(`-${quantisation}`, '') : plain;
}

/** The same model in 32-bit numbers, for a GPU without 16-bit ones. */
export function f32Twin(entry: ModelEntry, all: Iterable<ModelEntry>): ModelEntry | undefined {
  const { model } = entry.source as { readonly model?: string };
  const twin = model?.replace(/(q\d)f16/, '$1f32');
  if (twin === undefined || twin === model) return undefined;
  for (const other of all) if (other.key === `webllm:${twin}`) return other;
  return undefined;
}

/** An address that may become a link; anything but http and https is text. */
export function webAddress(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    const url = new URL(text);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Models that the visitor adds: by address, by file or on a server. What is typed is checked here,
 * in words that say what to type in its place.
 */
import type { OpenaiSource, WebllmSource, WllamaSource } from './model-client';
import type { ModelEntry } from './model-entry';

export type Checked<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: string };

/** Longer names and addresses are no one's honest ones. */
const LONGEST = 2000;
export const MOST_SLOTS = 64;

/** @param base the page's address, for addresses that are relative to it */
export function checkedAddress(text: string, base: string): Checked<string> {
  const typed = text.trim();
  if (typed === '') return refused('Type an address.');
  if (typed.length > LONGEST) return refused('This address is too long.');
  let url: URL;
  try {
    url = new URL(typed, base);
  } catch {
    return refused('This is not an address. It begins with https:// or http://.');
  }
  // `localhost:8080` reads as an address with the scheme `localhost`.
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return refused('The address must begin with https:// or http://.');
  }
  if (url.username !== '' || url.password !== '') {
    return refused('Leave user name and password out of the address.');
  }
  return { ok: true, value: url.href };
}

/** A WebLLM model that lies in a folder of the visitor's own. */
export function selfHostedEntry(
  typed: { readonly url: string; readonly library: string; readonly name?: string },
  base: string,
): Checked<ModelEntry> {
  const url = checkedAddress(typed.url, base);
  if (!url.ok) return refused(`Model folder: ${url.problem}`);
  const library = checkedAddress(typed.library, base);
  if (!library.ok) return refused(`Library: ${library.problem}`);
  if (!new URL(library.value).pathname.endsWith('.wasm')) {
    return refused('Library: the address must end in .wasm.');
  }
  const folder = url.value.endsWith('/') ? url.value : `${url.value}/`;
  const name = typed.name?.trim().slice(0, 120) || lastPart(folder) || 'my model';
  const source: WebllmSource = {
    engine: 'webllm',
    model: name,
    url: folder,
    library: library.value,
  };
  return {
    ok: true,
    value: {
      ...ADDED,
      key: `webllm:${folder} ${library.value}`,
      source,
      name,
      place: 'download',
      usesGpu: true,
      // The library was built for one of both; its name says which by custom.
      needsF16: /q\df16/.test(`${name} ${library.value}`),
    },
  };
}

/** A GGUF file at an address; it is kept on this machine once it is downloaded. */
export function ggufEntry(
  typed: { readonly url: string; readonly sha256?: string },
  base: string,
): Checked<ModelEntry> {
  const url = checkedAddress(typed.url, base);
  if (!url.ok) return url;
  if (!new URL(url.value).pathname.toLowerCase().endsWith('.gguf')) {
    return refused('The address must end in .gguf, the form of model files this engine reads.');
  }
  const sha256 = typed.sha256?.trim().toLowerCase() ?? '';
  if (sha256 !== '' && !/^[0-9a-f]{64}$/.test(sha256)) {
    return refused(
      'A SHA-256 checksum has 64 digits from 0 to f. Leave it empty if you have none.',
    );
  }
  const name = lastPart(url.value).replace(/\.gguf$/i, '') || 'model';
  const source: WllamaSource = {
    engine: 'wllama',
    model: name,
    file: { url: url.value, ...(sha256 !== '' && { sha256 }) },
  };
  return {
    ok: true,
    value: { ...ADDED, key: `wllama:${url.value}`, source, name, place: 'download' },
  };
}

/** A GGUF file that was chosen or dropped; the first bytes tell whether it is one. */
export async function fileEntry(file: File): Promise<Checked<ModelEntry>> {
  const begin = await file
    .slice(0, 4)
    .text()
    .catch(() => undefined);
  if (begin === undefined) return refused(`${file.name} could not be read. Choose it again.`);
  if (begin !== 'GGUF') {
    return refused(
      `${file.name} is not a GGUF model: it does not begin with the letters GGUF. Choose a file that ends in .gguf.`,
    );
  }
  const name = file.name.replace(/\.gguf$/i, '');
  const source: WllamaSource = { engine: 'wllama', model: name, file };
  return {
    ok: true,
    value: {
      ...ADDED,
      key: `file:${file.name} ${file.size} ${file.lastModified}`,
      source,
      name,
      place: 'file',
      downloadBytes: file.size,
      memoryBytes: file.size * 1.2,
    },
  };
}

/** A model on a server that speaks OpenAI's chat completions. */
export function serverEntry(
  typed: {
    readonly baseUrl: string;
    readonly model: string;
    readonly key?: string;
    readonly slots: number;
  },
  base: string,
): Checked<ModelEntry> {
  const address = checkedServer(typed.baseUrl, base);
  if (!address.ok) return address;
  const model = typed.model.trim();
  if (model === '' || model.length > LONGEST) return refused('Choose or type the model’s name.');
  const { slots, key } = typed;
  if (!Number.isInteger(slots) || slots < 1 || slots > MOST_SLOTS) {
    return refused(`Parallel requests must be a whole number from 1 to ${MOST_SLOTS}.`);
  }
  const source: OpenaiSource = {
    engine: 'openai',
    baseUrl: address.value,
    model,
    slots,
    ...(key && { key }),
  };
  return {
    ok: true,
    value: {
      ...ADDED,
      key: `openai:${address.value} ${model}`,
      source,
      name: model,
      place: 'server',
    },
  };
}

/** The base address as adapters take it: without what follows `/v1`, without a slash at its end. */
export function checkedServer(text: string, base: string): Checked<string> {
  // A server is never part of this page, so no relative address is meant.
  if (text.trim() !== '' && !/^https?:\/\//i.test(text.trim())) {
    return refused('The address must begin with https:// or http://.');
  }
  const address = checkedAddress(text, base);
  if (!address.ok) return address;
  const url = new URL(address.value);
  url.hash = '';
  url.search = '';
  const value = url.href.replace(/\/+(chat\/completions)?\/*$/, '');
  return { ok: true, value };
}

const ADDED = { origin: 'added', type: 'chat' } as const;

function refused(problem: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem };
}

function lastPart(url: string): string {
  const part = new URL(url).pathname.split('/').filter(Boolean).at(-1) ?? '';
  try {
    return decodeURIComponent(part).slice(0, 120);
  } catch {
    return part.slice(0, 120);
  }
}

/**
 * The models that come with this site: `models/models.json` beside the page. Most copies of the
 * page have none, and a static host may answer with its own page, so anything but a list of models
 * is no model, and nobody is told.
 */
import type { WllamaSource } from './model-client';
import { parameterWords, type ModelEntry } from './model-entry';

/** @param base the page's address */
export async function siteModels(
  fetchText: (url: string) => Promise<string | undefined>,
  base: string,
): Promise<readonly ModelEntry[]> {
  try {
    const folder = new URL('models/', base);
    const text = await fetchText(new URL('models.json', folder).href);
    const rows: unknown = text === undefined ? [] : JSON.parse(text);
    return Array.isArray(rows) ? rows.flatMap((row: unknown) => siteEntry(row, folder)) : [];
  } catch {
    return [];
  }
}

/** The text of a file, or `undefined` where there is none. */
export async function fetchText(url: string): Promise<string | undefined> {
  const response = await fetch(url);
  return response.ok ? response.text() : undefined;
}

function siteEntry(row: unknown, folder: URL): readonly ModelEntry[] {
  if (typeof row !== 'object' || row === null) return [];
  const { name, file, bytes, sha256, licence, page, parameters } = row as Readonly<
    Record<string, unknown>
  >;
  if (typeof name !== 'string' || typeof file !== 'string' || !isSize(bytes)) return [];
  if (!URL.canParse(file, folder)) return [];
  const url = new URL(file, folder);
  // The list names files of its own folder and nothing else.
  if (url.origin !== folder.origin || !url.pathname.startsWith(folder.pathname)) return [];
  const checksum =
    typeof sha256 === 'string' && /^[0-9a-f]{64}$/i.test(sha256) ? sha256 : undefined;
  const source: WllamaSource = {
    engine: 'wllama',
    model: name,
    file: { url: url.href, ...(checksum && { sha256: checksum }) },
  };
  return [
    {
      key: `wllama:${url.href}`,
      source,
      name,
      place: 'download',
      origin: 'site',
      type: 'chat',
      downloadBytes: bytes,
      // Beside the weights, the context and what is computed with them.
      memoryBytes: bytes * 1.2,
      ...(typeof licence === 'string' && { licence }),
      ...(typeof page === 'string' && { page }),
      ...(typeof parameters === 'string' && { parameters }),
      ...(typeof parameters === 'number' && { parameters: parameterWords(parameters) }),
    },
  ];
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}

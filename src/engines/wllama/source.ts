/** Where a GGUF comes from, and what it is called on this machine. */
import { contentHash } from '../../core/random/hash';

export interface WllamaSource {
  /** Name for people, and part of the id. */
  readonly model: string;
  /** A GGUF at an address, or a file of the user's. */
  readonly file: { readonly url: string; readonly sha256?: string } | File;
  /** Default: half the cores where the page is cross-origin isolated, else 1. */
  readonly threads?: number;
  /** Calls side by side. Default 1. */
  readonly slots?: number;
  /**
   * Tokens of a prompt and its answer together. Default 4096, for embeddings 1024; never more than
   * the model was trained for.
   */
  readonly contextTokens?: number;
  /** Whether to load it for embeddings as well as for chat. */
  readonly embeddings?: boolean;
}

/** A split model: `name-00001-of-00003.gguf`. */
const PART = /-(\d{5})-of-(\d{5})(?=\.gguf(?:[?#]|$))/;
/** More parts than this are a mistake. */
const MOST_PARTS = 200;

/** Addresses of all parts of a model, in order; one for a model that is not split. */
export function partsOf(url: string): readonly string[] {
  const [, , count] = PART.exec(url) ?? [];
  const parts = Number(count ?? 1);
  if (count === undefined || parts < 1 || parts > MOST_PARTS) return [url];
  const digits = (part: number): string => String(part).padStart(5, '0');
  return Array.from({ length: parts }, (_, i) =>
    url.replace(PART, `-${digits(i + 1)}-of-${count}`),
  );
}

/** Name of a file in the store: unlike for other addresses, and still recognisable. */
export function storedName(url: string): string {
  const plain = nameOf(url)
    .replace(/[^\w.-]/g, '_')
    .slice(-80);
  return `${contentHash(url)}-${plain}`;
}

/** What people call the file at an address. */
export function nameOf(url: string): string {
  const last = URL.canParse(url) ? new URL(url).pathname.split('/').at(-1) : undefined;
  try {
    return decodeURIComponent(last ?? '') || hostOf(url);
  } catch {
    // A percent sign that encodes nothing.
    return last!;
  }
}

export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

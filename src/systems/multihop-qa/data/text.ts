/** Small helpers for deterministic choice and for English wording. */

/** A 32-bit hash of a string (FNV-1a with a final mix), the only source of "chance" in the build. */
export function hash(text: string): number {
  let h = 0x811c9dc5;
  for (const ch of text) {
    h ^= ch.codePointAt(0) ?? 0;
    h = Math.imul(h, 0x01000193);
  }
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  h ^= h >>> 16;
  return h >>> 0;
}

/** One member of a non-empty list, chosen by the hash of `key`. */
export function pick<T>(key: string, options: readonly T[]): T {
  const chosen = options[hash(key) % options.length];
  if (chosen === undefined) throw new Error(`nothing to choose from for ${key}`);
  return chosen;
}

/** Share of passages that name what points at them, as encyclopaedias mostly do. */
const MENTIONED = 0.85;

/** True for about `share` of all keys. */
export function flag(key: string, share = MENTIONED): boolean {
  return hash(`flag:${key}`) % 1000 < share * 1000;
}

/** The list in an order given by the hashes of `key` and each item's place. */
export function shuffle<T>(key: string, items: readonly T[]): T[] {
  return items
    .map((item, i) => ({ item, rank: hash(`${key}#${i}`) }))
    .sort((a, b) => a.rank - b.rank)
    .map((entry) => entry.item);
}

/** `a, b and c`. */
export function list(items: readonly string[]): string {
  if (items.length <= 1) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1] ?? ''}`;
}

/** The words with the fitting indefinite article before them. */
export function an(words: string): string {
  const vowel =
    /^([aeiouAEIOU]|8|1[18]\d\d\b)/.test(words) && !/^(uni|eu|one|U[NS]|Eu)/.test(words);
  return `${vowel ? 'an' : 'a'} ${words}`;
}

/** The text with its first letter in upper case. */
export function cap(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The name with `the` before it where the table asks for it. */
export function ref(entity: { name: string; the?: boolean }): string {
  return entity.the === true ? `the ${entity.name}` : entity.name;
}

/** A number as encyclopaedias print it: 1,230. */
export function digits(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Sentences that are there, joined into one text. */
export function join(sentences: readonly (string | undefined)[]): string {
  const text = sentences.filter((s): s is string => s !== undefined && s !== '').join(' ');
  return text.replace(/\.\.(?= |$)/g, '.');
}

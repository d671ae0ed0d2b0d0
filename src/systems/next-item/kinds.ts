/**
 * Which kinds of things go together: a printer needs ink. What anybody knows about shopping, and
 * what the shipped sessions are made from. It tells a component what it *could* say; what is worth
 * saying is left to its policy.
 */
import table from './kinds.json';

export interface Kind {
  /** As it stands in titles, e.g. `memory card`. */
  readonly name: string;
  readonly category: string;
  /** The thing it belongs to: its own name, or that of the thing it is an accessory of. */
  readonly family: string;
  /** Usual price in euros. */
  readonly price: number;
  /** Names of what goes with it; of an accessory, the other accessories of its family. */
  readonly with: readonly string[];
}

/** Accessories cost a share of what they belong to. */
const ACCESSORY_SHARE = 0.15;

export const KINDS: readonly Kind[] = Object.entries(
  table as Record<string, Record<string, { price: number; with: string[] }>>,
).flatMap(([category, things]) =>
  Object.entries(things).flatMap(([family, { price, with: accessories }]): Kind[] => [
    { name: family, category, family, price, with: accessories },
    ...accessories.map((name, i): Kind => ({
      name,
      category,
      family,
      price: Math.max(4, Math.round(price * ACCESSORY_SHARE * (0.6 + 0.4 * i))),
      with: accessories.filter((other) => other !== name),
    })),
  ]),
);

const byWords = new Map(KINDS.map((kind) => [wordsOf(kind.name).join(' '), kind]));
const LONGEST = Math.max(...[...byWords.keys()].map((name) => name.split(' ').length));

/** Lower-case words and numbers, in order. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? [];
}

/** The known kind that is named last in a text, in the singular or a plain plural. */
export function kindIn(text: string): Kind | undefined {
  const words = wordsOf(text);
  for (let end = words.length; end > 0; end--) {
    for (let length = Math.min(LONGEST, end); length > 0; length--) {
      const name = words.slice(end - length, end).join(' ');
      const kind = byWords.get(name) ?? byWords.get(name.replace(/s$/, ''));
      if (kind !== undefined) return kind;
    }
  }
  return undefined;
}

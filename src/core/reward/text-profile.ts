/**
 * What the reward features need to know about one text, computed once: its words, word pairs,
 * character trigrams, names and numbers. Purely lexical and in linear time; it works on any text.
 */

export interface TextProfile {
  readonly words: readonly string[];
  readonly wordSet: ReadonlySet<string>;
  readonly bigrams: ReadonlySet<string>;
  readonly trigrams: ReadonlySet<string>;
  /** Lower-cased capitalised words that are not function words. */
  readonly names: ReadonlySet<string>;
  readonly numbers: ReadonlySet<string>;
  readonly years: number;
  /** Sentences and lines. */
  readonly lines: readonly string[];
  /** Lines where the text has several (passages, quoted evidence), else its sentences. */
  readonly blocks: readonly string[];
  readonly characters: number;
}

const WORD = /[\p{L}\p{N}]+(?:['’.,-][\p{L}\p{N}]+)*/gu;
const YEAR = /^(1[0-9]|20)\d\d$/;

/** Closed-class words: they say nothing about what a text is about. */
export const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  (
    'a an the this that these those it its he him his she her they them their we us our you your i me my ' +
    'of in on at by for from to with without into onto over under between among about as than then ' +
    'and or but nor so if because while although though not no ' +
    'is are was were be been being am do does did done has have had having will would shall should can could may might must ' +
    'who whom whose which what when where why how there here also both either neither each every some any all other another such only same'
  ).split(' '),
);

/** Sentence ends and line ends; coarse on purpose, abbreviations may split. */
const LINE = /\n+|(?<=[.!?])\s+(?=[\p{Lu}\d"“[])/u;

function ngrams(items: readonly string[], n: number): Set<string> {
  const found = new Set<string>();
  for (let i = 0; i + n <= items.length; i++) found.add(items.slice(i, i + n).join(' '));
  return found;
}

function characterTrigrams(words: readonly string[]): Set<string> {
  const found = new Set<string>();
  for (const word of words) {
    const padded = ` ${word} `;
    for (let i = 0; i + 3 <= padded.length; i++) found.add(padded.slice(i, i + 3));
  }
  return found;
}

function trimmed(parts: readonly string[]): string[] {
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

export function textProfile(text: string): TextProfile {
  return new LazyProfile(text);
}

/** The larger sets are made when first asked for: most lines of a text are only looked at as words. */
class LazyProfile implements TextProfile {
  readonly words: readonly string[];
  readonly wordSet: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
  readonly numbers: ReadonlySet<string>;
  readonly years: number;
  readonly characters: number;
  readonly #text: string;
  #bigrams: ReadonlySet<string> | undefined;
  #trigrams: ReadonlySet<string> | undefined;
  #lines: readonly string[] | undefined;

  constructor(text: string) {
    const original = text.match(WORD) ?? [];
    const names = new Set<string>();
    const numbers = new Set<string>();
    let years = 0;
    this.words = original.map((word) => word.toLowerCase());
    original.forEach((word, i) => {
      const lower = this.words[i]!;
      if (/^\p{Lu}/u.test(word) && !FUNCTION_WORDS.has(lower)) names.add(lower);
      if (/^\d/.test(word)) numbers.add(lower);
      if (YEAR.test(word)) years += 1;
    });
    this.wordSet = new Set(this.words);
    this.names = names;
    this.numbers = numbers;
    this.years = years;
    this.characters = text.length;
    this.#text = text;
  }

  get bigrams(): ReadonlySet<string> {
    return (this.#bigrams ??= ngrams(this.words, 2));
  }

  get trigrams(): ReadonlySet<string> {
    return (this.#trigrams ??= characterTrigrams(this.words));
  }

  get lines(): readonly string[] {
    return (this.#lines ??= trimmed(this.#text.split(LINE)));
  }

  get blocks(): readonly string[] {
    const written = trimmed(this.#text.split('\n'));
    return written.length > 1 ? written : this.lines;
  }
}

/**
 * Least-recently-used memory of profiles; a passage is looked at thousands of times in a run.
 * Bounded in characters, because the sets of a text take some sixty bytes for each of them.
 */
export class ProfileCache {
  readonly #profiles = new Map<string, TextProfile>();
  #characters = 0;

  constructor(readonly capacity = 2_000_000) {}

  get(text: string): TextProfile {
    const known = this.#profiles.get(text);
    if (known !== undefined) {
      this.#profiles.delete(text);
      this.#profiles.set(text, known);
      return known;
    }
    const profile = textProfile(text);
    this.#profiles.set(text, profile);
    this.#characters += text.length;
    for (const oldest of this.#profiles.keys()) {
      if (this.#characters <= this.capacity || oldest === text) break;
      this.#profiles.delete(oldest);
      this.#characters -= oldest.length;
    }
    return profile;
  }
}

/** Inverse document frequencies, `log((N + 1) / (df + 1)) + 1`, function words at a tenth. */
/** Of words in texts, as plain data. */
export interface WordFrequencies {
  /** Number of texts. */
  readonly documents: number;
  /** Word and number of texts that have it. */
  readonly counts: readonly (readonly [string, number])[];
}

export class InverseDocumentFrequency {
  readonly #frequency = new Map<string, number>();
  #documents = 0;

  add(profile: TextProfile): void {
    this.#documents += 1;
    for (const word of profile.wordSet) {
      this.#frequency.set(word, (this.#frequency.get(word) ?? 0) + 1);
    }
  }

  frequencies(): WordFrequencies {
    return { documents: this.#documents, counts: [...this.#frequency] };
  }

  /** In the place of what was added. */
  take({ documents, counts }: WordFrequencies): void {
    this.#documents = documents;
    this.#frequency.clear();
    for (const [word, count] of counts) this.#frequency.set(word, count);
  }

  weight(word: string): number {
    const idf = Math.log((this.#documents + 1) / ((this.#frequency.get(word) ?? 0) + 1)) + 1;
    // Engines differ in the last bit of a logarithm; a tie must be a tie in each of them.
    const rounded = Math.round(idf * 1e6) / 1e6;
    return FUNCTION_WORDS.has(word) ? rounded / 10 : rounded;
  }
}

/** Passages and hints as sentences that know their title or subject. */
import type { Language, Sentence } from './language';
import { PRONOUNS } from './lexicon';
import { namesIn, plainTitle } from './names';

export interface Passage {
  readonly title: string;
  readonly sentences: readonly Sentence[];
}

/** A sentence with what it is about, the empty text when nothing says so. */
export interface Line {
  readonly sentence: Sentence;
  readonly subject: string;
}

const LONGEST_TITLE = 120;

/** One passage a line: `[n] Title: text`. The number and the title may be missing. */
export function parsePassages(value: string, language: Language): Passage[] {
  const passages: Passage[] = [];
  for (const line of value.split('\n')) {
    const text = line.replace(/^\s{0,8}\[\d{1,4}\]\s{0,4}/, '').trim();
    if (text === '') continue;
    const colon = text.indexOf(': ');
    const titled = colon > 0 && colon <= LONGEST_TITLE;
    const title = titled ? text.slice(0, colon).trim() : '';
    passages.push({ title, sentences: language.sentences(titled ? text.slice(colon + 2) : text) });
  }
  return passages;
}

const TITLE = /^(?:\[\d{1,4}\]\s)?([^:]{1,90}): /;

/**
 * The lines of a hint: `Title: sentence` or a bare sentence. A bare sentence that begins with a
 * pronoun is about the same thing as the one before it, as a plain reader takes it.
 */
export function parseHint(value: string, language: Language): Line[] {
  const lines: Line[] = [];
  for (const text of value.split('\n')) {
    if (text.trim() === '') continue;
    const match = TITLE.exec(text);
    const title = match !== null && /^["'(]?[\p{Lu}\p{N}]/u.test(text) ? match[1]!.trim() : '';
    let subject = plainTitle(title);
    for (const sentence of language.sentences(title === '' ? text : text.slice(match![0].length))) {
      const pronoun = PRONOUNS.has(sentence.tokens[0]?.lower ?? '');
      const own = namesIn(sentence)[0];
      if (subject === '' && pronoun) subject = lines[lines.length - 1]?.subject ?? '';
      else if (title === '' && !pronoun)
        subject = own !== undefined && own.first <= 1 ? own.text : '';
      lines.push({ sentence, subject });
    }
  }
  return lines;
}

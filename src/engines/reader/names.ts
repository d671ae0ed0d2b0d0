/** Names in a sentence: runs of capitalised words, with the small words inside them. */
import type { Sentence, Token } from './language';
import { isNationality } from './gazetteer';
import { MONTHS, PRONOUNS, kindOfNoun, isQuestionWord, isStopWord } from './lexicon';

export interface Span {
  readonly text: string;
  /** Index of the first token; -1 for a subject that is written before its sentence. */
  readonly first: number;
  /** Index after the last token. */
  readonly last: number;
}

const INSIDE = new Set(
  "of the de del della di da do dos van von der den la le les du des al el bin ibn y 's ’s - –".split(
    ' ',
  ),
);

export function spanOf(sentence: Sentence, first: number, last: number): Span {
  const start = sentence.tokens[first]!.start;
  return { text: sentence.text.slice(start, sentence.tokens[last - 1]!.end), first, last };
}

/** Names in order. A name spans `of`, `the`, `de`, `'s`, … when a capital follows. */
export function namesIn(sentence: Sentence): readonly Span[] {
  const known = memo.get(sentence);
  if (known !== undefined) return known;
  const { tokens } = sentence;
  const spans: Span[] = [];
  for (let i = 0; i < tokens.length; i++) {
    if (!startsName(tokens, i)) continue;
    let last = i + 1;
    for (let j = last; j < tokens.length; j++) {
      const token = tokens[j]!;
      if (isPartOfName(token)) last = j + 1;
      else if (!INSIDE.has(token.lower) || j - last >= 2) break;
    }
    spans.push(spanOf(sentence, i, last));
    i = last - 1;
  }
  memo.set(sentence, spans);
  return spans;
}

// Sentences are memoised objects, so that their names are found once.
const memo = new WeakMap<Sentence, readonly Span[]>();

function isPartOfName(token: Token): boolean {
  return token.capital && token.pos !== 'PUNCT' && !MONTHS.has(token.lower);
}

function startsName(tokens: readonly Token[], i: number): boolean {
  const token = tokens[i]!;
  if (!isPartOfName(token) || PRONOUNS.has(token.lower) || isQuestionWord(token.lower))
    return false;
  const opens = i === 0 || /^["“(:]$/.test(tokens[i - 1]!.text);
  if (isStopWord(token.lower)) {
    // "The Hague" in the middle of a sentence, not "The river" at its start.
    return !opens && tokens[i + 1]?.capital === true && token.lower === 'the';
  }
  if (!opens) return true;
  return token.pos === 'PROPN' || isNationality(token.lower) || tokens[i + 1]?.capital === true;
}

/** "Naj (magazine)" without the brackets that tell it from its namesakes. */
export function plainTitle(title: string): string {
  const open = title.lastIndexOf(' (');
  return open > 0 && title.endsWith(')') ? title.slice(0, open) : title;
}

/**
 * How surely the text speaks of the title: 1 for the title itself, 0.6 for its last word alone (a
 * surname), 0 for neither.
 */
export function mentionOf(text: string, title: string): number {
  const plain = plainTitle(title);
  if (plain === '') return 0;
  if (hasWords(text, plain)) return 1;
  // A common noun as title: "polonium" in the text, "Polonium" above the passage.
  if (plain.length > 3 && !plain.includes(' ') && hasWords(text, plain.toLowerCase())) return 1;
  const space = plain.lastIndexOf(' ');
  const surname = plain.slice(space + 1);
  const isSurname =
    surname.length > 3 && isCapital(surname) && kindOfNoun(surname.toLowerCase()) === 'thing';
  return space > 0 && isSurname && !/ (?:of|the|and) /.test(plain) && hasWords(text, surname)
    ? 0.6
    : 0;
}

const isCapital = (word: string): boolean => /^\p{Lu}\p{Ll}/u.test(word);
const isWordCharacter = (character: string): boolean => /[\p{L}\p{N}]/u.test(character);

function hasWords(text: string, words: string): boolean {
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length)) {
    const before = text[at - 1] ?? ' ';
    const after = text[at + words.length] ?? ' ';
    if (!isWordCharacter(before) && !isWordCharacter(after)) return true;
  }
  return false;
}

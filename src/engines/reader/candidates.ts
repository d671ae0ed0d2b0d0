/** Spans of evidence lines that could be an answer: names, dates, numbers, noun phrases, subjects. */
import { isNationality } from './gazetteer';
import { isMonth, isNumeric, isYear } from './kinds';
import type { Sentence, Token } from './language';
import { kindOfNoun } from './lexicon';
import { namesIn, spanOf, type Span } from './names';
import type { Line } from './passages';

export type Form =
  'name' | 'year' | 'date' | 'number' | 'nationality' | 'ordinal' | 'phrase' | 'subject';

export interface Candidate extends Span {
  readonly form: Form;
  readonly line: number;
  /** Words in small letters, for comparison with the question's. */
  readonly words: readonly string[];
}

const memo = new WeakMap<Sentence, readonly Omit<Candidate, 'line'>[]>();

/** Candidates of all lines, in order of the text. */
export function candidatesIn(lines: readonly Line[]): Candidate[] {
  const all: Candidate[] = [];
  lines.forEach(({ sentence, subject }, line) => {
    for (const candidate of inSentence(sentence)) all.push({ ...candidate, line });
    if (subject !== '' && !sentence.text.includes(subject)) {
      // Stands where its pronoun stands, at the beginning of the sentence.
      all.push({
        text: subject,
        first: -1,
        last: 0,
        form: 'subject',
        line,
        words: wordsOf(subject),
      });
    }
  });
  return all;
}

function inSentence(sentence: Sentence): readonly Omit<Candidate, 'line'>[] {
  const known = memo.get(sentence);
  if (known !== undefined) return known;
  const found: Omit<Candidate, 'line'>[] = [];
  const taken = new Set<number>();
  const add = (form: Form, span: Span): void => {
    found.push({ ...span, form, words: wordsOf(span.text) });
    for (let i = span.first; i < span.last; i++) taken.add(i);
  };
  for (const span of datesAndNumbers(sentence)) add(span.form, span);
  for (const span of namesIn(sentence)) {
    const nationality = isNationality(span.text.toLowerCase());
    add(nationality ? 'nationality' : 'name', span);
    for (const part of partsOf(sentence, span)) {
      add(isNationality(part.text.toLowerCase()) ? 'nationality' : 'name', part);
    }
  }
  for (const span of quoted(sentence)) add('name', span);
  for (const span of nounPhrases(sentence, taken)) {
    found.push({ ...span, form: 'phrase', words: wordsOf(span.text) });
  }
  found.sort((a, b) => a.first - b.first || b.last - a.last);
  memo.set(sentence, found);
  return found;
}

export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

const ORDINAL =
  /^(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d{1,3}(?:st|nd|rd|th))$/;

type Formed = Span & { readonly form: Form };

/** "21 October 1833", "July 8, 2008", years, and numbers with the noun that counts them. */
function datesAndNumbers(sentence: Sentence): Formed[] {
  const { tokens } = sentence;
  const found: Formed[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    const end = dateEnd(tokens, i);
    if (end > i + 1) {
      found.push({ ...spanOf(sentence, i, end), form: 'date' });
      for (let j = i; j < end; j++) {
        if (isYear(tokens[j]!.text)) found.push({ ...spanOf(sentence, j, j + 1), form: 'year' });
      }
      i = end - 1;
    } else if (isYear(token.text)) {
      found.push({ ...spanOf(sentence, i, i + 1), form: 'year' });
    } else if (ORDINAL.test(token.lower)) {
      found.push({ ...spanOf(sentence, i, i + 1), form: 'ordinal' });
    } else if (isNumeric(token.lower)) {
      let last = i + 1;
      while (/^(million|billion|thousand|hundred|%)$/.test(tokens[last]?.lower ?? '')) last++;
      const unit = tokens[last];
      if (unit?.pos === 'NOUN' && !unit.capital) last++;
      found.push({ ...spanOf(sentence, i, last), form: 'number' });
      i = last - 1;
    }
  }
  return found;
}

function dateEnd(tokens: readonly Token[], i: number): number {
  const day = (at: number): boolean => /^\d{1,2}(st|nd|rd|th)?$/.test(tokens[at]?.text ?? '');
  const month = (at: number): boolean => isMonth(tokens[at]?.lower ?? '') && tokens[at]!.capital;
  const year = (at: number): boolean => isYear(tokens[at]?.text ?? '');
  if (day(i) && month(i + 1)) return year(i + 2) ? i + 3 : i + 2;
  if (!month(i)) return i;
  if (!day(i + 1)) return year(i + 1) ? i + 2 : i;
  if (tokens[i + 2]?.text === ',' && year(i + 3)) return i + 4;
  return year(i + 2) ? i + 3 : i + 2;
}

/** A name that leads with a nationality or a common noun ("German composer X", "River Thames"). */
function partsOf(sentence: Sentence, span: Span): Span[] {
  const { tokens } = sentence;
  const parts: Span[] = [];
  const first = tokens[span.first]!;
  if (span.last - span.first < 2) return parts;
  if (isNationality(first.lower)) {
    parts.push(
      spanOf(sentence, span.first, span.first + 1),
      spanOf(sentence, span.first + 1, span.last),
    );
  } else if (kindOfNoun(first.lower) !== 'thing' || first.lower === 'the') {
    let from = span.first + 1;
    while (from < span.last - 1 && !tokens[from]!.capital) from++;
    parts.push(spanOf(sentence, from, span.last));
  }
  const cut = tokens.findIndex(
    (token, i) => i > span.first && i < span.last && /^(of|['’]s)$/.test(token.lower),
  );
  if (cut > 0 && tokens[cut]!.lower !== 'of') {
    parts.push(spanOf(sentence, span.first, cut));
    if (cut + 1 < span.last) parts.push(spanOf(sentence, cut + 1, span.last));
  }
  return parts;
}

/** Text between double quotation marks, such as the title of a song. */
function quoted(sentence: Sentence): Span[] {
  const { tokens } = sentence;
  const found: Span[] = [];
  let open = -1;
  tokens.forEach((token, i) => {
    if (!/^["“”]$/.test(token.text)) return;
    if (open >= 0 && i > open + 1 && i - open <= 14) found.push(spanOf(sentence, open + 1, i));
    open = open >= 0 ? -1 : i;
  });
  return found;
}

/** Runs of adjectives and nouns outside of names. */
function nounPhrases(sentence: Sentence, taken: ReadonlySet<number>): Span[] {
  const { tokens } = sentence;
  const found: Span[] = [];
  let first = -1;
  for (let i = 0; i <= tokens.length; i++) {
    const token = tokens[i];
    const inside =
      token !== undefined &&
      (token.pos === 'NOUN' || token.pos === 'PROPN' || (token.pos === 'ADJ' && token.content));
    if (inside) {
      if (first < 0) first = i;
      continue;
    }
    if (first >= 0 && tokens[i - 1]!.pos !== 'ADJ') {
      let whole = true;
      for (let j = first; j < i; j++) if (!taken.has(j)) whole = false;
      if (!whole) found.push(spanOf(sentence, first, i));
    }
    first = -1;
  }
  return found;
}

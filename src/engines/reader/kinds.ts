/** What kind of thing a span names, from its form, from closed lists and from what stands near it. */
import { isContinent, isCountry, isNationality } from './gazetteer';
import type { Sentence } from './language';
import { MONTHS, NUMBER_WORDS, kindOfNoun, type Kind } from './lexicon';
import { namesIn, type Span } from './names';
import type { Question } from './question';

const YEAR = /^[12]\d{3}$/;
const NUMERIC = /^\d/;

export const isYear = (text: string): boolean => YEAR.test(text);
export const isNumeric = (text: string): boolean => NUMERIC.test(text) || NUMBER_WORDS.has(text);

/** True when the sentence holds something of the kind that the question asks for. */
export function hasKind(sentence: Sentence, question: Question): boolean {
  const { tokens } = sentence;
  switch (question.kind) {
    case 'year':
    case 'date':
      return tokens.some((token) => isYear(token.text));
    case 'number':
      return tokens.some((token) => isNumeric(token.lower) && !isYear(token.text));
    case 'nationality':
      return tokens.some((token) => isNationality(token.lower));
    case 'person':
    case 'place':
    case 'organisation':
    case 'thing':
      return namesIn(sentence).some((name) => !isKnown(name, question));
  }
}

function isKnown(name: Span, question: Question): boolean {
  return question.names.some((known) => known.text.includes(name.text));
}

const PLACE_BEFORE = new Set(['in', 'at', 'near', 'to', 'from', 'through', 'into', 'across']);

/** Evidence for a kind of name, from −2 (against) to 3 (for). */
export function nameKind(sentence: Sentence, span: Span, kind: Kind): number {
  const lower = span.text.toLowerCase();
  const words = lower.split(/[\s'’-]+/);
  const country = isCountry(lower) || isContinent(lower);
  const described = description(sentence, span);
  const lastKind = kindOfNoun(words[words.length - 1]!);
  const firstKind = kindOfNoun(words[0]!);
  const before = span.first > 0 ? sentence.tokens[span.first - 1]!.lower : '';
  const after = sentence.tokens[span.last];
  const isOrganisation = lastKind === 'organisation' || firstKind === 'organisation';
  const isPlaceWord = lastKind === 'place' || firstKind === 'place';
  if (kind === 'organisation') return isOrganisation || described === kind ? 3 : country ? -1 : 0.5;
  if (kind === 'person') {
    if (country || isOrganisation || isPlaceWord || isNationality(lower)) return -2;
    let score = words.length >= 2 && words.length <= 5 ? 1.2 : 0.2;
    if (described === 'person') score += 1.5;
    else if (described !== undefined) score -= 1.5;
    if (before === 'by') score += 0.8;
    if (PLACE_BEFORE.has(before)) score -= 0.8;
    if (after?.text === '(' && sentence.tokens[span.last + 1]?.root === 'born') score += 1;
    return Math.min(score, 3);
  }
  if (kind === 'place') {
    if (isOrganisation || isNationality(lower)) return -1;
    let score = country || isPlaceWord ? 1.8 : 0.3;
    if (described === 'place') score += 1.5;
    else if (described === 'person') score -= 2;
    if (PLACE_BEFORE.has(before)) score += 1.2;
    if (before === 'by') score -= 1;
    // "Reus, Spain": the first place is the one meant, the second only says where it is.
    if ((after?.text === ',' || after?.lower === 'in') && nextIsCountry(sentence, span.last + 1))
      score += 1;
    if (country && follows(sentence, span)) score -= 1;
    return Math.min(score, 3);
  }
  return 0.8;
}

/** True after a comma or after another name and "in". */
function follows({ tokens }: Sentence, span: Span): boolean {
  let i = span.first - 1;
  if (tokens[i]?.pos === 'DET') i--;
  return tokens[i]?.text === ',' || (tokens[i]?.lower === 'in' && tokens[i - 1]?.capital === true);
}

function nextIsCountry(sentence: Sentence, from: number): boolean {
  const next = namesIn(sentence).find((name) => name.first >= from);
  return next !== undefined && next.first - from <= 4 && isCountry(next.text.toLowerCase());
}

/** Kind of the noun that describes a name: "novelist X", "X, a city", "X was a German composer". */
export function description(sentence: Sentence, span: Span): Kind | undefined {
  const { tokens } = sentence;
  const beforeToken = tokens[span.first - 1];
  if (beforeToken?.pos === 'NOUN') {
    const kind = kindOfNoun(beforeToken.lower);
    if (kind !== 'thing') return kind;
  }
  let i = span.last;
  // Past brackets, as in "X (1816–1855) was".
  if (tokens[i]?.text === '(') {
    while (i < tokens.length && i < span.last + 24 && tokens[i]!.text !== ')') i++;
    i++;
  }
  const joint = tokens[i];
  const copula = joint?.lower === 'is' || joint?.lower === 'was' || joint?.text === ',';
  if (!copula || tokens[i + 1]?.pos !== 'DET') return undefined;
  for (let j = i + 2; j < tokens.length && j < i + 12; j++) {
    const token = tokens[j]!;
    if (token.pos === 'ADP' || token.pos === 'VERB' || token.text === ',') break;
    if (token.pos !== 'NOUN' && token.pos !== 'PROPN') continue;
    const kind = kindOfNoun(token.lower);
    if (kind !== 'thing') return kind;
  }
  return undefined;
}

export const isMonth = (lower: string): boolean => MONTHS.has(lower);

/** The task `keywords`: words and names to search for, taken from a query or a question. */
import type { Chooser } from './choice';
import type { Token } from './language';
import type { Directions } from './prompt';
import type { Question } from './question';
import { kindWord, relatedWords } from './rewrite';

interface Keyword {
  readonly text: string;
  readonly isName: boolean;
  readonly isNumber: boolean;
  readonly token: Token;
}

const DEFAULT_COUNT = 3;
const GENERAL_WORDS = ['information', 'history', 'facts'];

export function keywords(question: Question, directions: Directions, choose: Chooser): string {
  const candidates = candidatesOf(question, directions);
  const count = directions.number('max-keywords') ?? DEFAULT_COUNT;
  const namesFirst = directions.has('names-first');
  const score = (keyword: Keyword, index: number): number =>
    0.08 * Math.min(keyword.text.length, 10) -
    0.1 * index +
    (namesFirst && keyword.isName ? 4 : 0) +
    (directions.has('include-numbers') && keyword.isNumber ? 6 : 0) +
    (directions.has('include-verbs') && keyword.token.pos === 'VERB' ? 1 : 0);
  const ranked = choose.ranked(candidates, score);
  const texts = ranked.slice(0, count).map((keyword) => keyword.text);
  if (directions.has('keyword-kind')) texts.push(kindWord(question));
  if (directions.has('keyword-related')) texts.push(...relatedWords(question.sentence.tokens));
  if (directions.has('word-stems')) {
    for (const { token, isName } of ranked.slice(0, count)) if (!isName) texts.push(token.root);
  }
  if (directions.has('general-words')) texts.push(...GENERAL_WORDS);
  const unique = [...new Set(texts)];
  if (unique.length === 0) return question.text;
  return unique.join(directions.has('keyword-lines') ? '\n' : ', ');
}

/** In the order of the text. Names are single words unless they are to be kept whole. */
function candidatesOf(question: Question, directions: Directions): Keyword[] {
  const { tokens } = question.sentence;
  const inName = new Set<number>();
  const whole = new Map<number, string>();
  for (const name of question.names) {
    for (let i = name.first; i < name.last; i++) inName.add(i);
    if (directions.has('whole-names')) whole.set(name.first, name.text);
  }
  const all: Keyword[] = [];
  const seen = new Set<string>();
  tokens.forEach((token, i) => {
    const isName = inName.has(i);
    const wholeName = whole.get(i);
    if (isName && directions.has('whole-names') && wholeName === undefined) return;
    if (!token.content && wholeName === undefined) return;
    const text = wholeName ?? (isName ? token.text : token.lower);
    if (seen.has(text)) return;
    seen.add(text);
    all.push({ text, isName, isNumber: /\d/.test(token.text), token });
  });
  const narrowed = all.filter((keyword) => allowed(keyword, directions));
  return narrowed.length > 0 ? narrowed : all;
}

/** Without a word about it, verbs are passed over: a naive model lists nouns and names. */
function allowed({ isName, isNumber, token }: Keyword, directions: Directions): boolean {
  if (isName || (isNumber && directions.has('include-numbers'))) return true;
  if (directions.has('names-only')) return false;
  if (directions.has('nouns-only')) return token.pos === 'NOUN' || token.pos === 'PROPN';
  return directions.has('include-verbs') || (token.pos !== 'VERB' && !isNumber);
}

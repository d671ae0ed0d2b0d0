/** The task `query`: a question rewritten for a search engine. */
import type { Chooser } from './choice';
import type { Sentence, Token } from './language';
import { familyMembers, isQuestionWord, type Kind } from './lexicon';
import type { Span } from './names';
import type { Directions } from './prompt';
import { isRelative, type Question } from './question';

/** Length of the short query that is written when the prompt says nothing about it. */
const DEFAULT_WORDS = 8;

export function rewrite(question: Question, directions: Directions, choose: Chooser): string {
  const { sentence } = question;
  const queries = directions.has('split-question')
    ? clauseRanges(sentence).map(([first, last]) =>
        oneQuery(question, first, last, directions, choose),
      )
    : [oneQuery(question, 0, sentence.tokens.length, directions, choose)];
  const additions: string[] = [];
  if (directions.has('repeat-names')) additions.push(...question.names.map((name) => name.text));
  if (directions.has('query-kind')) additions.push(kindWord(question));
  if (directions.has('query-related')) additions.push(...relatedWords(sentence.tokens));
  const lines = queries.filter((query) => query !== '');
  if (lines.length === 0) lines.push(question.text);
  lines[lines.length - 1] = [lines[lines.length - 1]!, ...additions].join(' ').trim();
  const text = lines.join('\n');
  return directions.has('query-lower-case') ? text.toLowerCase() : text;
}

function oneQuery(
  question: Question,
  first: number,
  last: number,
  directions: Directions,
  choose: Chooser,
): string {
  const whole = directions.has('whole-question');
  const limit = directions.number('max-words') ?? (whole ? Infinity : DEFAULT_WORDS);
  const { tokens } = question.sentence;
  const nameAt = new Map<number, Span>();
  for (const name of question.names) {
    for (let i = name.first; i < name.last; i++) nameAt.set(i, name);
  }
  const inRange: number[] = [];
  for (let i = first; i < last; i++) {
    const token = tokens[i]!;
    const isWord = /[\p{L}\p{N}]/u.test(token.text);
    const leads = directions.has('question-word') && i === question.at;
    if (isWord && (whole || token.content || nameAt.has(i) || leads)) inRange.push(i);
  }
  const keepsNames = directions.has('keep-names');
  // Words rank by their place; a kept name stands above every other word.
  const kept = choose
    .ranked(inRange, (i, rank) => (keepsNames && nameAt.has(i) ? 10 : 0) - 0.25 * rank)
    .filter((i, rank) => rank < limit || (keepsNames && nameAt.has(i)))
    .sort((a, b) => a - b);
  const words: string[] = [];
  for (let k = 0; k < kept.length; k++) {
    const i = kept[k]!;
    const name = nameAt.get(i);
    const opens = name !== undefined && nameAt.get(kept[k - 1] ?? -1) !== name;
    if (name !== undefined && directions.has('drop-names')) continue;
    if (name !== undefined && directions.has('general-names')) {
      if (opens) words.push(generalWord(tokens, i));
      continue;
    }
    const quotes = directions.has('quote-names') && name !== undefined;
    const closes = quotes && nameAt.get(kept[k + 1] ?? -1) !== name;
    words.push(`${quotes && opens ? '"' : ''}${tokens[i]!.text}${closes ? '"' : ''}`);
  }
  return words.join(' ').replace(/ (['’]s)\b/g, '$1');
}

/** "someone" before or after words that people go with, "something" otherwise. */
function generalWord(tokens: readonly Token[], at: number): string {
  const near = tokens.slice(Math.max(0, at - 3), at + 6);
  return near.some(
    (token) => token.root === 'born' || token.root === 'died' || token.lower === 'by',
  )
    ? 'someone'
    : 'something';
}

/** Token ranges of the clauses: at relative clauses, at commas, and at "of the" before one. */
function clauseRanges(sentence: Sentence): [number, number][] {
  const { tokens } = sentence;
  const cuts = [0];
  for (let i = 1; i < tokens.length; i++) {
    const cut = tokens[i]!.text === ',' || isRelative(tokens, i) || tokens[i]!.lower === 'whose';
    if (cut && i - cuts[cuts.length - 1]! >= 2) cuts.push(i);
  }
  return cuts.map((first, k) => [first, cuts[k + 1] ?? tokens.length]);
}

const KIND_WORDS: Readonly<Record<Kind, string>> = {
  person: 'person',
  place: 'place',
  year: 'year',
  date: 'year',
  number: 'number',
  organisation: 'organisation',
  nationality: 'nationality',
  thing: 'name',
};

/** The asked noun, or a word for the kind of answer. */
export function kindWord(question: Question): string {
  const { focus, kind } = question;
  if (focus !== undefined && focus.pos === 'NOUN') return focus.lower;
  return KIND_WORDS[kind];
}

/** Other forms of the content words, at most six. */
export function relatedWords(tokens: readonly Token[]): string[] {
  const present = new Set(tokens.map((token) => token.lower));
  const related: string[] = [];
  for (const token of tokens) {
    if (!token.content || token.capital || isQuestionWord(token.lower)) continue;
    for (const word of familyMembers(token.root).slice(0, 4)) {
      if (!present.has(word) && related.length < 6) {
        present.add(word);
        related.push(word);
      }
    }
  }
  return related;
}

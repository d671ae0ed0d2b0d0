/**
 * What a question asks: the kind of its answer, the asked noun, its names, which of its words belong
 * to what is asked and which to the description inside it, and what it compares.
 */
import { comparisonIn, type Comparison } from './comparatives';
import { isNationality } from './gazetteer';
import type { Language, Sentence, Token } from './language';
import { isAuxiliary, isQuestionWord, kindOfNoun, type Kind } from './lexicon';
import { namesIn, type Span } from './names';

export interface Question {
  readonly text: string;
  readonly sentence: Sentence;
  readonly kind: Kind;
  /** Begins with an auxiliary and offers no choice: "Is …?", "Did …?". */
  readonly yesNo: boolean;
  /** The asked noun: "river" in "Which river …", "capital" in "What is the capital of …". */
  readonly focus: Token | undefined;
  /** Roots of the asked noun and of what it is said to be: "Which city is the capital …". */
  readonly foci: ReadonlySet<string>;
  /** Question word, -1 when there is none. */
  readonly at: number;
  readonly names: readonly Span[];
  /** Root → weight: words of what is asked weigh more than words of a description inside. */
  readonly weights: ReadonlyMap<string, number>;
  readonly totalWeight: number;
  readonly comparison: Comparison | undefined;
  /** Describes one thing by another, so that its answer takes two steps. */
  readonly nested: boolean;
  /** Root of the verb whose object is asked: "marry" in "Whom did X marry?". */
  readonly objectOf: string | undefined;
}

const memo = new WeakMap<Sentence, Question>();

export function analyseQuestion(text: string, language: Language): Question {
  const sentence = language.whole(text);
  const known = memo.get(sentence);
  if (known !== undefined) return known;
  const { tokens } = sentence;
  const names = namesIn(sentence);
  const at = questionWordAt(tokens);
  const comparison = comparisonIn(sentence, names);
  const opensYesNo =
    isAuxiliary(tokens[0]?.lower ?? '') && !isQuestionWord(tokens[at]?.lower ?? '');
  const yesNo = opensYesNo && !(comparison?.choice ?? false);
  const { kind, focus } = askedFor(tokens, at);
  const weights = weightsOf(tokens, at);
  let totalWeight = 0;
  for (const weight of weights.values()) totalWeight += weight;
  const question: Question = {
    text: sentence.text,
    sentence,
    kind,
    yesNo,
    focus,
    foci: fociOf(tokens, focus),
    at,
    names,
    weights,
    totalWeight,
    comparison,
    objectOf: objectOf(tokens, at),
    nested: [...weights.values()].some((weight) => weight < 1),
  };
  memo.set(sentence, question);
  return question;
}

const isNoun = (token: Token | undefined): boolean =>
  token !== undefined && (token.pos === 'NOUN' || token.pos === 'PROPN');
const isAdjective = (token: Token | undefined): boolean =>
  token !== undefined && (token.pos === 'ADJ' || token.pos === 'NUM' || isNationality(token.lower));

/** A question word after a noun only opens a relative clause: "the city where …". */
export function isRelative(tokens: readonly Token[], i: number): boolean {
  const token = tokens[i]!;
  if (token.lower !== 'that' && !isQuestionWord(token.lower)) return false;
  if (token.lower === 'how') return false;
  const before = tokens[i - 1];
  if (before === undefined) return false;
  if (isNoun(before)) return true;
  const next = tokens[i + 1];
  if (before.text === ',') return isNoun(tokens[i - 2]) && token.lower !== 'what' && !isNoun(next);
  return before.pos === 'ADP' && isNoun(tokens[i - 2]) && !isNoun(next) && !isAdjective(next);
}

function questionWordAt(tokens: readonly Token[]): number {
  let fallback = -1;
  for (let i = 0; i < tokens.length; i++) {
    if (!isQuestionWord(tokens[i]!.lower)) continue;
    if (!isRelative(tokens, i)) return i;
    if (fallback < 0 && !isAuxiliary(tokens[0]!.lower)) fallback = i;
  }
  return fallback;
}

const IMPERATIVE = /^(?:name|give|identify|state|find|tell)$/;

interface Asked {
  readonly kind: Kind;
  readonly focus: Token | undefined;
}

function askedFor(tokens: readonly Token[], at: number): Asked {
  const word = tokens[at]?.lower;
  const next = tokens[at + 1];
  if (word === undefined) {
    // "Name the country of …" asks for a country.
    const focus = IMPERATIVE.test(tokens[0]?.lower ?? '') ? headNoun(tokens, 1) : undefined;
    return { kind: focus === undefined ? 'thing' : kindOfNoun(focus.lower), focus };
  }
  if (word === 'when') return { kind: 'date', focus: undefined };
  if (word === 'where') return { kind: 'place', focus: undefined };
  if (word === 'how') {
    const many = next?.lower === 'many' || next?.lower === 'much';
    if (!many && next?.pos !== 'ADJ' && next?.pos !== 'ADV')
      return { kind: 'thing', focus: undefined };
    return { kind: 'number', focus: many ? headNoun(tokens, at + 2) : next };
  }
  if (word === 'who' || word === 'whom') {
    return { kind: 'person', focus: predicate(tokens, at + 1) };
  }
  const focus = headNoun(tokens, at + 1) ?? predicate(tokens, at + 1);
  if (word === 'whose') return { kind: 'person', focus: undefined };
  return { kind: focus === undefined ? 'thing' : kindOfNoun(focus.lower), focus };
}

function objectOf(tokens: readonly Token[], at: number): string | undefined {
  const word = tokens[at]?.lower;
  const asks = word === 'who' || word === 'whom' || word === 'what' || word === 'which';
  const final = tokens.findLast((token) => token.content);
  const helped = /^(?:did|does|do)$/.test(opening(tokens, Math.max(at, 0)));
  return asks && helped && final?.capital === false ? final.root : undefined;
}

function fociOf(tokens: readonly Token[], focus: Token | undefined): Set<string> {
  const foci = new Set<string>();
  if (focus === undefined) return foci;
  foci.add(focus.root);
  const said = predicate(tokens, tokens.indexOf(focus) + 1);
  if (said !== undefined) foci.add(said.root);
  return foci;
}

/** Last noun of the noun phrase that begins at `from`; "kind of X" and "name of the X" ask for X. */
function headNoun(tokens: readonly Token[], from: number): Token | undefined {
  let head: Token | undefined;
  for (let i = from; i < tokens.length && i < from + 12; i++) {
    const token = tokens[i]!;
    const end = !isNoun(token) && !isAdjective(token) && token.pos !== 'PART' && token.text !== '-';
    if (end && token.pos !== 'DET') {
      const passes = head !== undefined && /^(name|kind|type|sort|title)s?$/.test(head.lower);
      if (passes && token.lower === 'of') {
        head = headNoun(tokens, i + 1) ?? head;
      }
      break;
    }
    if (token.pos === 'DET' && head !== undefined) break;
    if (isNoun(token) && !(token.capital && head !== undefined && !head.capital)) head = token;
  }
  return head;
}

/** Head noun after a copula: "What is the capital of …". */
function predicate(tokens: readonly Token[], from: number): Token | undefined {
  if (!isAuxiliary(tokens[from]?.lower ?? '')) return undefined;
  const determiner = tokens[from + 1];
  if (determiner?.pos !== 'DET' && determiner?.pos !== 'PRON') return undefined;
  const head = headNoun(tokens, from + 2);
  return head?.capital === true ? undefined : head;
}

/** The auxiliary that stands between the asked words and the subject, as in "did" or "was". */
function opening(tokens: readonly Token[], start: number): string {
  return tokens.slice(start, start + 5).find((token) => isAuxiliary(token.lower))?.lower ?? '';
}

/** 1 for words of the asked clause, less for each description inside a description. */
function weightsOf(tokens: readonly Token[], at: number): Map<string, number> {
  const weights = new Map<string, number>();
  let depth = 0;
  const start = Math.max(at, 0);
  const put = (token: Token, weight: number): void => {
    if (!token.content) return;
    weights.set(token.root, Math.max(weights.get(token.root) ?? 0, weight));
  };
  for (let i = start; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (i > at && (isRelative(tokens, i) || token.lower === 'of' || token.lower === 'by')) depth++;
    // The noun before a relative clause is what the clause describes, unless it is the asked noun.
    const described = i + 1 < tokens.length && i > at + 1 && isRelative(tokens, i + 1);
    put(token, 1 / (1 + 0.6 * (described ? depth + 1 : depth)));
  }
  // "In what year did the man who … die?": the verb that closes the question is the asked one.
  const final = tokens.findLast((token) => token.content);
  const auxiliary = opening(tokens, start);
  const helped = /^(?:did|does|do)$/.test(auxiliary) && final?.capital === false;
  if (final !== undefined && (helped || (final.pos === 'VERB' && auxiliary !== ''))) put(final, 1);
  // "… was born in which city?": the words before a question word at the end are the asked clause.
  const closes = tokens.slice(start + 1).filter((token) => token.content).length <= 1;
  for (let i = 0; i < start; i++) put(tokens[i]!, closes && start - i <= 4 ? 1 : 0.6);
  return weights;
}

/** Scores of evidence lines and of answer candidates, each rule switched by a directive. */
import type { Candidate } from './candidates';
import { construction, opensWithPronoun, proximity } from './construction';
import { isContinent, isCountry } from './gazetteer';
import { description, nameKind } from './kinds';
import type { Token } from './language';
import { kindOfNoun, type Kind } from './lexicon';
import { mentionOf } from './names';
import type { Line } from './passages';
import type { Directions } from './prompt';
import type { Question } from './question';

/** How much "prefer the last (first) sentence" adds to a line. */
export function placeBonus(directions: Directions, index: number, count: number): number {
  if (directions.has('last-sentence')) return index === count - 1 ? 1.5 : 0;
  if (directions.has('first-sentence')) return index === 0 ? 1.5 : 0;
  return 0;
}

/** Share of the question's weight that a line holds, its subject counting half. */
export function lineScores(
  question: Question,
  lines: readonly Line[],
  directions: Directions,
): number[] {
  return lines.map(({ sentence, subject }, index) => {
    let sum = 0;
    for (const [root, weight] of question.weights) {
      if (sentence.roots.has(root)) sum += weight;
    }
    const named = subject !== '' && mentionOf(question.text, subject) > 0;
    const about = named && !question.nested ? 0.15 : 0;
    const share = question.totalWeight > 0 ? sum / question.totalWeight : 0;
    return (
      share + about + onChain(question, lines, index) + placeBonus(directions, index, lines.length)
    );
  });
}

/** A line about something that neither the question nor another line names leads nowhere. */
function onChain(question: Question, lines: readonly Line[], index: number): number {
  const { subject } = lines[index]!;
  if (subject === '' || mentionOf(question.text, subject) > 0) return 0;
  const reached = lines.some(
    (other) => other.subject !== subject && mentionOf(other.sentence.text, subject) > 0,
  );
  return reached ? (question.nested ? 0.5 : 0.2) : 0;
}

export function spanScores(
  question: Question,
  lines: readonly Line[],
  candidates: readonly Candidate[],
  lineScore: readonly number[],
  directions: Directions,
): number[] {
  const asked = questionWords(question);
  const reached = lines.map((_, index) => onChain(question, lines, index) > 0);
  const bridged = new Map<string, Set<number>>();
  for (const { text, line } of candidates) {
    const seen = bridged.get(text) ?? new Set();
    bridged.set(text, seen.add(line));
  }
  return candidates.map((candidate, index) => {
    const line = lines[candidate.line]!;
    // A naive reader takes the first name of the best sentence.
    let score = 2 * lineScore[candidate.line]! - 0.02 * index;
    if (candidate.form === 'phrase') score -= 0.6;
    if (directions.has('new-words') && repeats(candidate, asked)) score -= 6;
    if (directions.has('asked-kind')) score += kindScore(candidate, line, lines, question);
    if (directions.has('nearest')) {
      score += 2 * proximity(candidate, line, question) + construction(candidate, line, question);
      // A name that two lines share leads from one to the other; the answer lies beyond it.
      if (bridged.get(candidate.text)!.size > 1) score -= 1.2;
      // So does what a reached line is about.
      if (question.nested && candidate.text === line.subject && reached[candidate.line])
        score -= 1.5;
    }
    return score;
  });
}

function asksRank(question: Question): boolean {
  return question.sentence.tokens.some((token) => /^(?:position|rank|order)$/.test(token.lower));
}

function questionWords(question: Question): Set<string> {
  const words = new Set<string>();
  for (const token of question.sentence.tokens) words.add(token.lower);
  return words;
}

const SMALL = new Set(['the', 'a', 'an', 'of', 's', 'and', 'in']);

function repeats(candidate: Candidate, asked: ReadonlySet<string>): boolean {
  return candidate.words.every((word) => SMALL.has(word) || asked.has(word));
}

const FORMS: Readonly<
  Record<'year' | 'date' | 'number' | 'nationality', Partial<Record<string, number>>>
> = {
  year: { year: 3, date: 1.5 },
  date: { date: 3, year: 2.6 },
  number: { number: 3, year: -1 },
  nationality: { nationality: 3 },
};

/** How well a candidate fits the kind of answer that is asked, from −3 to about 5. */
function kindScore(
  candidate: Candidate,
  line: Line,
  lines: readonly Line[],
  question: Question,
): number {
  const { kind, focus } = question;
  const { form } = candidate;
  if (kind === 'year' || kind === 'date' || kind === 'number' || kind === 'nationality') {
    let score = FORMS[kind][form] ?? -3;
    if (kind === 'number' && form === 'number' && focus !== undefined) {
      const counted = candidate.words[candidate.words.length - 1];
      if (counted !== undefined && focus.lower.startsWith(counted.slice(0, 5))) score += 1;
    }
    return score;
  }
  if (form === 'year' || form === 'date' || form === 'number') return -2.5;
  if (form === 'ordinal') return asksRank(question) ? 4 : -2.5;
  if (form === 'nationality') return focus?.root === 'language' ? 1.5 : -2;
  if (form === 'phrase') {
    return kind === 'thing' ? 0.4 + focusScore(candidate, lines, question, focus) : -2;
  }
  const score =
    form === 'subject'
      ? subjectKind(candidate, line, kind)
      : nameKind(line.sentence, candidate, kind);
  return score + focusScore(candidate, lines, question, focus);
}

/** A subject is described by the sentence that begins with its pronoun. */
function subjectKind(candidate: Candidate, line: Line, kind: Kind): number {
  const pronoun = line.sentence.tokens[0]?.lower;
  if (pronoun === 'he' || pronoun === 'she' || pronoun === 'his' || pronoun === 'her') {
    return kind === 'person' ? 2 : -1;
  }
  if (pronoun === 'it' || pronoun === 'its') return kind === 'person' ? -2 : 0.8;
  if (isCountry(candidate.text.toLowerCase())) return kind === 'place' ? 1.8 : -1;
  return 0.5;
}

const WIDE = /^(?:state|place|location|area|region|birthplace|nation)$/;

/** The asked noun beside the name or in it, or in a description of it. */
function focusScore(
  candidate: Candidate,
  lines: readonly Line[],
  question: Question,
  focus: Token | undefined,
): number {
  if (focus === undefined) return 0;
  const lower = candidate.text.toLowerCase();
  if (focus.root === 'country') return isCountry(lower) ? 2 : -1;
  if (focus.root === 'continent' || focus.lower === 'continent') return isContinent(lower) ? 3 : -2;
  // A continent is never meant when something in it is asked for.
  let score = isContinent(lower) ? -6 : 0;
  if (isCountry(lower) && kindOfNoun(focus.lower) === 'place' && !WIDE.test(focus.lower))
    score -= 2;
  if (candidate.words.some((word) => word === focus.lower)) score += 1;
  const { tokens } = lines[candidate.line]!.sentence;
  for (const i of [candidate.first - 1, candidate.first - 2, candidate.last + 1]) {
    if (i >= 0 && tokens[i]?.root === focus.root) score += i < candidate.first ? 1.2 : 0.6;
  }
  for (const { sentence, subject } of lines) {
    const at = subject === candidate.text && opensWithPronoun(sentence) ? 0 : -1;
    if (at < 0 && !sentence.text.startsWith(candidate.text)) continue;
    // "X is a … river": the noun soon after the copula of a sentence about X.
    const copula = sentence.tokens.findIndex(
      (token) => token.lower === 'is' || token.lower === 'was',
    );
    if (copula < 0 || copula > 12) continue;
    const described = sentence.tokens.slice(copula + 1, copula + 8);
    if (described.some((token) => question.foci.has(token.root))) return score + 1.5;
    const kind = description(sentence, { text: '', first: 0, last: copula });
    if (kind !== undefined && kind !== 'thing' && kindOfNoun(focus.lower) !== kind) score -= 1;
  }
  return score;
}

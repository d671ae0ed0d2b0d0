/** Where a candidate stands in its sentence: near words of the question, in a telling construction. */
import type { Candidate } from './candidates';
import type { Sentence, Token } from './language';
import { PRONOUNS } from './lexicon';
import type { Line } from './passages';
import type { Question } from './question';

export const opensWithPronoun = (sentence: Sentence): boolean =>
  PRONOUNS.has(sentence.tokens[0]?.lower ?? '');

/** Closeness to words of the question, the asked clause's words counting most; at most about 1.5. */
export function proximity(candidate: Candidate, line: Line, question: Question): number {
  const { tokens } = line.sentence;
  let sum = 0;
  const seen = new Set<string>();
  for (let i = 0; i < tokens.length; i++) {
    if (i >= candidate.first && i < candidate.last) continue;
    const token = tokens[i]!;
    const weight = token.content ? question.weights.get(token.root) : undefined;
    if (weight === undefined || seen.has(token.root)) continue;
    seen.add(token.root);
    const gap = i < candidate.first ? candidate.first - i : i - candidate.last + 1;
    sum += weight / (1 + gap / 2);
  }
  return Math.min(sum, 1.5);
}

/** "Whom did X marry?" asks for what stands after the verb. */
function objectScore(candidate: Candidate, tokens: readonly Token[], question: Question): number {
  if (question.objectOf === undefined) return 0;
  const verb = tokens.findIndex((token) => token.root === question.objectOf);
  if (verb < 0) return -1;
  return candidate.first > verb ? 1 : -1;
}

/** "(1749–1819)": the year before the dash is that of the birth, the one after it of the death. */
function lifeYear(candidate: Candidate, tokens: readonly Token[], { weights }: Question): number {
  if (candidate.form !== 'year' && candidate.form !== 'date') return 0;
  if (weights.has('died')) return isDash(tokens[candidate.first - 1]) ? 1.5 : 0;
  return weights.has('born') && isDash(tokens[candidate.last]) ? 1.5 : 0;
}

const isDash = (token: Token | undefined): boolean => /^[-–—]$/.test(token?.text ?? '');

/** Bonus for the constructions that carry an answer. */
export function construction(candidate: Candidate, line: Line, question: Question): number {
  const { tokens } = line.sentence;
  const { focus, weights } = question;
  let score = 0;
  let before = candidate.first - 1;
  if (tokens[before]?.pos === 'DET') before--;
  const word = tokens[before];
  const verb = tokens[before - 1];
  const asks = (token: Token | undefined): boolean =>
    token !== undefined && token.content && weights.has(token.root);
  // "written by X", "born in X", "flows into X": the preposition after a word of the question.
  if (word?.pos === 'ADP' && asks(verb)) score += 0.8 * (weights.get(verb!.root) ?? 0);
  score += objectScore(candidate, tokens, question) + lifeYear(candidate, tokens, question);
  if (focus === undefined) return score;
  // "Its currency is the euro", "the capital of France is Paris".
  if (word?.lower === 'is' || word?.lower === 'was') {
    for (let i = before - 1; i >= Math.max(0, before - 6); i--) {
      if (question.foci.has(tokens[i]!.root)) return score + 2.5;
    }
  }
  // "with its capital at Vienna", "its capital, Vienna": nothing but small words between.
  for (let i = candidate.first - 1; i >= Math.max(0, candidate.first - 4); i--) {
    const token = tokens[i]!;
    if (question.foci.has(token.root)) return score + 1.5;
    if (token.content || token.text === '.') break;
  }
  // "Paris is the capital of France"; a subject stands at the beginning.
  if (candidate.form === 'subject' && !opensWithPronoun(line.sentence)) return score;
  const copula = tokens[Math.max(candidate.last, candidate.form === 'subject' ? 1 : 0)];
  if (copula?.lower === 'is' || copula?.lower === 'was') {
    for (let i = candidate.last + 1; i < Math.min(tokens.length, candidate.last + 8); i++) {
      if (question.foci.has(tokens[i]!.root)) return score + 1.5;
    }
  }
  return score;
}

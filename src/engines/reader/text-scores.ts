/** The task `text_scores`: how well the description of each candidate fits a question. */
import type { Chooser } from './choice';
import type { Language, Sentence, Token } from './language';
import { needField, type ReaderRequest } from './messages';
import { readDirections, type Directions } from './prompt';
import { analyseQuestion } from './question';
import {
  askedWords,
  matcher,
  parseLines,
  spanEnd,
  total,
  wordWeights,
  writeScores,
  type Matches,
  type ScoredLine,
} from './score-candidates';

/** Reads `question` and `descriptions` (lines `Name: text`). @throws Error when a field is missing */
export function writeTextScores(
  request: ReaderRequest,
  language: Language,
  choose: Chooser,
): string {
  const question = analyseQuestion(needField(request, 'question', 'query'), language);
  const descriptions = needField(request, 'descriptions');
  const directions = readDirections(request.prompt, 'text_scores');
  const lines = parseLines(descriptions, language, (text) => {
    const sentences = language.sentences(text);
    return directions.has('opening-only') ? sentences.slice(0, 2) : sentences;
  });
  const matches = matcher(directions);
  const asked = askedFor(question.sentence, directions);
  const weights = wordWeights(asked, lines, matches, directions);
  const raw = lines.map((line) => lineScore(line, weights, matches, directions));
  return writeScores(lines, raw, directions, choose);
}

const NEGATION = /^(?:not|no|never|cannot|n't|without|nor|neither)$/;
const isNegated = ({ tokens }: Sentence): boolean =>
  tokens.some(({ lower }) => NEGATION.test(lower));

/** What a word costs that only a negated sentence has. */
const DENIED = -0.5;

function lineScore(
  line: ScoredLine,
  weights: ReadonlyMap<Token, number>,
  matches: Matches,
  directions: Directions,
): number {
  const all = total(weights);
  if (all <= 0) return 0;
  const name = directions.has('score-no-names') ? [] : [line.name];
  const parts = [...name, ...line.parts];
  const found = (word: Token, part: Sentence): boolean =>
    part.tokens.some((token) => matches(word, token));
  const scoreOf = (read: readonly Sentence[]): number => {
    let sum = 0;
    let met = true;
    for (const [word, weight] of weights) {
      const having = read.filter((part) => found(word, part));
      if (having.length === 0) {
        if (weight > 0) met = false;
        continue;
      }
      const denied = directions.has('punish-negations') && having.every(isNegated);
      sum += denied ? DENIED * weight : weight;
      if (denied) met = false;
    }
    const share = sum / all;
    return directions.has('score-all') && !met ? share / 2 : share;
  };
  return directions.has('best-sentence')
    ? Math.max(0, ...parts.map((part) => scoreOf([part])))
    : scoreOf(parts);
}

/** Verbs, nouns and adjectives that tell of food, place or use. */
const RELATION_WORD =
  /^(?:eat|eats|eaten|feed|feeds|live|lives|grow|grows|home|occur|occurs|found|pollinated|used|gives|prey|hunted)$/;

/** The words of the question that a description is searched for. */
function askedFor(question: Sentence, directions: Directions): Token[] {
  const asked = askedWords(question);
  if (!directions.has('skip-relations')) return asked;
  const skipped = new Set<Token>();
  const { tokens } = question;
  for (let i = 0; i < tokens.length; i++) {
    if (!RELATION_WORD.test(tokens[i]!.lower)) continue;
    for (const token of tokens.slice(i, spanEnd(tokens, i))) skipped.add(token);
  }
  const left = asked.filter((word) => !skipped.has(word));
  return left.length > 0 ? left : asked;
}

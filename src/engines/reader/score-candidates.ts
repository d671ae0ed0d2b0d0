/**
 * What both scorers share: candidates one a line, the words of a question, which words of a text
 * match them, what a match weighs, and the scale on which scores are written.
 */
import type { Chooser } from './choice';
import type { Language, Sentence, Token } from './language';
import type { Directions } from './prompt';
import { meaningsOf } from './score-words';

export interface ScoredLine {
  readonly name: Sentence;
  /** Relations or sentences of the candidate. */
  readonly parts: readonly Sentence[];
}

/** Lines `Name: text`; `cut` splits the text into its parts. Lines without a name are left out. */
export function parseLines(
  field: string,
  language: Language,
  cut: (text: string) => readonly Sentence[],
): ScoredLine[] {
  return field.split('\n').flatMap((line): ScoredLine[] => {
    const colon = line.indexOf(': ');
    if (colon <= 0) return [];
    return [
      {
        name: language.whole(line.slice(0, colon).trim()),
        parts: cut(line.slice(colon + 2)),
      },
    ];
  });
}

/** Content words of a question, each once; the opening "Which" or "Name the" is none. */
export function askedWords(question: Sentence): Token[] {
  const seen = new Set<string>();
  return question.tokens.filter(({ content, lower, start }) => {
    if (!content || seen.has(lower) || (start === 0 && lower === 'name')) return false;
    seen.add(lower);
    return true;
  });
}

export type Matches = (asked: Token, given: Token) => boolean;

/** Without a directive, words match only letter by letter. */
export function matcher(directions: Directions): Matches {
  const forms = directions.has('score-forms');
  const synonyms = directions.has('score-synonyms');
  return (asked, given) => {
    if (!given.content) return false;
    if (asked.lower === given.lower) return true;
    if (forms && asked.root === given.root) return true;
    if (!synonyms) return false;
    const meanings = meaningsOf(asked.lower);
    return meanings.length > 0 && meaningsOf(given.lower).some((one) => meanings.includes(one));
  };
}

/** Tokens of a candidate that may match: of its parts, and of its name unless that is ignored. */
export function tokensOf(line: ScoredLine, directions: Directions): Token[] {
  const name = directions.has('score-no-names') ? [] : line.name.tokens;
  return [...name, ...line.parts.flatMap(({ tokens }) => tokens)];
}

/** Weight of each asked word: 1, or more the fewer candidates have it. */
export function wordWeights(
  asked: readonly Token[],
  lines: readonly ScoredLine[],
  matches: Matches,
  directions: Directions,
): Map<Token, number> {
  const tokens = lines.map((line) => tokensOf(line, directions));
  return new Map(
    asked.map((word) => {
      const have = tokens.filter((given) => given.some((token) => matches(word, token))).length;
      if (!directions.has('score-rare')) return [word, 1];
      // A word that no candidate has tells none from another.
      return [word, have === 0 ? 0 : Math.log((lines.length + 1) / have)];
    }),
  );
}

export const total = (weights: ReadonlyMap<Token, number>): number => {
  let sum = 0;
  for (const weight of weights.values()) sum += weight;
  return sum;
};

/** How steeply a score that is off by 1 is avoided when scores are sampled. */
const STEEP = 20;

/** Raw scores on the scale that the prompt asks for, as lines `Name: score`. */
export function writeScores(
  lines: readonly ScoredLine[],
  raw: readonly number[],
  directions: Directions,
  choose: Chooser,
): string {
  const highest = Math.max(...raw);
  const relative = directions.has('score-relative') && highest > 0;
  const wanted = raw.map((score) => {
    const scaled = Math.min(1, Math.max(0, relative ? score / highest : score));
    return directions.has('score-generous') ? 0.5 + scaled / 2 : scaled;
  });
  const scores = directions.has('score-best-only')
    ? bestOnly(wanted, choose)
    : wanted.map((score) => level(score, directions, choose));
  return lines.map(({ name }, i) => `${name.text}: ${scores[i]}`).join('\n');
}

function bestOnly(wanted: readonly number[], choose: Chooser): number[] {
  const best = choose.best(
    wanted.map((_, i) => i),
    (i) => STEEP * wanted[i]!,
  );
  return wanted.map((_, i) => (i === best ? 1 : 0));
}

const TENTHS = Array.from({ length: 11 }, (_, i) => i / 10);

function level(score: number, directions: Directions, choose: Chooser): number {
  const levels = directions.has('score-tenths') ? TENTHS : [0, 0.5, 1];
  return choose.best(levels, (one) => -STEEP * Math.abs(one - score))!;
}

const SPAN_ENDS = /^(?:and|or|that|which|who|,|\?|\.)$/;

/**
 * Index behind the objects of the verb at `verb`: they run to a conjunction, a comma or the next
 * verb ("that lives in towns keeps a store"), which may be tagged as a noun.
 */
export function spanEnd(tokens: readonly Token[], verb: number): number {
  let objects = 0;
  for (let i = verb + 1; i < tokens.length; i++) {
    const { lower, pos, content } = tokens[i]!;
    if (SPAN_ENDS.test(lower)) return i;
    if (objects > 0) {
      const before = tokens[i - 1]!;
      const closed = before.capital || before.lower.endsWith('s');
      if (pos === 'VERB' || pos === 'AUX' || (closed && lower.endsWith('s'))) return i;
    }
    if (content) objects += 1;
  }
  return tokens.length;
}

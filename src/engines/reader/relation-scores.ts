/** The task `relation_scores`: how well the typed relations of each candidate fit a question. */
import type { Chooser } from './choice';
import type { Language, Sentence, Token } from './language';
import { needField, type ReaderRequest } from './messages';
import { readDirections, type Directions } from './prompt';
import { analyseQuestion, type Question } from './question';
import {
  askedWords,
  matcher,
  parseLines,
  spanEnd,
  tokensOf,
  total,
  wordWeights,
  writeScores,
  type Matches,
  type ScoredLine,
} from './score-candidates';

/** A relation of a candidate: `eats mice, voles`, `is eaten by owls`, `is a bird`. */
interface Relation {
  readonly verb: Token | undefined;
  /** The subject suffers it: "is eaten by". */
  readonly by: boolean;
  readonly objects: readonly Token[];
}

/** Reads `question` and `relations` (lines `Name: text`). @throws Error when a field is missing */
export function writeRelationScores(
  request: ReaderRequest,
  language: Language,
  choose: Chooser,
): string {
  const question = analyseQuestion(needField(request, 'question', 'query'), language);
  const relations = needField(request, 'relations');
  const directions = readDirections(request.prompt, 'relation_scores');
  const lines = parseLines(relations, language, (text) => {
    const parts = text
      .split(';')
      .filter((part) => part.trim() !== '')
      .map((part) => language.whole(part));
    return directions.has('first-relation') ? parts.slice(0, 2) : parts;
  });
  const matches = matcher(directions);
  const scores = directions.has('asked-relations')
    ? byConditions(question, lines, matches, directions)
    : byWords(question, lines, matches, directions);
  const raw = lines.map((line, i) =>
    directions.has('asked-type') && !isAskedType(question, line) ? scores[i]! / 3 : scores[i]!,
  );
  return writeScores(lines, raw, directions, choose);
}

/** Share of the question's words that a candidate has. */
function byWords(
  question: Question,
  lines: readonly ScoredLine[],
  matches: Matches,
  directions: Directions,
): number[] {
  const weights = wordWeights(askedWords(question.sentence), lines, matches, directions);
  const all = total(weights);
  return lines.map((line) => {
    const tokens = tokensOf(line, directions);
    let sum = 0;
    let met = true;
    for (const [word, weight] of weights) {
      if (tokens.some((token) => matches(word, token))) sum += weight;
      else if (weight > 0) met = false;
    }
    const share = all > 0 ? sum / all : 0;
    return directions.has('score-all') && !met ? share / 2 : share;
  });
}

/** Share of the conditions, verb and object, that one of a candidate's relations meets. */
function byConditions(
  question: Question,
  lines: readonly ScoredLine[],
  matches: Matches,
  directions: Directions,
): number[] {
  const conditions = conditionsOf(question, lines, matches);
  // A question without a verb of the relations can only be read word by word.
  if (conditions.every(({ verb }) => verb === undefined))
    return byWords(question, lines, matches, directions);
  const weights = wordWeights(
    conditions.flatMap(({ objects }) => objects),
    lines,
    matches,
    directions,
  );
  const weightOf = ({ objects }: Relation): number =>
    objects.reduce((sum, word) => sum + weights.get(word)!, 0);
  const all = conditions.reduce((sum, condition) => sum + weightOf(condition), 0);
  return lines.map((line) => {
    const own = line.parts.map(relationOf);
    let sum = 0;
    let met = true;
    for (const condition of conditions) {
      const answering = own.filter((relation) => sameRelation(condition, relation, matches));
      for (const word of condition.objects) {
        const found = answering.some(({ objects }) => objects.some((one) => matches(word, one)));
        if (found) sum += weights.get(word)!;
        else if (weights.get(word)! > 0) met = false;
      }
    }
    const share = all > 0 ? sum / all : 0;
    return directions.has('score-all') && !met ? share / 2 : share;
  });
}

const sameRelation = (asked: Relation, given: Relation, matches: Matches): boolean =>
  asked.verb === undefined || given.verb === undefined
    ? asked.verb === given.verb
    : asked.by === given.by && sameVerb(asked.verb, given.verb, matches);

/** "eats", "eaten" and "eating": the direction is told by "by", not by the form. */
const sameVerb = (asked: Token, given: Token, matches: Matches): boolean =>
  matches(asked, given) || asked.lower.slice(0, 3) === given.lower.slice(0, 3);

const read = new WeakMap<Sentence, Relation>();

function relationOf(part: Sentence): Relation {
  const known = read.get(part);
  if (known !== undefined) return known;
  const { tokens } = part;
  const first = tokens.findIndex(({ content }) => content);
  // "is a bird" has no verb but the copula.
  const copula = tokens.slice(0, Math.max(first, 0)).some(({ lower }) => /^an?$/.test(lower));
  const relation: Relation =
    first < 0 || copula
      ? { verb: undefined, by: false, objects: tokens.filter(({ content }) => content) }
      : {
          verb: tokens[first],
          by: tokens[first + 1]?.lower === 'by',
          objects: tokens.slice(first + 1).filter(({ content }) => content),
        };
  read.set(part, relation);
  return relation;
}

/** Spans of the question that open with a verb of the candidates' relations. */
function conditionsOf(
  { sentence, focus }: Question,
  lines: readonly ScoredLine[],
  matches: Matches,
): Relation[] {
  const verbs = new Map<string, Token>();
  for (const { parts } of lines) {
    for (const { verb } of parts.map(relationOf))
      if (verb !== undefined) verbs.set(verb.lower, verb);
  }
  const isVerb = (token: Token): boolean =>
    token.content && [...verbs.values()].some((verb) => sameVerb(token, verb, matches));
  const { tokens } = sentence;
  // The noun after "Which" asks for a kind: "is a bird" is a relation too.
  const found: Relation[] =
    focus === undefined ? [] : [{ verb: undefined, by: false, objects: [focus] }];
  for (let i = 0; i < tokens.length; i++) {
    if (!isVerb(tokens[i]!)) continue;
    const end = spanEnd(tokens, i);
    const objects = tokens.slice(i + 1, end).filter(({ content }) => content);
    if (objects.length === 0) continue;
    found.push({ verb: tokens[i], by: tokens[i + 1]?.lower === 'by', objects });
    i = end - 1;
  }
  return found;
}

function isAskedType({ focus }: Question, line: ScoredLine): boolean {
  if (focus === undefined) return true;
  return line.parts
    .map(relationOf)
    .some(
      ({ verb, objects }) =>
        verb === undefined &&
        objects.some(({ lower, root }) => lower === focus.lower || root === focus.root),
    );
}

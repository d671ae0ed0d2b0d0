/**
 * The task `answer`: by default the best sentence of the hint in full; directives ask for a span of
 * it, say how to choose the span and how to write it.
 */
import { candidatesIn, type Candidate } from './candidates';
import type { Chooser } from './choice';
import { comparedOption, decided } from './comparison';
import type { Line } from './passages';
import type { Directions } from './prompt';
import type { Question } from './question';
import { lineScores, placeBonus, spanScores } from './scoring';

export const UNKNOWN = 'unknown';

/** Below this share of the question's weight in the best sentence, an answer is a guess. */
const SURE = 0.5;

export function answer(
  question: Question,
  lines: readonly Line[],
  directions: Directions,
  choose: Chooser,
): string {
  if (lines.length === 0) return UNKNOWN;
  const scores = lineScores(question, lines, directions);
  const order = lines.map((_, index) => index);
  const bestLine = choose.best(order, (index) => scores[index]!) ?? 0;
  const decision = decide(question, lines, directions);
  const sure = Math.max(
    ...scores.map((score, i) => score - placeBonus(directions, i, lines.length)),
  );
  if (directions.has('say-unknown') && decision === undefined && sure < SURE) return UNKNOWN;

  let text = decision;
  let from = bestLine;
  if (text === undefined && directions.has('answer-title') && lines[bestLine]!.subject !== '') {
    text = lines[bestLine]!.subject;
  }
  if (text === undefined && asksSpan(directions)) {
    const candidates = candidatesIn(lines);
    const spans = spanScores(question, lines, candidates, scores, directions);
    const best = choose.best(candidates, (_, index) => spans[index]!);
    if (best !== undefined) {
      text = written(best, question, lines, directions);
      from = best.line;
    }
  }
  const sentence = lines[from]!.sentence.text;
  text ??= sentence;
  if (directions.has('no-article')) text = text.replace(/^(?:the|an|a)\s+/i, '') || text;
  const limit = directions.number('max-words');
  if (limit !== undefined) text = text.split(' ').slice(0, limit).join(' ');
  if (directions.has('full-sentence') && text.length < sentence.length) {
    text = `The answer is ${text}.`;
  }
  if (directions.has('repeat-question')) text = `${question.text} ${text}`;
  if (directions.has('explain')) text = `${text}, because the hint says: ${sentence}`;
  return text;
}

const SPAN_DIRECTIVES = ['shortest-span', 'bare-number', 'full-name'];

function asksSpan(directions: Directions): boolean {
  if (directions.has('full-sentence')) return false;
  return SPAN_DIRECTIVES.some((id) => directions.has(id));
}

function decide(
  question: Question,
  lines: readonly Line[],
  directions: Directions,
): string | undefined {
  if (question.yesNo) {
    if (!directions.has('yes-or-no')) return undefined;
    const verdict = decided(question, lines);
    return verdict === undefined ? undefined : verdict ? 'yes' : 'no';
  }
  return directions.has('compare-values') ? comparedOption(question, lines) : undefined;
}

/** The candidate as it is to be written down. */
function written(
  best: Candidate,
  question: Question,
  lines: readonly Line[],
  directions: Directions,
): string {
  // "What is the height in metres …?" has said the unit.
  const unit = best.words[best.words.length - 1] ?? '';
  const unitSaid = question.sentence.tokens.some((token) => token.lower === unit);
  const bare = best.form === 'number' && directions.has('asked-kind') && unitSaid;
  if (directions.has('bare-number') || bare) {
    const number = /\b[12]\d{3}\b/.exec(best.text) ?? /\d[\d,.]*/.exec(best.text);
    if (number !== null && best.form !== 'name') return number[0].replace(/[,.]$/, '');
  }
  if (directions.has('full-name') && best.form === 'name') {
    const longer = candidatesIn(lines)
      .filter((other) => other.form === 'name' || other.form === 'subject')
      .filter((other) => other.text.endsWith(` ${best.text}`))
      .sort((a, b) => b.text.length - a.text.length)[0];
    if (longer !== undefined) return longer.text;
  }
  // A bracket that opens and does not close is no part of a name.
  return best.text.includes(')') ? best.text : best.text.replace(/^\(+/, '') || best.text;
}

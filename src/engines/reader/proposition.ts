/** What a yes-or-no question about a study claims, and which words of it a sentence shares. */
import type { Language, Sentence } from './language';

/** +1 more, −1 less, 0 no change named. */
export type Direction = 1 | -1 | 0;

export interface Proposition {
  /** Roots of its content words with their weights; they sum to 1. */
  readonly weights: ReadonlyMap<string, number>;
  readonly direction: Direction;
  /** Claims that there is no difference ("as effective as", "safe"): a null finding affirms it. */
  readonly equality: boolean;
  /** Words on either side of its verb or comparison: what is tried, what is measured. */
  readonly sides: readonly [ReadonlySet<string>, ReadonlySet<string>];
}

const UP =
  /\b(increas|rais(e|es|ed|ing)\b|rise|rose\b|higher|more\b|greater|longer|larger|better|improv|enhanc|elevat|faster|stronger|gain|grew\b|grow|exceed|superior|worsen(?!ing of)|favou?rabl)/gi;
const DOWN =
  /\b(reduc|decreas|lower|fewer|less\b|shorter|shorten|smaller|worse\b|poorer|slower|weaker|declin|diminish|dropp|fell\b|prevent|impair|inferior|attenuat|deteriorat)/gi;
const EQUAL =
  /\b(equivalen|comparable|similar|same\b|as (\w+) as|safe\b|safely|safety|non-?inferior|alternative|identical|interchangeab|reliab|agree)/i;
/** Words that many questions share and that say nothing about what is asked. */
const GENERAL =
  /^(effect|associ|relat|patient|studi|use|usual|practic|group|result|caus|influenc|affect|play|role|increas|reduc|lower|higher|rais|improv|predict|level)/;

/** Which change a text names: the first one that it names. */
export function directionOf(text: string): Direction {
  const up = firstOf(text, UP);
  const down = firstOf(text, DOWN);
  if (up < 0 && down < 0) return 0;
  return down < 0 || (up >= 0 && up < down) ? 1 : -1;
}

function firstOf(text: string, pattern: RegExp): number {
  pattern.lastIndex = 0;
  return pattern.exec(text)?.index ?? -1;
}

export function propositionOf(question: string, language: Language): Proposition {
  const whole = language.whole(question);
  const weights = new Map<string, number>();
  for (const root of whole.roots) weights.set(root, GENERAL.test(root) ? 0.2 : 1);
  const total = [...weights.values()].reduce((a, b) => a + b, 0) || 1;
  for (const [root, weight] of weights) weights.set(root, weight / total);
  return {
    weights,
    direction: directionOf(question),
    equality: EQUAL.test(question),
    sides: sidesOf(whole),
  };
}

/** Content roots before and after the word of change, or the halves where there is none. */
function sidesOf(whole: Sentence): [ReadonlySet<string>, ReadonlySet<string>] {
  const content = whole.tokens.filter((token) => token.content);
  const at = content.findIndex((token) => directionOf(token.text) !== 0);
  const middle = at < 0 ? Math.ceil(content.length / 2) : at;
  const roots = (part: typeof content): ReadonlySet<string> =>
    new Set(part.map(({ root }) => root));
  return [roots(content.slice(0, middle)), roots(content.slice(at < 0 ? middle : middle + 1))];
}

/** Share of the proposition's weight that a sentence holds, in [0, 1]. */
export function sharedWith(proposition: Proposition, sentence: Sentence): number {
  let sum = 0;
  for (const [root, weight] of proposition.weights) if (sentence.roots.has(root)) sum += weight;
  return sum;
}

/** Comparisons in a question: what is compared, in which direction, by which quantity. */
import type { Sentence } from './language';
import type { Span } from './names';

export interface Comparison {
  readonly options: readonly [string, string];
  /** Offers a choice ("A or B"), so that it is answered by a name. */
  readonly choice: boolean;
  readonly direction: 'least' | 'most' | undefined;
  readonly quantity: 'year' | 'number' | 'lifespan' | undefined;
}

type Direction = readonly ['least' | 'most', 'year' | 'number' | 'lifespan'];

const WORDS: ReadonlyMap<string, Direction> = new Map([
  ...each('older oldest earlier earliest first before elder eldest', ['least', 'year']),
  ...each('younger youngest later latest last newer newest after recent recently', [
    'most',
    'year',
  ]),
  ...each(
    'longer longest larger largest bigger biggest taller tallest higher highest more most greater greatest deeper deepest heavier heaviest wider faster farther further hotter',
    ['most', 'number'],
  ),
  ...each(
    'shorter shortest smaller smallest fewer fewest less least lower lowest lighter closer nearer narrower slower colder',
    ['least', 'number'],
  ),
]);

function each(words: string, direction: Direction): [string, Direction][] {
  return words.split(' ').map((word) => [word, direction]);
}

const BOUNDARIES = new Set([',', ':', '-', '–', '—', '(', '?', ';']);
const NOT_IN_OPTION = new Set(
  'is was are were did do does has had between of than both either'.split(' '),
);

/** Conjunctions that need not stand right beside the names. */
const FAR = new Set(['than', 'as', 'before', 'after']);

/** Undefined when the question does not set two things beside each other. */
export function comparisonIn(sentence: Sentence, names: readonly Span[]): Comparison | undefined {
  const { tokens } = sentence;
  const found = tokens.map((token) => WORDS.get(token.lower));
  let direction = found.find((entry) => entry !== undefined);
  // "more recently" asks for the year, whatever "more" says by itself.
  const specific = found.find((entry) => entry?.[1] === 'year');
  if (direction?.[1] === 'number' && specific !== undefined && moreBefore(sentence))
    direction = specific;
  if (
    direction !== undefined &&
    tokens.some((token) => token.lower === 'lived' || token.lower === 'live')
  ) {
    if (direction[1] === 'number') direction = [direction[0], 'lifespan'];
  }
  const or = tokens.findLastIndex((token) => token.lower === 'or');
  for (let i = tokens.length - 2; i > 0; i--) {
    if (or > 0 && i !== or) continue;
    const word = tokens[i]!.lower;
    const isOr = word === 'or';
    const isAnd = word === 'and' && pairs(sentence, i, direction !== undefined);
    const isThan = word === 'than';
    const isAs =
      word === 'as' && sentence.tokens.slice(0, i).some((token) => token.lower === 'same');
    const isBefore = (word === 'before' || word === 'after') && names.length >= 2;
    if (!isOr && !isAnd && !isThan && !isAs && !isBefore) continue;
    const options = optionsAround(sentence, names, i);
    if (options === undefined) continue;
    const opensWithName = isOr || (isAnd && asksWhich(sentence));
    return { options, choice: opensWithName, direction: direction?.[0], quantity: direction?.[1] };
  }
  return undefined;
}

function moreBefore(sentence: Sentence): boolean {
  return sentence.tokens.some(
    (token, i) =>
      token.lower === 'more' && sentence.tokens[i + 1]?.lower.startsWith('recent') === true,
  );
}

function asksWhich(sentence: Sentence): boolean {
  const first = sentence.tokens[0]?.lower ?? '';
  return ['which', 'who', 'between', 'what', 'of'].includes(first);
}

/** "and" sets two things beside each other after "both", "of", "between", or with "same". */
function pairs(sentence: Sentence, at: number, compared: boolean): boolean {
  const lowers = sentence.tokens.map((token) => token.lower);
  if (lowers.includes('both') || lowers.includes('same') || lowers.includes('between')) return true;
  return compared && lowers.slice(0, at).includes('of');
}

function optionsAround(
  sentence: Sentence,
  names: readonly Span[],
  at: number,
): readonly [string, string] | undefined {
  const left = names.findLast((name) => name.last <= at);
  const right = names.find((name) => name.first > at);
  // A name right beside the conjunction, or the nearest one where nothing else can be meant.
  const before = phrase(sentence, at - 1, -1);
  const after = phrase(sentence, at + 1, 1);
  if (left !== undefined && right !== undefined) {
    const near = at - left.last <= 1 && right.first - at <= 2;
    const word = sentence.tokens[at]!.lower;
    if (near || FAR.has(word)) return [longer(left.text, before), longer(right.text, after)];
  }
  if (sentence.tokens[at]!.lower !== 'or') return undefined;
  return before === '' || after === '' ? undefined : [before, after];
}

/** "Pride" is part of "Pride and Prejudice" when nothing but capitals and "and" are added to it. */
function longer(name: string, words: string): string {
  const grows = words.length > name.length && (words.startsWith(name) || words.endsWith(name));
  return grows && words.split(' ').every((word) => word === 'and' || /^\p{Lu}/u.test(word))
    ? words
    : name;
}

/** Words on one side of the conjunction up to punctuation or a verb, at most six. */
function phrase(sentence: Sentence, from: number, step: 1 | -1): string {
  const { tokens } = sentence;
  let end = from;
  while (
    end >= 0 &&
    end < tokens.length &&
    Math.abs(end - from) < 6 &&
    !BOUNDARIES.has(tokens[end]!.text) &&
    !NOT_IN_OPTION.has(tokens[end]!.lower)
  ) {
    end += step;
  }
  if (end === from) return '';
  let first = step === 1 ? from : end + 1;
  const last = step === 1 ? end - 1 : from;
  if (tokens[first]!.pos === 'DET' && first < last) first++;
  return sentence.text.slice(tokens[first]!.start, tokens[last]!.end);
}

/**
 * Deciding between two things from what the evidence says of each: "which is older", "the same",
 * "both". Undefined where the evidence does not settle it.
 */
import { candidatesIn, wordsOf, type Candidate } from './candidates';
import { isContinent, isCountry } from './gazetteer';
import { isNumeric, isYear } from './kinds';
import type { Token } from './language';
import { NUMBER_WORDS, kindOfNoun } from './lexicon';
import { mentionOf } from './names';
import type { Line } from './passages';
import type { Question } from './question';

/** The option that a comparison question asks for. */
export function comparedOption(question: Question, lines: readonly Line[]): string | undefined {
  const { comparison } = question;
  if (comparison === undefined) return undefined;
  const [a, b] = comparison.options;
  const [linesA, linesB] = [linesAbout(lines, a, b), linesAbout(lines, b, a)];
  if (comparison.direction === undefined) {
    const [sharedA, sharedB] = [propertyShare(question, linesA), propertyShare(question, linesB)];
    if (sharedA === sharedB) return undefined;
    return sharedA > sharedB ? a : b;
  }
  const [valueA, valueB] = [valueOf(question, linesA), valueOf(question, linesB)];
  if (valueA === undefined || valueB === undefined || valueA === valueB) return undefined;
  return valueA > valueB === (comparison.direction === 'most') ? a : b;
}

/** Yes or no, undefined when the evidence says nothing about what is asked. */
export function decided(question: Question, lines: readonly Line[]): boolean | undefined {
  const { comparison } = question;
  if (comparison === undefined) {
    const share = propertyShare(question, lines, true);
    return share === 0 ? undefined : share >= 0.75;
  }
  const [a, b] = comparison.options;
  if (comparison.direction !== undefined) {
    const option = comparedOption(question, lines);
    if (option !== undefined) return option === a;
  }
  const [linesA, linesB] = [linesAbout(lines, a, b), linesAbout(lines, b, a)];
  if (linesA.length === 0 || linesB.length === 0) return undefined;
  if (question.sentence.tokens.some((token) => token.lower === 'same')) {
    return sameValue(question, linesA, linesB, [a, b]);
  }
  const least = Math.min(propertyShare(question, linesA), propertyShare(question, linesB));
  return least >= 0.6;
}

/** Lines whose subject is the thing, or else lines that speak of it and not of the other alone. */
function linesAbout(lines: readonly Line[], thing: string, other: string): Line[] {
  const own = lines.filter((line) => sameThing(line.subject, thing));
  if (own.length > 0) return own;
  return lines.filter(
    (line) => mentionOf(line.sentence.text, thing) > 0 && !sameThing(line.subject, other),
  );
}

function sameThing(subject: string, thing: string): boolean {
  return subject !== '' && (mentionOf(subject, thing) > 0 || mentionOf(thing, subject) > 0);
}

/** Share of what is asked of the options, names of the options aside, that the lines say. */
function propertyShare(question: Question, lines: readonly Line[], single = false): number {
  const aside = new Set<string>();
  for (const option of question.comparison?.options ?? []) {
    for (const token of question.sentence.tokens) {
      if (wordsOf(option).includes(token.lower)) aside.add(token.root);
    }
  }
  let all = 0;
  let found = 0;
  const subjects = single ? new Set(lines.flatMap((line) => wordsOf(line.subject))) : undefined;
  for (const token of question.sentence.tokens) {
    if (!token.content || aside.has(token.root)) continue;
    aside.add(token.root);
    all++;
    const says = lines.some((line) => line.sentence.roots.has(token.root));
    if (says || subjects?.has(token.lower) === true) found++;
  }
  return all === 0 ? 0 : found / all;
}

/** Whether both have a value in common of the kind that follows "same". */
function sameValue(
  question: Question,
  linesA: readonly Line[],
  linesB: readonly Line[],
  options: readonly string[],
): boolean {
  const { tokens } = question.sentence;
  const at = tokens.findIndex((token) => token.lower === 'same');
  // "the same country", or "is the currency of X the same as that of Y".
  const after = tokens[at + 1];
  const asked =
    after?.pos === 'NOUN' || after?.pos === 'ADJ'
      ? tokens.slice(at + 1).find((token) => token.pos === 'NOUN')
      : tokens.find((token) => token.pos === 'NOUN');
  const asksWord = new Set(tokens.map((token) => token.lower));
  const values = (lines: readonly Line[]): Set<string> => {
    const found = new Set<string>();
    // Where a line says the asked word, the value stands in that line.
    const telling = lines.filter(({ sentence }) => sentence.roots.has(asked?.root ?? ''));
    for (const candidate of candidatesIn(telling.length > 0 ? telling : lines)) {
      if (options.some((option) => sameThing(candidate.text, option))) continue;
      const said = candidate.words.every((word) => asksWord.has(word));
      if (!said && suits(candidate, asked))
        found.add(candidate.text.toLowerCase().replace(/^the /, ''));
    }
    return found;
  };
  const [valuesA, valuesB] = [values(linesA), values(linesB)];
  for (const value of valuesA) if (valuesB.has(value)) return true;
  return false;
}

function suits(candidate: Candidate, asked: Token | undefined): boolean {
  const lower = candidate.text.toLowerCase();
  switch (asked?.lower) {
    case 'nationality':
    case 'citizenship':
      return candidate.form === 'nationality';
    case 'country':
    case 'nation':
      return isCountry(lower) || candidate.form === 'nationality';
    case 'continent':
      return isContinent(lower);
    case 'city':
    case 'town':
    case 'place':
      return candidate.form === 'name' && !isCountry(lower);
  }
  switch (asked === undefined ? 'thing' : kindOfNoun(asked.lower)) {
    case 'year':
      return candidate.form === 'year';
    case 'date':
      return candidate.form === 'date' || candidate.form === 'year';
    case 'number':
      return candidate.form === 'number';
    case 'person':
    case 'place':
    case 'organisation':
      return candidate.form === 'name';
    default:
      return (
        candidate.form === 'name' || candidate.form === 'phrase' || candidate.form === 'nationality'
      );
  }
}

const SCALES: Readonly<Record<string, number>> = {
  hundred: 100,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  km: 1e3,
  kilometre: 1e3,
  kilometres: 1e3,
  kilometer: 1e3,
  kilometers: 1e3,
  mile: 1609.34,
  miles: 1609.34,
  mi: 1609.34,
  ft: 0.3048,
  feet: 0.3048,
  foot: 0.3048,
};

interface Value {
  readonly value: number;
  readonly score: number;
}

function valueOf(question: Question, lines: readonly Line[]): number | undefined {
  const { comparison, sentence } = question;
  if (comparison?.quantity === 'lifespan') return lifespan(lines);
  const asksYear = comparison?.quantity === 'year';
  const died = sentence.roots.has('died');
  let best: Value | undefined;
  let rank = 0;
  for (const { sentence: line } of lines) {
    const { tokens } = line;
    for (let i = 0; i < tokens.length; i++) {
      const value = asksYear ? yearAt(tokens, i) : numberAt(tokens, i);
      if (value === undefined) continue;
      let score = -0.05 * rank++;
      for (let j = Math.max(0, i - 8); j < Math.min(tokens.length, i + 9); j++) {
        const near = tokens[j]!;
        if (near.content && question.weights.has(near.root)) score += 1 / (1 + Math.abs(i - j));
      }
      // "(1816–1855)": the second year of a life is that of the death.
      if (asksYear && died && /^[-–—]$/.test(tokens[i - 1]?.text ?? '')) score += 0.8;
      if (best === undefined || score > best.score) best = { value, score };
    }
  }
  return best?.value;
}

function yearAt(tokens: readonly Token[], i: number): number | undefined {
  return isYear(tokens[i]!.text) ? Number(tokens[i]!.text) : undefined;
}

function numberAt(tokens: readonly Token[], i: number): number | undefined {
  const token = tokens[i]!;
  if (!isNumeric(token.lower)) return undefined;
  const word = NUMBER_WORDS.get(token.lower);
  let value = word ?? Number(token.lower.replaceAll(',', ''));
  if (!Number.isFinite(value)) return undefined;
  const next = tokens[i + 1]?.lower ?? '';
  const afterNext = tokens[i + 2]?.lower ?? '';
  if (isYear(token.text) && SCALES[next] === undefined && next !== 'm' && !next.startsWith('met')) {
    return undefined;
  }
  value *= SCALES[next] ?? 1;
  if (SCALES[next] !== undefined) value *= SCALES[afterNext] ?? 1;
  return value;
}

function lifespan(lines: readonly Line[]): number | undefined {
  const years = lines.flatMap(({ sentence }) =>
    sentence.tokens.flatMap((token) => (isYear(token.text) ? [Number(token.text)] : [])),
  );
  const [born, died] = [years[0], years[1]];
  return born === undefined || died === undefined ? undefined : died - born;
}

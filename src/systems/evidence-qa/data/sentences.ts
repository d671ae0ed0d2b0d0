/** Sentences of the invented abstracts, each a function of the words of one study. */
import { pick, type RandomStream } from '../../../core/random/stream';
import type { Measure, Outcome } from './types';

/** The words of one study; `up` says which change its question asks about. */
export interface Words {
  readonly x: string;
  readonly plural: boolean;
  readonly y: string;
  readonly group: string;
  readonly up: boolean;
}

export function wordsOf(
  measure: Measure,
  { name, hoped }: Outcome,
  group: string,
  asksHoped: boolean,
): Words {
  const up = (hoped === 'up') === asksHoped;
  return { x: measure.name, plural: measure.plural, y: name, group, up };
}

const verb = ({ up, plural }: Words, at: number): string => {
  const stem = up ? ['increase', 'raise'][at % 2]! : ['reduce', 'lower'][at % 2]!;
  return plural ? stem : `${stem}s`;
};
const base = ({ up }: Words, at: number): string =>
  up ? ['increase', 'raise'][at % 2]! : ['reduce', 'lower'][at % 2]!;
const past = ({ up }: Words): string => (up ? 'increased' : 'reduced');
const change = ({ up }: Words): string => (up ? 'increase' : 'reduction');
const than = ({ up }: Words): string => (up ? 'higher' : 'lower');

type Form = (words: Words, at: number) => string;

export const QUESTIONS: readonly Form[] = [
  (w, at) => `${w.plural ? 'Do' : 'Does'} ${w.x} ${base(w, at)} ${w.y} in ${w.group}?`,
  (w, at) => `Can ${w.x} ${base(w, at)} ${w.y} in ${w.group}?`,
  (w) => `Is ${w.y} ${than(w)} with ${w.x} than with usual practice in ${w.group}?`,
];

export const BACKGROUND: readonly Form[] = [
  (w, at) => `It is unclear whether ${w.x} ${verb(w, at)} ${w.y} in ${w.group}.`,
  (w) => `Earlier reports found that ${w.x} ${past(w)} ${w.y} in ${w.group}.`,
  (w) => `Earlier reports found no effect of ${w.x} on ${w.y} in ${w.group}.`,
  (w) => `The effect of ${w.x} on ${w.y} in ${w.group} may depend on the place.`,
  (w) => `A ${than(w)} level of ${bare(w.y)} with ${w.x} had been hoped for in ${w.group}.`,
];

export const YES: readonly Form[] = [
  (w) => `${w.x} ${past(w)} ${w.y} in ${w.group}.`,
  (w) => `${w.y} was ${than(w)} with ${w.x} than with usual practice.`,
  (w) => `${w.x} brought about a clear ${change(w)} in ${w.y}.`,
];

export const NULL: readonly Form[] = [
  (w, at) => `${w.x} did not ${base(w, at)} ${w.y} in ${w.group}.`,
  (w) => `${w.y} was not ${than(w)} with ${w.x} than with usual practice.`,
  (w) => `${w.x} had no effect on ${w.y}.`,
];

export const BURIED_NO: readonly Form[] = [
  (w) => `The expected ${change(w)} in ${w.y} with ${w.x} failed to appear.`,
  (w) => `${w.y} with ${w.x} stayed similar to that with usual practice.`,
  (w) => `Evidence of a ${than(w)} level of ${bare(w.y)} with ${w.x} was lacking.`,
  (w) => `${w.y} was unchanged with ${w.x}, whatever the hope of a ${change(w)}.`,
];

export const BURIED_YES: readonly Form[] = [
  (w) => `Contrary to earlier reports of no effect, ${w.y} was ${than(w)} with ${w.x}.`,
  (w) => `There was no doubt that ${w.x} ${past(w)} ${w.y}.`,
  (w) => `${w.y} was not only ${than(w)} with ${w.x} but remained so.`,
];

export const HEDGED: readonly Form[] = [
  (w, at) => `${w.x} may ${base(w, at)} ${w.y}, but larger studies are needed.`,
  (w, at) => `Whether ${w.x} ${verb(w, at)} ${w.y} remains uncertain.`,
  (w) => `A ${change(w)} in ${w.y} with ${w.x} is possible, but the evidence is inconclusive.`,
];

export const VAGUE: readonly Form[] = [
  (w) => `The study is of interest to those who plan for ${w.group}.`,
  (w) => `Planners of ${w.x} should read the full report.`,
  () => 'The full report holds the tables.',
];

export const FILLER: readonly Form[] = [
  () => 'Attendance was high in both groups.',
  () => 'The groups were much alike at the start.',
  (w) => `Opinions about ${w.x} were friendly.`,
  () => 'The weather was mild in most weeks.',
];

/** The opposite change: for findings against the question's proposition. */
export const opposite = (words: Words): Words => ({ ...words, up: !words.up });

/** One of the forms, as a sentence with a capital. */
export function say(forms: readonly Form[], words: Words, random: RandomStream): string {
  return capital(pick(forms, random)(words, random.below(2)));
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const bare = (name: string): string => name.replace(/^the /, '');

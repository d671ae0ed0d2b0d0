/** One invented abstract of a given kind, with its question. */
import { randomStream, type RandomStream } from '../../../core/random/stream';
import { figures } from './figures';
import {
  BACKGROUND,
  BURIED_NO,
  BURIED_YES,
  capital,
  FILLER,
  HEDGED,
  NULL,
  opposite,
  QUESTIONS,
  say,
  VAGUE,
  wordsOf,
  YES,
  type Words,
} from './sentences';
import type { Decision, Kind, Measure, Outcome } from './types';

export const ANSWERS: Readonly<Record<Kind, Decision>> = {
  'numbers-yes': 'yes',
  'numbers-null': 'no',
  'numbers-opposite': 'no',
  'numbers-mixed': 'maybe',
  'wording-yes': 'yes',
  'wording-null': 'no',
  'wording-opposite': 'no',
  'buried-yes': 'yes',
  'buried-no': 'no',
  hedged: 'maybe',
};

export interface Study {
  readonly measure: Measure;
  readonly outcome: Outcome;
  /** Another outcome of the same field, which the study reports as well. */
  readonly beside: Outcome;
  readonly group: string;
  readonly kind: Kind;
}

export function abstractOf(study: Study): { question: string; context: string } {
  const { measure, outcome, group, kind } = study;
  const random = randomStream('evidence study', measure.name, outcome.name, kind);
  const words = wordsOf(measure, outcome, group, random.uniform() < 0.8);
  const numbers = kind.startsWith('numbers');
  const background = [say(BACKGROUND, words, random)];
  const methods = [
    `${40 + 2 * random.below(90)} ${group} were assigned to ${measure.name} or to usual practice for ${4 + random.below(20)} weeks.`,
  ];
  if (random.uniform() < (numbers ? 0.85 : 0.2)) methods.push('Statistics were two-sided tests.');
  const { results, conclusion } = findings(study, words, random);
  return {
    question: say(QUESTIONS, words, random),
    context: [
      `BACKGROUND: ${background.join(' ')}`,
      `METHODS: ${methods.map(capital).join(' ')}`,
      `RESULTS: ${results.join(' ')}`,
      ...(conclusion === undefined ? [] : [`CONCLUSION: ${conclusion}`]),
    ].join('\n'),
  };
}

function findings(
  study: Study,
  words: Words,
  random: RandomStream,
): { results: string[]; conclusion?: string } {
  const { kind } = study;
  const filler = say(FILLER, words, random);
  const vague = say(VAGUE, words, random);
  if (kind.startsWith('numbers')) {
    const results = [...numbersOf(study, words, random)];
    results.splice(random.below(2) === 0 ? 0 : results.length, 0, secondary(study, random));
    results.unshift(filler);
    return random.uniform() < 0.2 ? { results, conclusion: vague } : { results };
  }
  const results = [filler];
  if (random.uniform() < 0.5) results.push(secondary(study, random));
  switch (kind) {
    case 'wording-yes':
      return { results, conclusion: say(YES, words, random) };
    case 'wording-null':
      return { results, conclusion: say(NULL, words, random) };
    case 'wording-opposite':
      return { results, conclusion: say(YES, opposite(words), random) };
    case 'hedged':
      return { results, conclusion: say(HEDGED, words, random) };
    default: {
      const decisive = say(kind === 'buried-yes' ? BURIED_YES : BURIED_NO, words, random);
      results.splice(random.below(results.length + 1), 0, decisive);
      return { results, conclusion: vague };
    }
  }
}

function numbersOf(study: Study, { up }: Words, random: RandomStream): string[] {
  const { measure, outcome, kind } = study;
  const found = { higher: kind === 'numbers-opposite' ? !up : up, significant: true };
  if (kind === 'numbers-mixed') {
    const half = 3 + random.below(3);
    return [
      figures(measure.name, outcome, found, random, `After ${half} weeks`),
      figures(
        measure.name,
        outcome,
        { higher: !up, significant: random.uniform() < 0.5 },
        random,
        `After ${2 * half} weeks`,
      ),
    ];
  }
  const significant = kind !== 'numbers-null';
  const higher = significant ? found.higher : random.uniform() < 0.5;
  return [figures(measure.name, outcome, { higher, significant }, random)];
}

/** Figures of the other outcome: true, and beside the point. */
function secondary({ measure, beside }: Study, random: RandomStream): string {
  return figures(
    measure.name,
    beside,
    { higher: random.uniform() < 0.5, significant: random.uniform() < 0.5 },
    random,
  );
}

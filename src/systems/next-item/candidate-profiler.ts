/** Which two candidates are put forward, in which order, and what is said about them. */
import type { PolicyAction } from '../../core/policy/policy';
import { policyComponent } from '../../core/policy/policy-component';
import { FUNCTION_WORDS } from '../../core/reward/text-profile';
import type { Component } from '../../core/system/component';
import { parseChoices, type Choice } from './choices';
import { wordsOf } from './kinds';
import { NEXT } from './session-analyzer';

/** What is known of a candidate beside an analysis; all in [0, 1]. */
const OF_A_CANDIDATE = [
  'is wanted next',
  'shares words with what was seen',
  'new words',
  'costs little',
] as const;

/** In the order of an action's numbers. */
export const PROFILER_FEATURES: readonly string[] = ['first', 'second'].flatMap((place) =>
  OF_A_CANDIDATE.map((name) => `${place}: ${name}`),
);

/** A draft: what looks like the things seen, then what is wanted. Small: learning can overturn it. */
const INITIAL: Readonly<Record<string, number>> = {
  'first: shares words with what was seen': 0.02,
  'second: is wanted next': 0.02,
};

interface Candidate {
  readonly choice: Choice;
  readonly numbers: readonly number[];
  /** Words it shares with what is wanted next. */
  readonly wanted: readonly string[];
  readonly shared: readonly string[];
}

export function candidateProfiler(): Component {
  return policyComponent({
    name: 'candidate_profiler',
    description:
      'Puts two of the candidates forward and says what they have to do with the analysis.',
    inputs: ['analysis', 'choices'],
    output: 'profile',
    slot: 'weights',
    features: PROFILER_FEATURES,
    initial: PROFILER_FEATURES.map((name) => INITIAL[name] ?? 0),
    actions: ({ analysis, choices }) => profiles(analysis!, choices!),
  });
}

/** Every ordered pair of candidates; the only one where there is but one. */
export function profiles(analysis: string, choices: string): PolicyAction[] {
  const candidates = candidatesOf(analysis, choices);
  if (candidates.length === 1) {
    const [only] = candidates;
    return [{ output: profileOf([only!]), features: [...only!.numbers, ...only!.numbers] }];
  }
  return candidates.flatMap((first) =>
    candidates.flatMap((second): PolicyAction[] =>
      first === second
        ? []
        : [
            {
              output: profileOf([first, second]),
              features: [...first.numbers, ...second.numbers],
            },
          ],
    ),
  );
}

function profileOf(candidates: readonly Candidate[]): string {
  return candidates
    .map(({ choice, wanted, shared }, i) => {
      const said = [
        ...(wanted.length > 0 ? [`wanted next: ${wanted.join(' ')}`] : []),
        ...(shared.length > 0 ? [`seen before: ${shared.join(' ')}`] : []),
      ];
      const about = said.length === 0 ? 'nothing in common' : said.join('; ');
      return `${i + 1}. ${choice.letter}) ${choice.title} (${about})`;
    })
    .join('\n');
}

function candidatesOf(analysis: string, choices: string): Candidate[] {
  const at = analysis.lastIndexOf(NEXT);
  const seen = content(at < 0 ? analysis : analysis.slice(0, at));
  const next = content(at < 0 ? '' : analysis.slice(at + NEXT.length));
  const parsed = parseChoices(choices);
  const prices = parsed.map(({ text }) => priceOf(text));
  const known = prices.filter((price) => price !== undefined);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return parsed.map((choice, i): Candidate => {
    const words = [...content(choice.text)];
    const wanted = words.filter((word) => next.has(word));
    const shared = words.filter((word) => seen.has(word));
    const price = prices[i];
    return {
      choice,
      wanted,
      shared,
      numbers: [
        wanted.length > 0 ? 1 : 0,
        shared.length / Math.max(1, words.length),
        words.filter((word) => !seen.has(word) && !next.has(word)).length /
          Math.max(1, words.length),
        price === undefined || high === low ? 0.5 : (high - price) / (high - low),
      ],
    };
  });
}

/** Words in all analyses and choices, which say nothing about any of them. */
const FORM = new Set('brand euros more another something used'.split(' '));

function content(text: string): Set<string> {
  return new Set(wordsOf(text).filter((word) => !FUNCTION_WORDS.has(word) && !FORM.has(word)));
}

function priceOf(text: string): number | undefined {
  const found = /(\d+(?:\.\d+)?) euros/.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}

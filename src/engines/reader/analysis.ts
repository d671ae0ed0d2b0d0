/** The field `analysis`: the evidence that an abstract holds on a question, sentence by sentence. */
import type { Chooser } from './choice';
import { findingOf } from './decision';
import type { Language } from './language';
import { firstField, needField, type ReaderRequest } from './messages';
import { readDirections, type Directions } from './prompt';
import { propositionOf, sharedWith, type Proposition } from './proposition';
import { readEvidence } from './reading';
import { significance } from './statistics';
import { FINDING, readStudy, type StudySentence } from './study';
import { variantNamed, type Variant } from './variants';

const DEFAULT_COUNT = 2;
const HEDGED = /\b(may|might|could|possibl[ey]|unclear|uncertain|inconclusive|whether)\b/i;
const NEGATIVE = /\b(no|not|nor|neither|never|fail(ed|s)?|lack\w*)\b/i;

/** @throws Error when there is no question or no abstract */
export function writeAnalysis(
  request: ReaderRequest,
  language: Language,
  choose: Chooser,
  model?: string,
): string {
  const variant = variantNamed(model);
  const proposition = propositionOf(needField(request, 'question', 'query'), language);
  const directions = readDirections(request.prompt, 'analysis');
  const text = firstField(request, 'context', 'passages', 'hint') ?? '';
  if (text === '') return 'unknown';
  const all = readStudy(text, language).slice(0, variant.span);
  const chosen = chosenSentences(all, proposition, directions, variant, choose);
  const quoted = directions.has('finding-only')
    ? []
    : chosen.map((line) => written(line, directions));
  if (!directions.has('state-finding') && !directions.has('finding-only')) return quoted.join('\n');
  const { skills } = variant;
  const evidence = chosen.map(({ sentence, section }) =>
    readEvidence(sentence, section, proposition, skills),
  );
  const finding = findingOf(evidence, skills, choose) ?? 'nothing clear';
  return [...quoted, `${FINDING}: The evidence says ${finding}.`].join('\n');
}

function chosenSentences(
  all: readonly StudySentence[],
  proposition: Proposition,
  directions: Directions,
  variant: Variant,
  choose: Chooser,
): StudySentence[] {
  const count = directions.number('evidence-count') ?? DEFAULT_COUNT;
  const allowed = all.filter((line) => !excluded(line, directions));
  const lines = allowed.length > 0 ? allowed : all;
  if (directions.has('abstract-opening')) return lines.slice(0, count);
  const ranked = choose.ranked(
    lines.map((line, index) => ({ line, index })),
    ({ line }) => relevance(line, proposition, directions, variant),
  );
  const chosen = ranked.slice(0, count);
  if (!directions.has('best-first')) chosen.sort((a, b) => a.index - b.index);
  return chosen.map(({ line }) => line);
}

function excluded({ section, sentence }: StudySentence, directions: Directions): boolean {
  return (
    (section === 'background' && directions.has('skip-background')) ||
    (section === 'methods' && directions.has('skip-methods')) ||
    (directions.has('skip-negative') && NEGATIVE.test(sentence.text)) ||
    (directions.has('skip-hedged') && HEDGED.test(sentence.text))
  );
}

function relevance(
  { section, sentence }: StudySentence,
  proposition: Proposition,
  directions: Directions,
  variant: Variant,
): number {
  const { text } = sentence;
  let score = sharedWith(proposition, sentence);
  if (directions.has('both-sides') && touchesBoth(sentence.roots, proposition)) score += 0.4;
  if (directions.has('prefer-conclusion') && section === 'conclusion') score += 0.6;
  if (directions.has('prefer-results') && section === 'results') score += 0.5;
  if (directions.has('prefer-statistics') && significance(text) !== undefined) score += 0.4;
  if (directions.has('prefer-numbers') && /\d/.test(text)) score += 0.4;
  if (variant.prefers === 'numbers' && significance(text) !== undefined) score += 0.5;
  if (variant.prefers === 'conclusion' && section === 'conclusion') score += 0.3;
  if (variant.prefers === 'conclusion' && section === 'results' && !/\d/.test(text)) score += 0.2;
  return score;
}

function touchesBoth(roots: ReadonlySet<string>, { sides }: Proposition): boolean {
  return sides.every((side) => [...side].some((root) => roots.has(root)));
}

/** The sentence behind the kind of evidence that it is. */
function written({ section, sentence }: StudySentence, directions: Directions): string {
  const text = directions.has('telegram')
    ? sentence.tokens
        .filter(({ content }) => content)
        .map((token) => token.text)
        .join(' ') || sentence.text
    : sentence.text;
  if (directions.has('drop-labels')) return text;
  const statistics = section === 'results' && significance(sentence.text) !== undefined;
  const kind = statistics ? 'statistics' : section;
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1)}: ${text}`;
}

/** The field `decision`: yes, no or maybe from an analysis of evidence, or from an abstract. */
import type { Chooser } from './choice';
import type { Language } from './language';
import { firstField, needField, type ReaderRequest } from './messages';
import { readDirections, type Directions } from './prompt';
import { propositionOf } from './proposition';
import { DECISIONS, disagree, readEvidence, type Decision, type Evidence } from './reading';
import { readStudy } from './study';
import { variantNamed, type Skills, type Variant } from './variants';

/** Said where the evidence says nothing. */
const UNDECIDED: Decision = 'maybe';

/** @throws Error when there is no question, or nothing to decide it by */
export function writeDecision(
  request: ReaderRequest,
  language: Language,
  choose: Chooser,
  model?: string,
): string {
  const variant = variantNamed(model);
  const question = needField(request, 'question', 'query');
  const proposition = propositionOf(question, language);
  const directions = readDirections(request.prompt, 'decision');
  const text = firstField(request, 'analysis', 'context', 'passages', 'hint') ?? '';
  const lines = readStudy(text, language).slice(0, variant.span === Infinity ? undefined : 2);
  const skills = skillsOf(variant, directions);
  const evidence = lines.map(({ sentence, section }) =>
    readEvidence(sentence, section, proposition, skills),
  );
  const weights = weightsOf(evidence, directions);
  const decision = decided(evidence, weights, directions, skills, choose);
  return inForm(decision, evidence, weights, directions, question);
}

/** The variant's own rules and, where it can be taught, those of the prompt. */
export function skillsOf({ skills, teachable }: Variant, directions: Directions): Skills {
  if (!teachable) return skills;
  return {
    ...skills,
    pValues: skills.pValues && !directions.has('ignore-statistics'),
    negations: directions.has('weigh-negations'),
    scope: directions.has('weigh-negations'),
    direction: directions.has('check-direction'),
    hedges: directions.has('hedge-maybe'),
    reports: directions.has('ignore-reports'),
    conflicts: directions.has('conflict-maybe'),
  };
}

function baseWeight({ share, strength }: Evidence): number {
  return strength * (0.1 + share) ** 2;
}

function weightsOf(evidence: readonly Evidence[], directions: Directions): number[] {
  return evidence.map(({ section }, i) => {
    let weight = baseWeight(evidence[i]!);
    if (directions.has('trust-last') && i === evidence.length - 1) weight += 1;
    if (directions.has('trust-first') && i === 0) weight += 1;
    if (directions.has('trust-conclusion') && section === 'conclusion') weight += 0.7;
    if (directions.has('trust-finding') && section === 'finding') weight += 1.5;
    return weight;
  });
}

/** The decision that most evidence stands for. */
export function decided(
  evidence: readonly Evidence[],
  weights: readonly number[],
  directions: Directions | undefined,
  skills: Skills,
  choose: Chooser,
): Decision {
  const support: Record<Decision, number> = { yes: 0, no: 0, maybe: 0 };
  evidence.forEach(({ reading }, i) => {
    if (reading !== undefined) support[reading] += weights[i]!;
  });
  const total = support.yes + support.no + support.maybe;
  if (total === 0) support[undecided(directions)] += 0.2;
  if (directions?.has('doubt-maybe') === true && support.yes < 0.9 * total) support.maybe += 0.5;
  if (directions?.has('demand-proof') === true) support.no += 0.4;
  if (skills.conflicts && disagree(evidence)) support.maybe += total;
  if (directions?.has('never-maybe') === true) support.maybe = -1;
  return choose.best(DECISIONS, (decision) => support[decision]) ?? UNDECIDED;
}

function undecided(directions: Directions | undefined): Decision {
  if (directions?.has('silent-yes') === true) return 'yes';
  return directions?.has('silent-no') === true ? 'no' : UNDECIDED;
}

function inForm(
  decision: Decision,
  evidence: readonly Evidence[],
  weights: readonly number[],
  directions: Directions,
  question: string,
): string {
  let best = -1;
  evidence.forEach(({ reading, section }, i) => {
    const stands = (at: number): number =>
      weights[at]! + (evidence[at]!.reading === decision ? 10 : 0);
    if (reading === undefined && section === 'finding') return;
    if (best < 0 || stands(i) > stands(best)) best = i;
  });
  const reason = best < 0 ? '' : evidence[best]!.sentence.text;
  const asked = directions.has('restate-question') ? `${question} ` : '';
  if (directions.has('one-word')) return `${asked}${decision}`;
  if (directions.has('answer-first')) {
    return `${asked}${decision.charAt(0).toUpperCase()}${decision.slice(1)}. ${reason}`.trim();
  }
  return `${asked}${reason} The answer is ${decision}.`.trim();
}

/** What evidence says: the finding of an analysis; undefined where it says nothing. */
export function findingOf(
  evidence: readonly Evidence[],
  skills: Skills,
  choose: Chooser,
): Decision | undefined {
  if (evidence.every(({ reading }) => reading === undefined)) return undefined;
  const weights = evidence.map(baseWeight);
  return decided(evidence, weights, undefined, skills, choose);
}

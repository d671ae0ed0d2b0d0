/**
 * What sentences of evidence say about a proposition: yes, no, maybe, or nothing. Rules of English
 * scientific prose, each switched by a skill of the variant or by a directive.
 */
import type { Sentence } from './language';
import { directionOf, sharedWith, type Direction, type Proposition } from './proposition';
import { figuresDirection, significance } from './statistics';
import type { Section } from './study';
import type { Skills } from './variants';

export const DECISIONS = ['yes', 'no', 'maybe'] as const;
export type Decision = (typeof DECISIONS)[number];

const NOT = /\b(not|no|nor|neither|never|none|cannot)\b|n't\b/i;
const DEEP_NOT =
  /\b(fail(s|ed|ure)? to|lack(s|ed|ing)?\b|absence of|unable to|unchanged|similar|comparable|equal(ly)?\b|hardly|unlikely|ineffective|without (any )?(effect|benefit|difference|change)|little (effect|evidence|benefit|difference)|insignifican|non-?significan|independent of|unrelated)/i;
const NOT_DENYING =
  /\b(no doubt|not only|no longer unclear|not without|not just|not unexpected(ly)?|whether or not)\b/gi;
const HEDGE =
  /\b(may|might|could|possibl[ey]|perhaps|unclear|uncertain|inconclusive|suggestive|(larger|further|more) (studies|trials|research|data)|remains to be|conflicting|mixed|borderline|trend towards?|preliminary)\b/i;
const BRACKETS = /\([^()]{0,200}\)|\[[^\][]{0,200}\]/g;
const REPORTED = /^\s*(earlier|previous|prior|past|other) (reports?|studies|work|trials)\b/i;
const CONTRARY = /^\s*(contrary to|unlike|in contrast to|in spite of|despite)\b[^,]{0,160},\s*/i;
const EFFECT =
  /\b(significan|associat|effective|efficac|benefi|correlat|predict|differ|relat(ed|ion)|influenc|affect|useful|feasible|accura|reliab|valid|success|risk factor|confirm|demonstrat|safe\b|safely|found to)/i;

/** Share of a proposition from which on a sentence is about it. */
const ABOUT = 0.35;

/** Weight of a sentence that only describes. */
const DESCRIPTION = 0.3;

/** What one sentence says; undefined where it says nothing about a change or an effect. */
export function readSentence(
  sentence: Sentence,
  proposition: Proposition,
  skills: Skills,
): Decision | undefined {
  const byFigures = skills.pValues ? readStatistics(sentence, proposition, skills) : undefined;
  if (byFigures !== undefined || !skills.wording) return byFigures;
  if (!skills.pValues && significance(sentence.text) !== undefined) return undefined;
  // What stands in brackets is beside the point.
  let text = sentence.text.replace(BRACKETS, ' ');
  if (skills.reports) {
    if (REPORTED.test(text)) return undefined;
    text = text.replace(CONTRARY, '');
  }
  if (skills.hedges && HEDGE.test(text)) return 'maybe';
  const denial = skills.scope ? text.replace(NOT_DENYING, ' ') : text;
  const change = directionOf(text);
  if (NOT.test(denial) || (skills.negations && DEEP_NOT.test(denial))) {
    return proposition.equality ? 'yes' : 'no';
  }
  // A statement about the matter that denies nothing affirms it.
  const about = sharedWith(proposition, sentence) >= ABOUT;
  if (change === 0 && !EFFECT.test(text) && !about) return undefined;
  if (proposition.equality && /\bdiffer/i.test(text)) return 'no';
  return skills.direction ? compared(change, proposition.direction) : 'yes';
}

function readStatistics(
  sentence: Sentence,
  proposition: Proposition,
  skills: Skills,
): Decision | undefined {
  const found = significance(sentence.text);
  if (found === undefined) return undefined;
  if (!found) return proposition.equality ? 'yes' : 'no';
  // One of several tests was significant, and the words deny what was asked.
  if (skills.wording && NOT.test(sentence.text.replace(BRACKETS, ' '))) return undefined;
  if (proposition.equality) return 'no';
  if (!skills.figures) return 'yes';
  const roots = new Map(sentence.tokens.map(({ lower, root }) => [lower, root]));
  const tried = (arm: string): number => {
    let sum = 0;
    for (const word of arm.toLowerCase().match(/[\p{L}-]+/gu) ?? []) {
      sum += proposition.weights.get(roots.get(word) ?? word) ?? 0;
    }
    return sum;
  };
  const change = figuresDirection(sentence.text, tried) || directionOf(sentence.text);
  return compared(change, proposition.direction);
}

function isExplicit(text: string): boolean {
  const plain = text.replace(BRACKETS, ' ');
  return (
    NOT.test(plain) ||
    DEEP_NOT.test(plain) ||
    HEDGE.test(plain) ||
    EFFECT.test(plain) ||
    directionOf(plain) !== 0 ||
    significance(text) !== undefined
  );
}

function compared(found: Direction, asked: Direction): Decision {
  return found !== 0 && asked !== 0 && found !== asked ? 'no' : 'yes';
}

export interface Evidence {
  readonly sentence: Sentence;
  readonly section: Section;
  readonly reading: Decision | undefined;
  /** Share of the proposition that the sentence holds, in [0, 1]. */
  readonly share: number;
  /** Less than 1 where it describes and neither finds nor denies a change or an effect. */
  readonly strength: number;
}

export function readEvidence(
  sentence: Sentence,
  section: Section,
  proposition: Proposition,
  skills: Skills,
): Evidence {
  const share = sharedWith(proposition, sentence);
  if (section === 'finding') {
    const stated = /\b(yes|no|maybe)\b/i.exec(sentence.text)?.[1]?.toLowerCase();
    return { sentence, section, share: 1.1, strength: 1, reading: stated as Decision | undefined };
  }
  // What was known, hoped or asked before is no finding, and neither is how it was asked.
  const found = section === 'results' || section === 'conclusion';
  const reading = found ? readSentence(sentence, proposition, skills) : undefined;
  const strength = isExplicit(sentence.text) ? 1 : DESCRIPTION;
  return { sentence, section, share, strength, reading };
}

/** Findings that hold nearly as much of the question as the best one and contradict each other. */
export function disagree(evidence: readonly Evidence[]): boolean {
  const said = evidence.filter(({ reading, section }) => reading && section !== 'background');
  const best = Math.max(0, ...said.map(({ share }) => share));
  const close = said.filter(({ share }) => share >= 0.85 * best).map(({ reading }) => reading);
  return close.includes('yes') && close.includes('no');
}

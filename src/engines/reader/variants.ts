/**
 * The reader's named variants: one set of rules, of which each follows some. They stand for models
 * of different strengths, so that a choice among them depends on what there is to read.
 */
import { ModelError } from '../../core/system/chat-model';

/** Rules of reading evidence. Without `fixed`, directives of the prompt add to them. */
export interface Skills {
  /** The wording at all, rather than statistics only. */
  readonly wording: boolean;
  /** Significance from p values and confidence intervals. */
  readonly pValues: boolean;
  /** Which of two groups has the higher figure. */
  readonly figures: boolean;
  /** "failed to", "lack of", "similar", … */
  readonly negations: boolean;
  /** "no doubt that", "not only": a no that denies nothing. */
  readonly scope: boolean;
  /** Whether the change found is the change asked about. */
  readonly direction: boolean;
  /** "may", "uncertain", "larger studies are needed". */
  readonly hedges: boolean;
  /** Leaves out what others reported before. */
  readonly reports: boolean;
  /** Findings that disagree leave the question open. */
  readonly conflicts: boolean;
}

export interface Variant {
  readonly name: string;
  /** One sentence for people. */
  readonly about: string;
  readonly skills: Skills;
  /** Whether directives can teach it rules that it does not follow by itself. */
  readonly teachable: boolean;
  /** Sentences of a text that it looks at. */
  readonly span: number;
  /** What it looks for in an abstract. */
  readonly prefers?: 'numbers' | 'conclusion';
}

/** Plain wording and significance. */
const PLAIN: Skills = {
  wording: true,
  pValues: true,
  figures: false,
  negations: false,
  scope: false,
  direction: false,
  hedges: false,
  reports: false,
  conflicts: false,
};

export const VARIANTS: readonly Variant[] = [
  {
    name: 'reader',
    about: 'All-round: reads plain wording and significance, and learns more from directives.',
    skills: PLAIN,
    teachable: true,
    span: Infinity,
  },
  {
    name: 'reader:statistics',
    about: 'Reads p values and the figures of two groups; the wording says nothing to it.',
    skills: { ...PLAIN, wording: false, pValues: true, figures: true, conflicts: true },
    teachable: false,
    span: Infinity,
    prefers: 'numbers',
  },
  {
    name: 'reader:conclusion',
    about: 'Reads the wording of conclusions: negation, direction and hedges; it skips statistics.',
    skills: {
      ...PLAIN,
      pValues: false,
      negations: true,
      scope: true,
      direction: true,
      hedges: true,
      reports: true,
    },
    teachable: false,
    span: Infinity,
    prefers: 'conclusion',
  },
  {
    name: 'reader:lead',
    about: 'Fast and weak: reads the first three sentences only.',
    skills: PLAIN,
    teachable: true,
    span: 3,
  },
];

export const VARIANT_NAMES: readonly string[] = VARIANTS.map(({ name }) => name);

/** @throws ModelError when there is no such variant */
export function variantNamed(name: string | undefined): Variant {
  if (name === undefined) return VARIANTS[0]!;
  const found = VARIANTS.find((variant) => variant.name === name);
  if (found === undefined) {
    throw new ModelError(
      'not-found',
      `The reader has no model named "${name}".`,
      `Choose one of ${VARIANT_NAMES.join(', ')}.`,
      false,
    );
  }
  return found;
}

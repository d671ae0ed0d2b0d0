/**
 * Choices of a run beside its seed and budget, with the words the page uses for them. The four
 * that a mode decides too begin with `mode`: "as the mode says".
 */
import type {
  RunAcceptance,
  RunAdaptation,
  RunComponentChoice,
  RunFeatures,
  RunLabels,
  RunMode,
  RunOverrides,
  RunSystem,
} from '../../workers/run-protocol';

export interface RunChoices {
  readonly system: RunSystem;
  readonly mode: RunMode;
  readonly features: RunFeatures;
  readonly labels: RunLabels | 'mode';
  readonly adaptation: RunAdaptation | 'mode';
  readonly componentChoice: RunComponentChoice | 'mode';
  readonly acceptance: RunAcceptance | 'mode';
  /** Most examples of a split. */
  readonly validation: 'mode' | ExampleCount;
  readonly test: 'all' | ExampleCount;
}

/**
 * What a slow model can be spared: a measurement asks it several times for each example. Keys that
 * are digits would come before all others.
 */
const EXAMPLE_COUNTS = {
  n2: '2',
  n4: '4',
  n8: '8',
  n16: '16',
  n32: '32',
  n64: '64',
  n128: '128',
} as const;
type ExampleCount = keyof typeof EXAMPLE_COUNTS;

export type ChoiceName = keyof RunChoices;

export interface Choice<Value extends string> {
  readonly label: string;
  /** One sentence: what is chosen, and between what. */
  readonly hint: string;
  /** Value → its words, in the order of the list; the first value is the default. */
  readonly values: Readonly<Record<Value, string>>;
}

const AS_THE_MODE_SAYS = { mode: 'as the mode says' } as const;

export const RUN_CHOICES: { readonly [Name in ChoiceName]: Choice<RunChoices[Name]> } = {
  system: {
    label: 'System',
    hint: 'Which compound system is optimised: the five of the paper, each with data of its own.',
    values: {
      'multihop-qa': 'Multi-hop question answering',
      'evidence-qa': 'Questions about studies',
      'entity-ranking': 'Entity ranking',
      'next-item': 'Next item of a session',
      'verified-code': 'Verified code generation',
      'multihop-qa-reranker': 'Multi-hop question answering, reranked',
    },
  },
  mode: {
    label: 'Mode',
    hint: 'A whole set of options: this project’s own, or the paper’s wherever the paper or its code makes a choice.',
    values: { default: 'default', paper: 'paper' },
  },
  features: {
    label: 'Features',
    hint: 'What a local reward sees of an input and an output: a few numbers on how they relate, hashed words, or sentence embeddings.',
    values: {
      dense: 'dense',
      hashed: 'hashed',
      use: 'sentence embeddings (28 MB, loaded from this site once)',
    },
  },
  labels: {
    label: 'Labels',
    hint: 'What a pair of outputs teaches: which is better (hard), the same weighted by the reward gap (gap), or how likely it is better (soft).',
    values: { ...AS_THE_MODE_SAYS, gap: 'gap', soft: 'soft', hard: 'hard' },
  },
  adaptation: {
    label: 'Adaptation',
    hint: 'When fresh pairs are collected and the local rewards trained again, so that they keep up with a system that changes.',
    values: {
      ...AS_THE_MODE_SAYS,
      'every-iteration': 'every iteration',
      'on-accept': 'after an accepted change',
      never: 'never',
    },
  },
  componentChoice: {
    label: 'Component choice',
    hint: 'Which component comes next: drawn by how much its outputs can still gain (softmax), drawn blindly, or each in turn.',
    values: {
      ...AS_THE_MODE_SAYS,
      softmax: 'softmax',
      random: 'random',
      'round-robin': 'round-robin',
    },
  },
  acceptance: {
    label: 'Acceptance',
    hint: 'When a change is kept: if the mean validation reward rises, or if a sequential test, which may stop early, is sure of it.',
    values: { ...AS_THE_MODE_SAYS, mean: 'mean', sequential: 'sequential test' },
  },
  validation: {
    label: 'Validation questions',
    hint: 'On how many questions at most a change is accepted or refused: fewer is faster and less certain.',
    values: { ...AS_THE_MODE_SAYS, ...EXAMPLE_COUNTS },
  },
  test: {
    label: 'Test questions',
    hint: 'On how many questions at most the system is measured before and after: they cost no budget, but a language model takes its time for each.',
    values: { all: 'all', ...EXAMPLE_COUNTS },
  },
};

export const CHOICE_NAMES = Object.keys(RUN_CHOICES) as readonly ChoiceName[];

/** Those that are out of the way until they are asked for. */
export const OPTION_NAMES = CHOICE_NAMES.filter((name) => name !== 'system');

export const DEFAULT_CHOICES: RunChoices = {
  system: 'multihop-qa',
  mode: 'default',
  features: 'dense',
  labels: 'mode',
  adaptation: 'mode',
  componentChoice: 'mode',
  acceptance: 'mode',
  validation: 'mode',
  test: 'all',
};

export function isChoice(name: string): name is ChoiceName {
  return Object.hasOwn(RUN_CHOICES, name);
}

/** What is wrong with a value, as a sentence; `undefined` if it is allowed. */
export function choiceProblem(name: ChoiceName, value: unknown): string | undefined {
  const { label, values } = RUN_CHOICES[name];
  return typeof value === 'string' && Object.hasOwn(values, value)
    ? undefined
    : `${label} must be one of ${Object.keys(values).join(', ')}.`;
}

/** The overrides of a request: what the mode says is left out. */
export function overrides({
  labels,
  adaptation,
  componentChoice,
  acceptance,
  validation,
  test,
}: RunChoices): RunOverrides {
  return {
    ...(labels !== 'mode' && { labels }),
    ...(adaptation !== 'mode' && { adaptation }),
    ...(componentChoice !== 'mode' && { componentChoice }),
    ...(acceptance !== 'mode' && { acceptance }),
    ...(validation !== 'mode' && { validationExamples: Number(EXAMPLE_COUNTS[validation]) }),
    ...(test !== 'all' && { testExamples: Number(EXAMPLE_COUNTS[test]) }),
  };
}

/** What is set otherwise than at first, in words: `mode paper`, `labels soft`. */
export function choicesMade(choices: RunChoices): string[] {
  return OPTION_NAMES.filter((name) => choices[name] !== DEFAULT_CHOICES[name]).map((name) => {
    const { label, values } = RUN_CHOICES[name];
    const words = (values as Readonly<Record<string, string>>)[choices[name]]!;
    // What stands in brackets belongs to the list only.
    return `${label.toLowerCase()} ${words.replace(/ \(.*\)$/, '')}`;
  });
}

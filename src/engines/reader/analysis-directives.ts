/** Directives for the analysis of an abstract. Data only: see `directives.ts`. */
import { DROP, LIMIT, type ReaderDirective } from './directive-row';

const PREFER = [
  'prefer~',
  'quot~',
  'use',
  'look at',
  'rely',
  'favour~',
  'favor~',
  'focus~',
  'pick~',
];

const analysis = (row: Omit<ReaderDirective, 'tasks'>): ReaderDirective => ({
  tasks: ['analysis'],
  ...row,
});

export const analysisDirectives: readonly ReaderDirective[] = [
  analysis({
    id: 'prefer-conclusion',
    sentence: 'Quote the conclusion.',
    effect: 'Sentences of the conclusion gain weight.',
    cues: [['conclusion', 'concluding'], PREFER],
  }),
  analysis({
    id: 'prefer-results',
    sentence: 'Prefer the results section.',
    effect: 'Sentences of the results gain weight.',
    cues: [['result'], PREFER],
  }),
  analysis({
    id: 'skip-background',
    sentence: 'Leave out the background.',
    effect: 'No sentence about what was known or asked before.',
    cues: [['background', 'introduction', 'aim'], DROP.concat('ignor~')],
    negation: 'ignored',
  }),
  analysis({
    id: 'skip-methods',
    sentence: 'Leave out the methods.',
    effect: 'No sentence about how the study was made.',
    cues: [['method', 'design'], DROP.concat('ignor~')],
    negation: 'ignored',
  }),
  analysis({
    id: 'prefer-statistics',
    sentence: 'Prefer sentences with a p value.',
    effect: 'Sentences with a p value or a confidence interval gain weight.',
    cues: [['p value', 'statistic~', 'significance', 'confidence interval'], PREFER],
  }),
  analysis({
    id: 'prefer-numbers',
    sentence: 'Prefer sentences with numbers.',
    effect: 'Sentences with digits gain weight, those of the methods too.',
    cues: [['number', 'figure', 'percentage', 'digit'], PREFER],
  }),
  analysis({
    id: 'evidence-count',
    sentence: 'Quote at most 4 sentences.',
    effect: 'That many sentences instead of two.',
    cues: [['sentence', 'line'], LIMIT],
    negation: 'ignored',
    number: { absent: null },
  }),
  analysis({
    id: 'both-sides',
    sentence: 'Pick sentences that name both what is tried and what is measured.',
    effect: 'Sentences with words from both sides of the question gain weight.',
    cues: [
      ['both', 'two sides'],
      ['name~', 'mention~', 'contain~', 'hold~'],
    ],
  }),
  analysis({
    id: 'state-finding',
    sentence: 'State what the evidence says.',
    effect: 'A line with yes, no or maybe follows the quoted sentences.',
    cues: [
      ['state~', 'say~', 'tell', 'add~', 'write~'],
      [
        'evidence says',
        'evidence shows',
        'evidence means',
        'a finding',
        'the verdict',
        'a verdict',
      ],
    ],
  }),
  analysis({
    id: 'finding-only',
    sentence: 'Write only the finding.',
    effect: 'Only the line with yes, no or maybe; no sentence is quoted.',
    cues: [['finding'], ['only', 'just', 'alone']],
  }),
  analysis({
    id: 'abstract-opening',
    sentence: 'Quote the opening of the abstract.',
    effect: 'The first sentences, whatever they say.',
    cues: [['opening', 'beginning', 'first sentence'], PREFER],
  }),
  analysis({
    id: 'telegram',
    sentence: 'Write in telegram style.',
    effect: 'Function words go, "not" and "no" among them.',
    cues: [['telegram', 'few words as possible', 'content words', 'as short']],
  }),
  analysis({
    id: 'drop-labels',
    sentence: 'Leave out the labels.',
    effect: 'The sentences do not say what kind of evidence they are.',
    cues: [['label', 'heading'], DROP.concat('ignor~')],
    negation: 'ignored',
  }),
  analysis({
    id: 'skip-negative',
    sentence: 'Leave out negative statements.',
    effect: 'No sentence with a negation.',
    cues: [['negative', 'negated', 'negation'], DROP.concat('ignor~')],
    negation: 'ignored',
  }),
  analysis({
    id: 'skip-hedged',
    sentence: 'Leave out uncertain statements.',
    effect: 'No sentence with "may", "unclear" and the like.',
    cues: [['uncertain', 'hedge~', 'doubtful', 'vague'], DROP.concat('ignor~')],
    negation: 'ignored',
  }),
  analysis({
    id: 'best-first',
    sentence: 'Put the most telling sentence first.',
    effect: 'The order is that of relevance, not that of the abstract.',
    cues: [
      ['most telling', 'most important', 'strongest', 'best'],
      ['first', 'top', 'beginning'],
    ],
  }),
];

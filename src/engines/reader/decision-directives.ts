/** Directives for a decision from evidence. Data only: see `directives.ts`. */
import type { ReaderDirective } from './directive-row';

const TRUST = ['trust~', 'rely', 'weigh~', 'prefer~', 'follow~', 'believe'];

const decision = (row: Omit<ReaderDirective, 'tasks'>): ReaderDirective => ({
  tasks: ['decision'],
  ...row,
});

export const decisionDirectives: readonly ReaderDirective[] = [
  decision({
    id: 'one-word',
    sentence: 'Answer with one word.',
    effect: 'Yes, no or maybe and nothing else, instead of a reason that ends with it.',
    group: 'decision-form',
    cues: [['1 word', 'one word', 'word only', 'only the word', 'just the word']],
  }),
  decision({
    id: 'answer-first',
    sentence: 'Begin with the answer and explain it afterwards.',
    effect: 'Yes, no or maybe, followed by the sentence it comes from.',
    group: 'decision-form',
    cues: [
      ['begin~', 'start~', 'open~'],
      ['answer', 'decision', 'yes'],
    ],
  }),
  decision({
    id: 'reason-first',
    sentence: 'Give the reason before the answer.',
    effect: 'The sentence it comes from, then the answer; so it is without a directive, too.',
    group: 'decision-form',
    cues: [
      ['reason', 'explanation', 'explain~', 'evidence'],
      ['before', 'and then'],
    ],
  }),
  decision({
    id: 'restate-question',
    sentence: 'Restate the question.',
    effect: 'The question is written first.',
    cues: [['restat~', 'repeat~', 'copy~'], ['question']],
  }),
  decision({
    id: 'hedge-maybe',
    sentence: 'Say maybe when the evidence hedges.',
    effect: 'Evidence with "may", "uncertain" and the like counts as maybe.',
    cues: [['maybe'], ['hedg~', 'may', 'vague', 'uncertain', 'cautious']],
  }),
  decision({
    id: 'conflict-maybe',
    sentence: 'Say maybe when findings contradict each other.',
    effect: 'A yes and a no that hold equally much of the question make a maybe.',
    cues: [['maybe'], ['contradict~', 'disagree~', 'conflict~', 'mixed']],
  }),
  decision({
    id: 'doubt-maybe',
    sentence: 'Say maybe when you are in doubt.',
    effect: 'Anything but evidence of one mind makes a maybe.',
    cues: [['maybe'], ['doubt', 'not sure', 'unsure']],
    negation: 'ignored',
  }),
  decision({
    id: 'never-maybe',
    sentence: 'Never say maybe.',
    effect: 'Only yes and no are given.',
    cues: [['maybe']],
    without: ['hedg~', 'contradict~', 'disagree~', 'doubt', 'sure', 'unsure', 'conflict~'],
    negation: 'needed',
  }),
  decision({
    id: 'weigh-negations',
    sentence: 'Read every negation by what it denies.',
    effect: '"Failed to", "lack" and "similar" deny; "no doubt" and "not only" do not.',
    cues: [['negation', 'negated', 'failed', 'denial']],
    negation: 'off',
  }),
  decision({
    id: 'check-direction',
    sentence: 'Check that the change found is the change asked about.',
    effect: 'A rise where the question asks about a fall is a no.',
    cues: [
      ['change', 'direction'],
      ['asked', 'question', 'same', 'match~'],
    ],
  }),
  decision({
    id: 'ignore-statistics',
    sentence: 'Ignore p values.',
    effect: 'Statistics say nothing, neither of an effect nor of none.',
    cues: [
      ['p value', 'statistic', 'significance', 'confidence interval'],
      ['ignor~', 'skip~', 'disregard~', 'discard~'],
    ],
  }),
  decision({
    id: 'silent-yes',
    sentence: 'Say yes when the evidence is silent.',
    effect: 'Yes instead of maybe where no sentence says anything.',
    group: 'decision-silent',
    cues: [['yes'], ['silent', 'says nothing', 'no evidence']],
  }),
  decision({
    id: 'silent-no',
    sentence: 'Say no when the evidence is silent.',
    effect: 'No instead of maybe where no sentence says anything.',
    group: 'decision-silent',
    cues: [
      ['say no', 'answer no'],
      ['silent', 'says nothing', 'no evidence'],
    ],
  }),
  decision({
    id: 'ignore-reports',
    sentence: 'Ignore what others reported earlier.',
    effect: 'Clauses about earlier reports do not count.',
    cues: [
      ['earlier', 'previous~', 'background', 'other reports'],
      ['ignor~', 'skip~', 'leave out', 'disregard~', 'discard~'],
    ],
  }),
  decision({
    id: 'trust-conclusion',
    sentence: 'Trust the conclusion most.',
    effect: 'Sentences of the conclusion weigh more.',
    cues: [['conclusion'], TRUST],
  }),
  decision({
    id: 'trust-finding',
    sentence: 'Trust the finding of the analysis.',
    effect: 'A line with the finding weighs more than any sentence.',
    cues: [['finding', 'verdict'], TRUST],
  }),
  decision({
    id: 'trust-first',
    sentence: 'Trust the first sentence most.',
    effect: 'The first sentence weighs more.',
    group: 'decision-place',
    cues: [['first', 'opening'], ['sentence', 'line'], TRUST],
  }),
  decision({
    id: 'trust-last',
    sentence: 'Trust the last sentence most.',
    effect: 'The last sentence weighs more.',
    group: 'decision-place',
    cues: [['last', 'final'], ['sentence', 'line'], TRUST],
  }),
  decision({
    id: 'demand-proof',
    sentence: 'Say no unless there is proof.',
    effect: 'A no needs less evidence than a yes.',
    cues: [['proof', 'proven', 'unless']],
    negation: 'ignored',
  }),
];

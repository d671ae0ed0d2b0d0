/** Directives for scoring candidates, by their relations or their descriptions. Data only. */
import { RELATED, type ReaderDirective } from './directive-row';

const BOTH = ['relation_scores', 'text_scores'] as const;
const MARKS = ['score', 'mark', 'point', 'credit', 'rate', 'rating'];

export const scoreDirectives: readonly ReaderDirective[] = [
  {
    id: 'asked-relations',
    tasks: ['relation_scores'],
    sentence: 'Count only the relations that the question asks for.',
    effect: 'A relation counts when the question has its verb, in the same direction.',
    cues: [['relation'], ['question', 'asked', 'asks'], ['only', 'just', 'nothing else']],
  },
  {
    id: 'asked-type',
    tasks: ['relation_scores'],
    sentence: 'Check the type that the question wants.',
    effect: 'Candidates of another type keep a third of their score.',
    cues: [
      ['type', 'kind', 'class', 'category'],
      ['question', 'asked', 'wanted', 'wants', 'match~', 'check~'],
    ],
  },
  {
    id: 'first-relation',
    tasks: ['relation_scores'],
    sentence: 'Read only the first two relations.',
    effect: 'The relations behind the second are not read.',
    cues: [['first', 'opening'], ['relation']],
  },
  {
    id: 'punish-negations',
    tasks: ['text_scores'],
    sentence: 'Punish negations and contradictions.',
    effect: 'A sentence with "not", "no" or "never" counts against the candidate.',
    cues: [['negation', 'negated', 'denial', 'denie~', 'contradict~']],
    negation: 'ignored',
  },
  {
    id: 'best-sentence',
    tasks: ['text_scores'],
    sentence: 'Score by the single best sentence.',
    effect: 'Only the sentence that fits best counts, not all of them together.',
    cues: [['best', 'most fitting'], ['sentence']],
  },
  {
    id: 'skip-relations',
    tasks: ['text_scores'],
    sentence: 'Leave food, place and use to the relations.',
    effect: 'What the question says after verbs such as eats, lives and is used does not count.',
    cues: [['relation'], ['leave', 'ignor~', 'skip~', 'omit~']],
    negation: 'ignored',
  },
  {
    id: 'opening-only',
    tasks: ['text_scores'],
    sentence: 'Read only the first two sentences.',
    effect: 'The sentences behind the second are not read.',
    cues: [['first', 'opening'], ['sentence']],
  },
  {
    id: 'score-forms',
    tasks: BOTH,
    sentence: 'Count other forms of a word as matches.',
    effect: '"hibernation" matches "hibernates".',
    cues: [RELATED.concat('word form').filter((cue) => cue !== 'synonym~')],
  },
  {
    id: 'score-synonyms',
    tasks: BOTH,
    sentence: 'Count synonyms as matches.',
    effect: '"nocturnal" matches "at night", "feeds on" matches "eats".',
    cues: [['synonym~', 'same meaning', 'meaning']],
  },
  {
    id: 'score-rare',
    tasks: BOTH,
    sentence: 'Give rare words more weight.',
    effect: 'A word weighs more the fewer candidates have it.',
    cues: [
      ['rare', 'rarer', 'unusual', 'specific'],
      ['word', 'term'],
    ],
  },
  {
    id: 'score-no-names',
    tasks: BOTH,
    sentence: 'Ignore the names of the candidates.',
    effect: 'A word of the question that stands in a name does not count.',
    cues: [['name'], ['ignor~', 'skip~', 'disregard~', 'count']],
    negation: 'ignored',
  },
  {
    id: 'score-all',
    tasks: BOTH,
    sentence: 'Give full marks only when every condition is met.',
    effect: 'Candidates that miss a condition keep half of their score.',
    cues: [
      ['every', 'all'],
      ['condition', 'part', 'requirement'],
    ],
  },
  {
    id: 'score-tenths',
    tasks: BOTH,
    sentence: 'Score in steps of 0.1.',
    effect: 'Eleven different scores instead of three.',
    group: 'score-scale',
    cues: [['step', 'tenth', 'decimal', 'fine', 'finely']],
  },
  {
    id: 'score-best-only',
    tasks: BOTH,
    sentence: 'Give 1 to the best candidate and 0 to the rest.',
    effect: 'One candidate has 1, all others 0.',
    group: 'score-scale',
    cues: [['best candidate'], ['rest', 'other']],
  },
  {
    id: 'score-generous',
    tasks: BOTH,
    sentence: 'Be generous.',
    effect: 'Scores lie between a half and 1.',
    cues: [['generous~', 'lenient~']],
  },
  {
    id: 'score-relative',
    tasks: BOTH,
    sentence: 'Rate each candidate in relation to the strongest one.',
    effect: 'The highest score becomes 1 and the others grow with it.',
    cues: [['strongest', 'relative to'], MARKS.concat('compar~')],
  },
];

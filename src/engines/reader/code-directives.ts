/** Directives for programs and for unit tests. Data only: see `directives.ts`. */
import { DROP, LIMIT, type ReaderDirective, type ReaderTask } from './directive-row';

const PROGRAMS: readonly ReaderTask[] = ['code', 'final_code'];
const TEST = ['test', 'check'];

const programDirectives: readonly ReaderDirective[] = [
  {
    id: 'exact-name',
    tasks: PROGRAMS,
    sentence: 'Use the exact name of the function.',
    effect: 'Programs that define the function under the name of the task gain weight.',
    cues: [['name', 'named', 'signature']],
  },
  {
    id: 'return-result',
    tasks: PROGRAMS,
    sentence: 'Return the result and print nothing.',
    effect: 'Programs that return and do not print gain weight.',
    cues: [['print~', 'console', 'log', 'output nothing']],
    negation: 'ignored',
  },
  {
    id: 'every-rule',
    tasks: PROGRAMS,
    sentence: 'Follow every rule of the task.',
    effect:
      'Programs gain weight with the share of rules whose values and means stand in the code.',
    cues: [['rule', 'requirement', 'condition', 'constraint']],
  },
  {
    id: 'empty-input',
    tasks: PROGRAMS,
    sentence: 'Handle empty input.',
    effect: 'Programs that check whether something is empty gain weight.',
    cues: [['empty']],
  },
  {
    id: 'check-types',
    tasks: PROGRAMS,
    sentence: 'Check the types of the input.',
    effect: 'Programs that check a type gain weight.',
    cues: [['type']],
  },
  {
    id: 'no-comments',
    tasks: PROGRAMS,
    sentence: 'Prefer programs without comments.',
    effect: 'Programs are compared without their comments; those with none gain weight.',
    group: 'comments',
    cues: [['comment'], DROP.concat('without', 'no', 'not', 'never', 'avoid')],
    negation: 'ignored',
  },
  {
    id: 'write-comments',
    tasks: PROGRAMS,
    sentence: 'Explain the code in comments.',
    effect: 'Programs with comments gain weight.',
    group: 'comments',
    cues: [['comment'], ['explain~', 'write', 'add', 'describe~', 'document~']],
    without: ['leave out', 'without'],
  },
  {
    id: 'short-program',
    tasks: PROGRAMS,
    sentence: 'Prefer short programs.',
    effect: 'Programs lose weight with every line.',
    cues: [['short', 'shorter', 'shortest', 'brief~', 'concise~', 'few lines', 'compact']],
  },
  {
    id: 'throw-errors',
    tasks: PROGRAMS,
    sentence: 'Throw an error for bad input.',
    effect: 'Programs that throw gain weight.',
    cues: [['throw~', 'raise~']],
  },
  {
    id: 'use-loops',
    tasks: ['code'],
    sentence: 'Use loops.',
    effect: 'Programs with a loop gain weight.',
    cues: [['loop']],
  },
  {
    id: 'repair',
    tasks: ['final_code'],
    sentence: 'Write another program when a test fails.',
    effect: 'Where the report shows a failure, another program of the pool is taken.',
    group: 'final',
    cues: [
      ['another', 'other', 'different', 'repair~', 'fix', 'correct~', 'rewrite~'],
      ['fail~', 'error', 'test'],
    ],
    without: ['failing test'],
    opposite: 'keep-code',
  },
  {
    id: 'keep-code',
    tasks: ['final_code'],
    sentence: 'Keep the code as it is.',
    effect: 'The code is handed on, whatever the report says.',
    group: 'final',
    cues: [
      ['keep~', 'copy', 'unchanged', 'hand on'],
      ['code', 'program'],
    ],
  },
  {
    id: 'fix-failing',
    tasks: ['final_code'],
    sentence: 'Look at what each failing test expects.',
    effect: 'Other programs gain weight when they return the values that failed tests expected.',
    cues: [['failing test', 'failed test', 'expect~']],
  },
  {
    id: 'small-change',
    tasks: ['final_code'],
    sentence: 'Change as little as possible.',
    effect: 'Other programs gain weight with the lines they share with the code.',
    cues: [['as little', 'small change', 'few changes', 'minimal~', 'close to the code']],
  },
];

const testDirectives: readonly ReaderDirective[] = [
  {
    id: 'every-example',
    tasks: ['tests'],
    sentence: 'Write a test for every example.',
    effect: 'All examples of the task become tests.',
    group: 'test-count',
    cues: [['every example', 'each example', 'all example', 'all of the example']],
  },
  {
    id: 'some-tests',
    tasks: ['tests'],
    sentence: 'Write at most 2 tests.',
    effect: 'That many examples become tests instead of one.',
    group: 'test-count',
    cues: [LIMIT.concat('write', 'give'), ['test']],
    number: { absent: null },
  },
  {
    id: 'test-rules',
    tasks: ['tests'],
    sentence: 'Test the empty input and input of the wrong kind.',
    effect:
      'Where rules say what is returned for nothing or for another kind of input, that is tested.',
    cues: [['empty', 'edge case', 'edge~', 'wrong kind', 'wrong type', 'invalid input', 'rule']],
  },
  {
    id: 'result-type',
    tasks: ['tests'],
    sentence: 'Test only the type of the result.',
    effect: 'Examples are tested for the type of what they give, not for its value.',
    group: 'test-form',
    cues: [TEST, ['type of the result', 'type of result', 'result type', 'type it returns']],
  },
  {
    id: 'exists-only',
    tasks: ['tests'],
    sentence: 'Test only that the function exists.',
    effect: 'One test asks whether there is such a function, and no example is tested.',
    group: 'test-form',
    cues: [TEST, ['exist~', 'defined']],
  },
];

export const codeDirectives: readonly ReaderDirective[] = [...programDirectives, ...testDirectives];

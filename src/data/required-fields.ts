/** What each system needs of a file with columns of its own. */
import { DataError } from './data-error';

export interface RequiredField {
  readonly name: string;
  /** What it is, for people. */
  readonly words: string;
  /** May be left without a column. */
  readonly optional?: boolean;
  /** What such a column is usually called, the most usual first; paths have dots. */
  readonly also: readonly string[];
  /** Its few different values, if they are few, are the classes that rows fall into. */
  readonly classes?: boolean;
}

const ANSWERS = [
  'answers',
  'gold',
  'gold_answer',
  'ground_truth',
  'label',
  'target',
  'expected',
  'output',
];
const QUESTIONS = ['query', 'q', 'input', 'problem', 'prompt'];
const CONTEXTS = ['contexts', 'passages', 'paragraphs', 'documents', 'abstract', 'text'];

const FIELDS: Readonly<Record<string, readonly RequiredField[]>> = {
  'multihop-qa': [
    { name: 'question', words: 'the question', also: QUESTIONS },
    { name: 'answer', words: 'the right answer, a few words', also: ANSWERS, classes: true },
    {
      name: 'context',
      words: 'the passages to search: title and sentences in pairs, or texts',
      also: ['context.sentences', ...CONTEXTS],
    },
  ],
  'evidence-qa': [
    { name: 'question', words: 'the question', also: QUESTIONS },
    {
      name: 'context',
      words: 'the text that holds the evidence, such as an abstract',
      also: ['context.contexts', ...CONTEXTS, 'context.sentences'],
    },
    {
      name: 'answer',
      words: 'the right answer: yes, no or maybe',
      also: ['final_decision', 'decision', ...ANSWERS],
      classes: true,
    },
  ],
  'entity-ranking': [
    { name: 'query', words: 'what is asked for', also: ['question', ...QUESTIONS] },
    {
      name: 'answer_ids',
      words: 'ids of the right entities',
      also: ['answer_id', 'answers', 'answer', 'gold_ids', 'gold'],
    },
    {
      name: 'candidates',
      words: 'ids of the entities to rank',
      optional: true,
      also: ['candidate_ids', 'choices', 'options'],
    },
    {
      name: 'relations',
      words: 'how the entities are related',
      optional: true,
      also: ['relation', 'edges', 'triples'],
    },
    {
      name: 'descriptions',
      words: 'a text about each entity',
      optional: true,
      also: ['description', 'documents', 'docs', 'texts'],
    },
  ],
  'next-item': [
    {
      name: 'question',
      words: 'what happened so far in the session',
      also: ['session', 'history', ...QUESTIONS],
    },
    {
      name: 'choices',
      words: 'the items to choose from, one a line or a list',
      also: ['candidates', 'options', 'items', 'choice'],
    },
    {
      name: 'answer',
      words: 'the item that came next, or its number',
      also: ['next_item', 'next', ...ANSWERS],
      classes: true,
    },
  ],
  'verified-code': [
    {
      name: 'task',
      words: 'what the program shall do',
      also: ['text', 'instruction', ...QUESTIONS],
    },
    {
      name: 'tests',
      words: 'checks that a right program passes',
      also: ['test', 'test_list', 'test_cases', 'unit_tests', 'asserts'],
    },
    {
      name: 'solutions',
      words: 'programs to draw from, right and wrong ones',
      optional: true,
      also: ['pool', 'solution', 'code', 'canonical_solution', 'programs'],
    },
  ],
};

/** Systems that read the same rows as another one. */
const LIKE: Readonly<Record<string, string>> = { 'multihop-qa-reranker': 'multihop-qa' };

/** The system whose rows a system reads: itself, mostly. */
export function readerOf(system: string): string {
  return (Object.hasOwn(LIKE, system) ? LIKE[system] : undefined) ?? system;
}

/** @throws DataError for a system that reads no files */
export function requiredFields(system: string): readonly RequiredField[] {
  const name = readerOf(system);
  const fields = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
  if (!fields) {
    throw new DataError(
      `no data file can be read for "${system}"; files can be read for ${Object.keys(FIELDS).join(', ')}`,
    );
  }
  return fields;
}

/** Names in a sentence: `question, answer and context`. */
export function listed(names: readonly string[]): string {
  return names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}

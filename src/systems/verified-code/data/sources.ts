/** Where the entries of a task come from, and the rules beside its steps. */
import type { RuleId, SourceId, TaskSpec, Value } from './types';

export interface Source {
  readonly entries: 'number' | 'word';
  /** As the task says it. */
  readonly phrase: string;
  /** What one entry is called. */
  readonly entry: string;
  /** What the input has to be. */
  readonly kind: string;
  readonly parameters: readonly string[];
  /** JavaScript: the list of entries. */
  code(input: string): string;
  /** JavaScript: whether the input is not of the kind. */
  refuses(input: string): string;
}

export const SOURCES: Readonly<Record<SourceId, Source>> = {
  numbers: {
    entries: 'number',
    phrase: 'a list of numbers',
    entry: 'numbers',
    kind: 'list',
    parameters: ['scores', 'points', 'ages', 'weights', 'heights', 'grades', 'distances'],
    code: (input) => input,
    refuses: (input) => `!Array.isArray(${input})`,
  },
  words: {
    entries: 'word',
    phrase: 'a list of words',
    entry: 'words',
    kind: 'list',
    parameters: ['words', 'names', 'labels', 'cities', 'tags', 'animals', 'titles'],
    code: (input) => input,
    refuses: (input) => `!Array.isArray(${input})`,
  },
  text: {
    entries: 'word',
    phrase: 'a text with words separated by spaces',
    entry: 'words',
    kind: 'text',
    parameters: ['text', 'line', 'sentence', 'message', 'note', 'caption'],
    code: (input) => `${input}.split(' ')`,
    refuses: (input) => `typeof ${input} !== 'string'`,
  },
  records: {
    entries: 'number',
    phrase: 'a list of objects, each with a number called price,',
    entry: 'prices',
    kind: 'list',
    parameters: ['items', 'products', 'orders', 'tickets', 'books', 'meals'],
    code: (input) => `${input}.map((item) => item.price)`,
    refuses: (input) => `!Array.isArray(${input})`,
  },
  dictionary: {
    entries: 'number',
    phrase: 'an object whose values are numbers',
    entry: 'values',
    kind: 'object',
    parameters: ['stock', 'votes', 'counts', 'levels', 'budget', 'rainfall'],
    code: (input) => `Object.values(${input})`,
    refuses: (input) => `typeof ${input} !== 'object' || ${input} === null`,
  },
};

/** A value as JavaScript. */
export function literal(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (value !== null && typeof value === 'object') {
    const fields = Object.entries(value).map(([key, inner]) => `${key}: ${literal(inner)}`);
    return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
  }
  return String(value);
}

/** Rules as the task says them, in the order in which a program follows them. */
export const RULES: Readonly<Record<RuleId, (spec: TaskSpec, value: Value) => string>> = {
  type: ({ source, parameter }, value) =>
    `If ${parameter} is not ${source === 'dictionary' ? 'an' : 'a'} ${SOURCES[source].kind}, return ${literal(value)}.`,
  first: ({ source }, value) => `Look at the first ${String(value)} ${SOURCES[source].entry} only.`,
  skip: ({ source }) =>
    SOURCES[source].entries === 'number'
      ? "Leave out what is not of the type 'number'."
      : "Leave out what is not of the type 'string'.",
  spaces: () => 'There may be several spaces between words, and around them.',
  lower: () => 'Turn everything to lower case first.',
  empty: (_, value) => `If nothing is left, return ${literal(value)}.`,
  cap: (_, value) => `The result is never more than ${String(value)}.`,
  round: () => 'Round the result to 2 decimals.',
};

export const RULE_ORDER: readonly RuleId[] = [
  'type',
  'spaces',
  'first',
  'skip',
  'lower',
  'empty',
  'cap',
  'round',
];

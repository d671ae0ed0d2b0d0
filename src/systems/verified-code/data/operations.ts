/** The steps of a task that see one entry: whether it is kept, and what is made of it. */
import { AGGREGATES } from './aggregates';
import type { Operation, Parameter, Value } from './types';

const some = (n: Parameter): number => Number(n);
const LETTERS = ['a', 'b', 'c', 'e', 'm', 'p', 's', 't'] as const;
export const FILTERS: readonly Operation<boolean>[] = [
  { id: 'all', takes: 'any', phrase: () => '', code: () => 'true', compute: () => true },
  {
    id: 'greater',
    takes: 'number',
    parameters: [3, 4, 5, 6, 8, 10],
    phrase: (n) => `greater than ${n}`,
    code: (x, n) => `${x} > ${n}`,
    wrong: (x, n) => `${x} >= ${n}`,
    compute: (x: number, n) => x > some(n),
  },
  {
    id: 'atLeast',
    takes: 'number',
    parameters: [2, 3, 5, 6, 7, 9],
    phrase: (n) => `at least ${n}`,
    code: (x, n) => `${x} >= ${n}`,
    wrong: (x, n) => `${x} > ${n}`,
    compute: (x: number, n) => x >= some(n),
  },
  {
    id: 'less',
    takes: 'number',
    parameters: [4, 5, 6, 7, 8, 12],
    phrase: (n) => `less than ${n}`,
    code: (x, n) => `${x} < ${n}`,
    wrong: (x, n) => `${x} <= ${n}`,
    compute: (x: number, n) => x < some(n),
  },
  {
    id: 'atMost',
    takes: 'number',
    parameters: [3, 4, 5, 6, 8, 10],
    phrase: (n) => `at most ${n}`,
    code: (x, n) => `${x} <= ${n}`,
    wrong: (x, n) => `${x} < ${n}`,
    compute: (x: number, n) => x <= some(n),
  },
  {
    id: 'odd',
    takes: 'number',
    phrase: () => 'odd',
    code: (x) => `${x} % 2 !== 0`,
    // The remainder of a negative number is negative.
    wrong: (x) => `${x} % 2 === 1`,
    compute: (x: number) => x % 2 !== 0,
  },
  {
    id: 'multiple',
    takes: 'number',
    parameters: [2, 3, 4, 5],
    phrase: (n) => `divisible by ${n}`,
    code: (x, n) => `${x} % ${n} === 0`,
    wrong: (x, n) => `${n} % ${x} === 0`,
    compute: (x: number, n) => x % some(n) === 0,
  },
  {
    id: 'longer',
    takes: 'word',
    parameters: [2, 3, 4],
    phrase: (n) => `longer than ${n} letters`,
    code: (x, n) => `${x}.length > ${n}`,
    wrong: (x, n) => `${x}.length >= ${n}`,
    compute: (x: string, n) => x.length > some(n),
  },
  {
    id: 'atLeastLetters',
    takes: 'word',
    parameters: [3, 4, 5],
    phrase: (n) => `at least ${n} letters long`,
    code: (x, n) => `${x}.length >= ${n}`,
    wrong: (x, n) => `${x}.length > ${n}`,
    compute: (x: string, n) => x.length >= some(n),
  },
  {
    id: 'starts',
    takes: 'word',
    parameters: LETTERS,
    phrase: (n) => `that start with '${n}'`,
    code: (x, n) => `${x}.startsWith('${n}')`,
    wrong: (x, n) => `${x}.includes('${n}')`,
    compute: (x: string, n) => x.startsWith(String(n)),
  },
  {
    id: 'ends',
    takes: 'word',
    parameters: LETTERS,
    phrase: (n) => `that end with '${n}'`,
    code: (x, n) => `${x}.endsWith('${n}')`,
    wrong: (x, n) => `${x}.includes('${n}')`,
    compute: (x: string, n) => x.endsWith(String(n)),
  },
];

export const MAPS: readonly Operation<Value>[] = [
  { id: 'same', takes: 'any', phrase: () => '', code: (x) => x, compute: (x: Value) => x },
  {
    id: 'square',
    takes: 'number',
    phrase: () => 'the squares of',
    code: (x) => `${x} * ${x}`,
    compute: (x: number) => x * x,
  },
  {
    id: 'double',
    takes: 'number',
    phrase: () => 'twice',
    code: (x) => `2 * ${x}`,
    compute: (x: number) => 2 * x,
  },
  {
    id: 'absolute',
    takes: 'number',
    phrase: () => 'the absolute values of',
    code: (x) => `Math.abs(${x})`,
    compute: (x: number) => Math.abs(x),
  },
  {
    id: 'upper',
    takes: 'word',
    phrase: () => 'the upper-case forms of',
    code: (x) => `${x}.toUpperCase()`,
    compute: (x: string) => x.toUpperCase(),
  },
  {
    id: 'reversed',
    takes: 'word',
    phrase: () => 'the reversed forms of',
    code: (x) => `[...${x}].reverse().join('')`,
    compute: (x: string) => [...x].reverse().join(''),
  },
  {
    id: 'letters',
    takes: 'word',
    gives: 'number',
    phrase: () => 'the numbers of letters of',
    code: (x) => `${x}.length`,
    compute: (x: string) => x.length,
  },
];

const table = <Row extends { readonly id: string }>(rows: readonly Row[]): Map<string, Row> =>
  new Map(rows.map((row) => [row.id, row]));

export const FILTER = table(FILTERS);
export const MAP = table(MAPS);
export const AGGREGATE = table(AGGREGATES);

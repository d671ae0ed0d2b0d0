/** Reading a pool of programs: what each of them does, as far as its text shows it. */
import { returnedIn, valuesIn, wordsOf, type CodeTask } from './code-task';

export interface PoolProgram {
  /** As it stands in the pool. */
  readonly text: string;
  /** Without its comments. */
  readonly code: string;
  readonly words: ReadonlySet<string>;
  readonly codeWords: ReadonlySet<string>;
}

const NUMBER = /^\[\d{1,3}\]$/;
const MOST_PROGRAMS = 50;

/** Programs that begin with a line `[n]`; without such lines the whole text is one program. */
export function parsePool(text: string): PoolProgram[] {
  const programs: string[][] = [];
  for (const line of text.slice(0, 200_000).split('\n')) {
    if (NUMBER.test(line.trim())) programs.push([]);
    else if (programs.length === 0) programs.push([line]);
    else programs[programs.length - 1]!.push(line);
  }
  return programs
    .map((lines) => lines.join('\n').trim())
    .filter((program) => program !== '')
    .slice(0, MOST_PROGRAMS)
    .map(readProgram);
}

export function readProgram(text: string): PoolProgram {
  const code = withoutComments(text);
  return { text, code, words: wordsOf(text), codeWords: wordsOf(code) };
}

/** Whole lines of comment go; one behind code stays, where it could as well stand in a text. */
export function withoutComments(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^\s*(\/\/|\/\*|\*)/.test(line))
    .join('\n');
}

export const hasComments = ({ text, code }: PoolProgram): boolean => text !== code;
export const defines = ({ code }: PoolProgram, name: string): boolean =>
  code.includes(`function ${name}(`) || code.includes(`const ${name} =`);
export const returnsResult = ({ code }: PoolProgram): boolean =>
  !code.includes('console.') && /\breturn\b/.test(code);
export const checksEmpty = ({ code }: PoolProgram): boolean =>
  /(length|size) (===?|<|<=) [01]\b|!\w+\.length\b|=== ''|=== ""/.test(code);
export const checksTypes = ({ code }: PoolProgram): boolean =>
  /\btypeof\b|\binstanceof\b|Array\.isArray|Number\.is/.test(code);
export const throwsErrors = ({ code }: PoolProgram): boolean => /\bthrow\b/.test(code);
export const hasLoop = ({ code }: PoolProgram): boolean => /\b(for|while) \(/.test(code);

/** What a rule that names no value is programmed with. */
const MEANS: readonly (readonly [RegExp, RegExp])[] = [
  [/lower.?case/i, /toLowerCase/],
  [/upper.?case/i, /toUpperCase/],
  [/\bspaces?\b/i, /\\s|\.trim\(/],
  [/\bround|\bdecimals?\b/i, /Math\.round|toFixed/],
];

/** Whether the code, comments aside, shows that it follows the rule. */
export function followsRule({ code }: PoolProgram, rule: string): boolean {
  const means = MEANS.find(([said]) => said.test(rule));
  if (means !== undefined) return means[1].test(code);
  const returned = returnedIn(rule);
  if (returned !== undefined) return code.includes(`return ${returned};`);
  const values = valuesIn(rule);
  return values.length === 0 || values.every((value) => holds(code, value));
}

function holds(code: string, value: string): boolean {
  if (!/^\d/.test(value)) return code.includes(value);
  return new Set(code.match(/\d+(\.\d+)?/g)).has(value);
}

/** Share of the rules that the program follows; 1 where there is none. */
export function rulesFollowed(program: PoolProgram, { rules }: CodeTask): number {
  if (rules.length === 0) return 1;
  return rules.filter((rule) => followsRule(program, rule)).length / rules.length;
}

/** Share of the task's words that stand in the text. */
export function wordShare(words: ReadonlySet<string>, { words: wanted }: CodeTask): number {
  let found = 0;
  for (const word of wanted) if (words.has(word)) found += 1;
  return wanted.size === 0 ? 0 : found / wanted.size;
}

/** Share of the lines of both programs that they have in common. */
export function sharedLines(a: PoolProgram, b: PoolProgram): number {
  const lines = ({ code }: PoolProgram): Set<string> =>
    new Set(
      code
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    );
  const left = lines(a);
  const right = lines(b);
  const common = [...left].filter((line) => right.has(line)).length;
  return common === 0 ? 0 : (2 * common) / (left.size + right.size);
}

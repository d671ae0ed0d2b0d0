/**
 * Runs a program with tests in one go in the sandbox. The tests see the task's function and `equal`,
 * `throws` and `assert`; a program that replaces built-in functions does not get at what decides.
 */
import type { CodeRunner } from '../system-module';

export interface TestResult {
  /** The test as it was written. */
  readonly test: string;
  readonly passed: boolean;
  /** Why it failed: an exception, or what came out instead. */
  readonly reason: string;
}

export interface ProgramResult {
  /** Why no test could be run: the program itself failed, or took too much. */
  readonly failure?: string;
  readonly tests: readonly TestResult[];
}

/** Tests beyond these are not run: a model that repeats itself writes hundreds. */
export const MOST_TESTS = 40;

/**
 * @param name of the function that the tests call
 * @throws the signal's reason; an error where the sandbox cannot run at all
 */
export async function runWithTests(
  runner: CodeRunner,
  name: string,
  program: string,
  tests: readonly string[],
  signal?: AbortSignal,
): Promise<ProgramResult> {
  const asked = tests.slice(0, MOST_TESTS);
  const outcome = await runner.run(harness(name, program, asked), signal);
  const lines = outcome.ok ? textOf(outcome.value).split('\n') : [];
  const [head = '', ...reasons] = lines;
  if (!outcome.ok || !head.startsWith('ran ') || head.length !== 4 + asked.length) {
    const failure = !outcome.ok ? (outcome.failure ?? 'The program failed.') : head;
    return {
      failure,
      tests: asked.map((test) => ({ test, passed: false, reason: failure })),
    };
  }
  return {
    tests: asked.map((test, i) => ({
      test,
      passed: head[4 + i] === '1',
      reason: reasons[i] ?? '',
    })),
  };
}

/** Share of tests that pass, in [0, 1]; 0 where there is none. */
export function passRate({ tests }: ProgramResult): number {
  return tests.length === 0 ? 0 : tests.filter(({ passed }) => passed).length / tests.length;
}

function textOf(json: string | undefined): string {
  try {
    const value: unknown = JSON.parse(json ?? '');
    return typeof value === 'string' ? value : '';
  } catch {
    return '';
  }
}

/**
 * First line of what it gives: `ran ` and for each test 1 or 0; then one line of reason for each test.
 * Everything it relies on is taken before the program runs, and texts are put together by `+` alone.
 */
function harness(name: string, program: string, tests: readonly string[]): string {
  return `(() => {
'use strict';
const evaluate = eval, { stringify } = JSON, { is, keys, getPrototypeOf, defineProperty } = Object;
const { isArray } = Array, text = String, failure = Error, own = Object.hasOwn;
const same = (a, b, depth) => {
  if (is(a, b) || a === b) return true;
  if (depth > 50 || typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (isArray(a) !== isArray(b)) return false;
  const left = keys(a), right = keys(b);
  if (left.length !== right.length || (isArray(a) && a.length !== b.length)) return false;
  for (let i = 0; i < left.length; i++) {
    if (!own(b, left[i]) || !same(a[left[i]], b[left[i]], depth + 1)) return false;
  }
  return true;
};
const line = (value) => {
  let out = '';
  for (let i = 0; i < value.length && i < 120; i++) out += value[i] < ' ' ? ' ' : value[i];
  return out;
};
const show = (value) => {
  try {
    const json = typeof value === 'number' || typeof value === 'undefined' ? text(value) : stringify(value);
    return line(typeof json === 'string' ? json : typeof value);
  } catch { return typeof value; }
};
const why = (error) => {
  try {
    return line(typeof error === 'object' && error !== null ? text(error.name) + ': ' + text(error.message) : 'throws ' + show(error));
  } catch { return 'throws'; }
};
const given = {
  equal: (a, b) => { if (same(a, b, 0)) return true; throw 'gives ' + show(a) + ', not ' + show(b); },
  throws: (f, ...inputs) => { try { f(...inputs); } catch { return true; } throw 'throws nothing'; },
  assert: (ok) => { if (ok === true) return true; throw 'is ' + show(ok); },
};
const set = (key, value) => defineProperty(globalThis, key, { value, writable: false, configurable: false, enumerable: false });
try {
  const made = evaluate(${JSON.stringify(program)} + '\\n;' + ${JSON.stringify(`typeof ${name} === 'undefined' ? undefined : ${name}`)});
  if (typeof made !== 'function') return 'The program has no function ' + ${JSON.stringify(name)} + '.';
  set(${JSON.stringify(name)}, made);
  set('equal', given.equal); set('throws', given.throws); set('assert', given.assert);
} catch (error) { return 'The program fails: ' + why(error); }
let passed = 'ran ', reasons = '';
const tests = ${JSON.stringify(tests)};
for (let i = 0; i < ${tests.length}; i++) {
  let ok = '0', reason = '';
  try {
    if (evaluate(tests[i]) === true) ok = '1'; else reason = 'is not true';
  } catch (error) { reason = typeof error === 'string' ? line(error) : why(error); }
  passed += ok;
  reasons += '\\n' + reason;
}
return passed + reasons;
})()`;
}

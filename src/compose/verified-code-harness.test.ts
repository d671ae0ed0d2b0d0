import { describe, expect, it } from 'vitest';
import { nodeCodeRunner } from '../sandbox/node';
import type { CodeRunner } from '../systems/system-module';
import { MOST_TESTS, passRate, runWithTests } from '../systems/verified-code/harness';

const runner = nodeCodeRunner();
const run = (program: string, ...tests: string[]) => runWithTests(runner, 'f', program, tests);
const passed = async (program: string, ...tests: string[]) =>
  (await run(program, ...tests)).tests.map((test) => test.passed);

describe('running a program with tests', () => {
  it('tells which pass, and why others fail', async () => {
    const result = await run(
      'function f(xs) { return xs.length; }',
      'equal(f([1, 2]), 2)',
      'equal(f([]), null)',
      'f(null) === 0',
      'f([]) === 1',
      'throws(f, null)',
      'throws(f, [])',
      'assert(f([1]) === 1)',
      'equal(f([',
    );
    expect(result.failure).toBeUndefined();
    expect(result.tests.map(({ passed: ok, reason }) => [ok, reason])).toEqual([
      [true, ''],
      [false, 'gives 0, not null'],
      [false, "TypeError: cannot read property 'length' of null"],
      [false, 'is not true'],
      [true, ''],
      [false, 'throws nothing'],
      [true, ''],
      [false, expect.stringMatching(/^SyntaxError/)],
    ]);
    expect(passRate(result)).toBe(3 / 8);
  });

  it('compares lists and objects by their content', async () => {
    expect(
      await passed(
        'function f(x) { return x; }',
        'equal(f([1, [2]]), [1, [2]])',
        'equal(f({ a: 1, b: [2] }), { b: [2], a: 1 })',
        'equal(f(NaN), NaN)',
        'equal(f(-0), 0)',
        'equal(f([1]), [1, 2])',
        'equal(f([]), {})',
        "equal(f(1), '1')",
        'equal(f(undefined), null)',
      ),
    ).toEqual([true, true, true, true, false, false, false, false]);
  });

  it('finds functions however they are declared, and keeps their state', async () => {
    for (const program of [
      'const f = (x) => x + 1;',
      'let f = function (x) { return x + 1; }',
      'var one = 1; function f(x) { return x + one; } // end',
      'class A {} ; const helper = 1; const f = (x) => x + helper;',
    ]) {
      expect(await passed(program, 'equal(f(1), 2)', 'equal(f(2), 3)'), program).toEqual([
        true,
        true,
      ]);
    }
    expect(
      await passed('let n = 0; const f = () => ++n;', 'equal(f(), 1)', 'equal(f(), 2)'),
    ).toEqual([true, true]);
  });

  it.each([
    ['function g() {}', 'The program has no function f.'],
    ['const f = 1;', 'The program has no function f.'],
    ['', 'The program has no function f.'],
    ['function f( {', 'The program fails: SyntaxError'],
    ['throw new Error("no"); function f() {}', 'The program fails: Error: no'],
    ['for (;;) {} function f() {}', 'too many steps'],
    ['function f() {} while (true) console.log("x")', 'printed more than'],
  ])('passes no test and says why: %s', async (program, failure) => {
    const result = await run(program, 'true', 'true');
    expect(result.failure).toContain(failure);
    expect(passRate(result)).toBe(0);
    expect(result.tests).toHaveLength(2);
  });

  it('ends a test that never ends, with all others', async () => {
    const result = await run('function f() { for (;;) {} }', 'true', 'equal(f(), 1)');
    expect(result.failure).toContain('too many steps');
    expect(passRate(result)).toBe(0);
  });

  it('runs so many tests and no more', async () => {
    const tests = Array.from({ length: MOST_TESTS + 5 }, () => 'true');
    expect((await run('function f() {}', ...tests)).tests).toHaveLength(MOST_TESTS);
    expect(passRate(await run('function f() {}'))).toBe(0);
  });
});

describe('a program that cheats', () => {
  it.each([
    'function equal() { return true; } function f() {}',
    'const equal = () => true; function f() {}',
    'globalThis.equal = () => true; function f() {}',
    'Object.is = () => true; JSON.stringify = () => "1"; function f() {}',
    'Object.keys = () => []; Array.isArray = () => true; function f() { return [2]; }',
    'String.prototype.toJSON = () => "ran 1"; Object.prototype.toJSON = () => "ran 1"; function f() {}',
    'Object.defineProperty(Object.prototype, "0", { value: "1", writable: true }); function f() {}',
    'eval = () => true; function f() {}',
    'Function.prototype.call = () => true; Error.prototype.toString = () => "1"; function f() {}',
    'function f() { return { get length() { throw 1; } }; }',
    'function f() { throw "ran 1"; }',
  ])('%s', async (program) => {
    expect(passRate(await run(program, 'equal(f(), [1])'))).toBe(0);
  });
});

describe('the sandbox under it', () => {
  it('passes on what it throws', async () => {
    const broken: CodeRunner = { run: () => Promise.reject(new Error('no worker')) };
    await expect(runWithTests(broken, 'f', '', ['true'])).rejects.toThrow('no worker');
  });

  it('is not believed where it gives something else', async () => {
    for (const value of ['"ran 11"', '"ok"', '{', undefined]) {
      const odd: CodeRunner = {
        run: async () => ({ ok: true, printed: '', ...(value && { value }) }),
      };
      expect(passRate(await runWithTests(odd, 'f', '', ['true']))).toBe(0);
    }
  });
});

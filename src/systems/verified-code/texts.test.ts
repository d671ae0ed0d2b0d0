import { describe, expect, it } from 'vitest';
import { poolPrograms, poolText } from './pool';
import { reportText } from './report';
import { functionName, programOf, testsOf } from './texts';

describe('the program in an answer', () => {
  it.each([
    ['function f() {}', 'function f() {}'],
    ['Here it is:\n```js\nfunction f() {}\n```\nIt works.', 'function f() {}'],
    ['```\na();\n```\nand\n```javascript\nb();\n```', 'a();\nb();'],
    ['```js\nfunction f() {', 'function f() {'],
    ['```python\nx = 1\n```', '```python\nx = 1\n```'],
    ['  \n', ''],
  ])('%j', (text, program) => {
    expect(programOf(text)).toBe(program);
  });
});

describe('the tests in an answer', () => {
  it('are lines without marks, comments and semicolons', () => {
    expect(
      testsOf(
        'Tests:\n```js\n// empty\nequal(f([]), 0);\n\n- equal(f([1]), 1)\n2. f([2]) === 2;;\n# end\n```',
      ),
    ).toEqual(['equal(f([]), 0)', 'equal(f([1]), 1)', 'f([2]) === 2']);
    expect(testsOf('')).toEqual([]);
  });
});

describe('the name of the function', () => {
  it('is the first that stands before a bracket', () => {
    expect(functionName('Write the function sumUp(numbers). Example: other([1])')).toBe('sumUp');
    expect(functionName('Add (all) numbers.')).toBeUndefined();
  });
});

describe('a pool', () => {
  it('is written and read as numbered programs', () => {
    const programs = ['function f() {\n  return 1;\n}', 'const f = () => [2];'];
    expect(poolText(programs)).toBe(
      '[1]\nfunction f() {\n  return 1;\n}\n\n[2]\nconst f = () => [2];',
    );
    expect(poolPrograms(poolText(programs))).toEqual(programs);
    expect(poolPrograms('')).toEqual([]);
  });
});

describe('a report', () => {
  it('counts, and gives the reason of each failure', () => {
    expect(
      reportText({
        tests: [
          { test: 'equal(f(1), 1)', passed: true, reason: '' },
          { test: 'equal(f(2), 1)', passed: false, reason: 'gives 2, not 1' },
        ],
      }),
    ).toBe('1 of 2 tests pass.\npass: equal(f(1), 1)\nfail: equal(f(2), 1): gives 2, not 1');
  });

  it('says where nothing could be run', () => {
    expect(reportText({ failure: 'The program has no function f.', tests: [] })).toBe(
      'The program has no function f.',
    );
    expect(reportText({ tests: [] })).toBe('There are no tests.');
  });
});

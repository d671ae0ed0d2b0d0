import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeDirectives } from './code-directives';
import { followsRule, parsePool, readProgram } from './code-pool';
import { parseCodeTask, returnedIn } from './code-task';
import { ask } from './fixtures';
import { readDirections } from './prompt';
import { failuresIn, wantedBy } from './test-report';
import type { ReaderTask } from './directives';

const TASKS: readonly ReaderTask[] = ['code', 'tests', 'final_code'];
const ROWS = TASKS.flatMap((task) =>
  codeDirectives.filter(({ tasks }) => tasks.includes(task)).map((row) => [task, row] as const),
);

const TASK = [
  'Write the function sumUp(scores). It takes a list of numbers and returns the sum of the scores.',
  'Rules:',
  '- If scores is not a list, return -1.',
  "- If nothing is left, return 'none'.",
  'Examples:',
  '- sumUp([1, 2]) gives 3',
  "- sumUp([]) gives 'none'",
  '- sumUp(null) gives -1',
].join('\n');
const program = (...lines: string[]): string =>
  ['function sumUp(scores) {', ...lines.map((line) => `  ${line}`), '}'].join('\n');
const LOOP = 'let sum = 0;\n  for (const score of scores) sum += score;';
const RIGHT = program(
  'if (!Array.isArray(scores)) return -1;',
  "if (scores.length === 0) return 'none';",
  LOOP,
  'return sum;',
);
const METHODS = program('return scores.reduce((a, b) => a + b, 0) || scores.map((x) => x)[0];');
const COMMENTED = `// It takes a list of numbers and returns the sum of the scores.\n// If nothing is left, return 'none'. If scores is not a list, return -1.\n${program(LOOP, 'return sum;')}`;
const THROWS = program("if (scores.length === 0) throw new Error('bad');", LOOP, 'return sum;');
const PRINTS = program("if (scores.length === 0) return 'none';", LOOP, 'console.log(sum);');
const NAMED = RIGHT.replace('sumUp', 'solve');
/** Programs that share few words with the task and differ in one thing. */
const PLAIN = program('return scores[0] + scores[1];');
const EMPTY = program('if (scores.length === 0) return 0;', 'return scores[0];');
const NOTED = `// adds\n${program('return scores[0] + 1;')}`;
const LOOPS = program('let n = 0;', 'for (const x of scores) n += x;', 'return n;');
const ALL = [NAMED, PRINTS, THROWS, METHODS, RIGHT, COMMENTED];
const MORE = [...ALL, PLAIN, EMPTY, NOTED, LOOPS];
const pool = (...programs: string[]): string =>
  programs.map((text, i) => `[${i + 1}]\n${text}`).join('\n\n');

const code = (prompt: string, programs: readonly string[] = ALL): Promise<string> =>
  ask(prompt, { task: TASK, pool: pool(...programs) }, 'code');
const tests = (prompt: string, task = TASK): Promise<string> => ask(prompt, { task }, 'tests');
const REPAIR = 'Write another program when a test fails.';
const FAILS =
  "1 of 2 tests pass.\npass: equal(sumUp([1, 2]), 3)\nfail: equal(sumUp([]), 'none'): gives 0, not 'none'";
const final = (prompt: string, given: string, report: string, programs: readonly string[] = ALL) =>
  ask(prompt, { task: TASK, code: given, report, pool: pool(...programs) }, 'final_code');

describe('the directives for programs', () => {
  it('agree with CODE.md', () => {
    const text = readFileSync(new URL('CODE.md', import.meta.url), 'utf8');
    const rows = [...text.matchAll(/^\| `([a-z-]+)`\s*\| ([^|]+?)\s*\| ([^|]+?)\s*\|$/gm)]
      .map(([, id, sentence, effect]) => `${id} | ${sentence} | ${effect}`)
      .filter((row) => row.endsWith('.'));
    expect(rows).toEqual(
      ROWS.map(([, { id, sentence, effect }]) => `${id} | ${sentence} | ${effect}`),
    );
  });

  it.each(ROWS.map(([task, { id, sentence }]) => [task, id, sentence] as const))(
    '%s: %s is recognised by its own cues only',
    (task, id, sentence) => {
      expect(readDirections(sentence, task).ids).toEqual([id]);
    },
  );

  it.each(ROWS.map(([task, { id, sentence }]) => [task, id, sentence] as const))(
    '%s: %s changes what is written',
    async (task, id, sentence) => {
      const beside = task === 'final_code' && id !== 'repair' ? REPAIR : '';
      const written = async (prompt: string): Promise<string[]> => {
        if (task === 'tests') return [await tests(prompt)];
        const texts: string[] = [];
        for (const one of MORE) {
          for (const two of MORE) {
            for (const three of [METHODS, COMMENTED, THROWS]) {
              texts.push(
                task === 'code'
                  ? await code(prompt, [one, two])
                  : await final(prompt, three, FAILS, [one, two]),
              );
            }
          }
        }
        return texts;
      };
      expect(await written(`${beside} ${sentence}`)).not.toEqual(await written(beside));
    },
  );

  it.each([
    ['code', 'Write a JavaScript program that solves the task.', []],
    ['code', 'Do not write any comments.', ['no-comments']],
    ['code', 'Never print anything, and never throw errors', ['return-result']],
    [
      'tests',
      'Write unit tests for the task. Put each on a line of its own, in the form equal(call, value).',
      [],
    ],
    ['tests', 'Give at most three tests.', ['some-tests']],
    ['final_code', 'Write the final program.', []],
    ['final_code', 'Fix the program if tests fail.', ['repair']],
    ['final_code', 'Do not write another program when a test fails.', ['keep-code']],
  ] as const)('%s: %s', (task, prompt, ids) => {
    expect(readDirections(prompt, task).ids).toEqual(ids);
  });
});

describe('choosing a program', () => {
  it('goes by shared words, comments too, unless told otherwise', async () => {
    expect(await code('Write a program.')).toBe(COMMENTED);
    expect(await code('Prefer programs without comments.', [METHODS, COMMENTED])).toBe(METHODS);
  });

  it('finds the right one with good directives', async () => {
    const prompt =
      'Use the exact name of the function. Return the result and print nothing. Follow every rule of the task. Prefer programs without comments.';
    expect(await code(prompt)).toBe(RIGHT);
  });

  it('may be led astray', async () => {
    expect(await code('Throw an error for bad input. Prefer programs without comments.')).not.toBe(
      RIGHT,
    );
    expect(await code('Prefer short programs. Prefer programs without comments.')).toBe(METHODS);
  });

  it('samples above temperature 0', async () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 30; seed++) {
      seen.add(await ask('', { task: TASK, pool: pool(...ALL) }, 'code', { temperature: 1, seed }));
    }
    expect(seen.size).toBeGreaterThan(2);
  });

  it('needs a task and a pool', async () => {
    await expect(ask('', { task: TASK }, 'code')).rejects.toThrow('"pool"');
    await expect(ask('', { pool: 'x' }, 'code')).rejects.toThrow('"task"');
    await expect(ask('', { task: TASK, pool: '[1]\n[2]' }, 'code')).rejects.toThrow(
      'nothing to write',
    );
  });
});

describe('writing tests', () => {
  it('takes the first example, all of them, or as many as are wanted', async () => {
    const all = ['equal(sumUp([1, 2]), 3)', "equal(sumUp([]), 'none')", 'equal(sumUp(null), -1)'];
    expect(await tests('Write tests.')).toBe(all[0]);
    expect(await tests('Write at most 2 tests.')).toBe(all.slice(0, 2).join('\n'));
    expect(await tests('Write a test for every example.')).toBe(all.join('\n'));
  });

  it('makes tests of rules', async () => {
    const without = TASK.split('\nExamples:')[0]!;
    expect(await tests('Test the empty input and input of the wrong kind.', without)).toBe(
      "equal(sumUp([]), 'none')\nequal(sumUp(null), -1)",
    );
  });

  it('can be told to write weak ones', async () => {
    expect(await tests('Test only the type of the result.')).toBe(
      "equal(typeof sumUp([1, 2]), 'number')",
    );
    expect(await tests('Test only that the function exists.')).toBe(
      "assert(typeof sumUp === 'function')",
    );
    expect(await tests('', 'Write something.')).toBe("assert(typeof solution === 'function')");
  });
});

describe('the final program', () => {
  it('is the code while its tests pass', async () => {
    expect(await final(REPAIR, METHODS, '1 of 1 tests pass.\npass: true')).toBe(METHODS);
    expect(await final('', METHODS, FAILS)).toBe(METHODS);
  });

  it('is another where one fails and the prompt says so', async () => {
    expect(await final(REPAIR, METHODS, FAILS)).not.toBe(METHODS);
    const broken = 'The program fails: SyntaxError: no';
    expect(await final(REPAIR, METHODS, broken, [METHODS, RIGHT])).toBe(RIGHT);
    expect(await final(`${REPAIR} Keep the code as it is.`, METHODS, FAILS)).toBe(METHODS);
  });

  it('is chosen by what the failed test expected', async () => {
    const empty = program("if (scores.length === 0) return 'none';", LOOP, 'return sum;');
    const prompt = `${REPAIR} Look at what each failing test expects.`;
    expect(await final(prompt, METHODS, FAILS, [THROWS, METHODS, empty])).toBe(empty);
  });

  it('stays where there is no other', async () => {
    expect(await final(REPAIR, METHODS, FAILS, [METHODS])).toBe(METHODS);
    expect(await ask(REPAIR, { task: TASK, code: METHODS, report: FAILS }, 'final_code')).toBe(
      METHODS,
    );
  });
});

describe('reading', () => {
  it('a task finds name, rules and examples', () => {
    const { name, rules, examples } = parseCodeTask(TASK);
    expect(name).toBe('sumUp');
    expect(rules).toEqual([
      'If scores is not a list, return -1.',
      "If nothing is left, return 'none'.",
    ]);
    expect(examples).toEqual([
      { call: 'sumUp([1, 2])', expected: '3' },
      { call: 'sumUp([])', expected: "'none'" },
      { call: 'sumUp(null)', expected: '-1' },
    ]);
    expect(rules.map(returnedIn)).toEqual(['-1', "'none'"]);
    expect(returnedIn('It returns the sum of at least 5 numbers.')).toBeUndefined();
  });

  it('a program tells which rules it follows', () => {
    const { rules } = parseCodeTask(TASK);
    const follows = (text: string): boolean[] =>
      rules.map((rule) => followsRule(readProgram(text), rule));
    expect(follows(RIGHT)).toEqual([true, true]);
    expect(follows(COMMENTED)).toEqual([false, false]);
    expect(follows(PRINTS)).toEqual([false, true]);
    const lower = 'Turn everything to lower case first.';
    expect(followsRule(readProgram('x.toLowerCase()'), lower)).toBe(true);
    expect(followsRule(readProgram('x.slice(0, 13)'), 'Look at the first 3 words only.')).toBe(
      false,
    );
  });

  it('a report tells what failed and what it was about', () => {
    const failures = failuresIn(FAILS);
    expect(failures).toHaveLength(1);
    expect(wantedBy(failures, parseCodeTask(TASK))).toEqual(["If nothing is left, return 'none'."]);
    expect(failuresIn('2 of 2 tests pass.\npass: a\npass: b')).toEqual([]);
  });

  it('a pool is read as numbered programs, or as one', () => {
    expect(parsePool(pool(RIGHT, METHODS)).map(({ text }) => text)).toEqual([RIGHT, METHODS]);
    expect(parsePool(RIGHT).map(({ text }) => text)).toEqual([RIGHT]);
    expect(parsePool('')).toEqual([]);
  });

  it('never throws on any text, and takes no longer on strange ones', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc
          .string({ unit: 'binary', maxLength: 200 })
          .map((text) => `x${text.replace(/[\r\n]/g, ' ')}`),
        fc.constantFrom(...TASKS),
        async (text, wanted) => {
          const fields = { task: text, pool: text, code: text, report: text };
          expect((await ask(`${REPAIR} ${text}`, fields, wanted)).trim()).not.toBe('');
        },
      ),
      { numRuns: 150 },
    );
    const before = performance.now();
    for (const text of [
      'f('.repeat(50_000),
      '- f(x) gives '.repeat(10_000),
      "'".repeat(90_000),
      '[1]\n'.repeat(20_000),
    ]) {
      parseCodeTask(text);
      parsePool(text);
    }
    expect(performance.now() - before).toBeLessThan(3000);
  });
});

/**
 * verified-code, after the BigCodeBench system of arXiv 2507.03041: a program and unit tests are
 * written side by side, the tests are run, and the report decides what the final program becomes.
 */
import { compoundSystem, type CompoundSystem } from '../../core/system/compound-system';
import { promptComponent } from '../messages';
import type { Surroundings } from '../system-module';
import { passRate } from './harness';
import { hiddenPassRate, judged } from './judge';
import { testReport } from './report';

/** Tokens that a program and a list of tests may take. */
const PROGRAM = 700;
const TESTS = 400;

export function verifiedCode({
  directives,
  code: runner,
  pools = false,
}: Pick<Surroundings, 'directives' | 'code' | 'pools'>): CompoundSystem {
  // A language model writes its programs; it shall not see any.
  const pool = pools ? ['pool'] : [];
  return compoundSystem({
    name: 'verified-code',
    title: 'Verified code generation',
    description:
      'Writes a program and unit tests for a task, runs the tests in a sandbox, and settles on a final program.',
    inputs: ['task', ...pool],
    output: 'final_code',
    reward: {
      name: 'pass rate',
      score: (example, output, signal) => hiddenPassRate(runner, example, output, signal),
      beside: {
        'all passed': async (example, output, signal) =>
          passRate(await judged(runner, example, output, signal)) === 1 ? 1 : 0,
      },
    },
    components: [
      promptComponent(
        {
          name: 'code_generator',
          description: 'Writes a first program for the task.',
          inputs: ['task', ...pool],
          output: 'code',
        },
        {
          initial: 'Write a JavaScript program that solves the task.',
          directives: directives('code'),
        },
        PROGRAM,
      ),
      promptComponent(
        {
          name: 'unit_test_generator',
          description: 'Writes unit tests for the task, without a look at the program.',
          inputs: ['task'],
          output: 'tests',
        },
        {
          initial: [
            'Write unit tests for the task.',
            'Put each on a line of its own, in the form equal(call, value).',
          ].join('\n'),
          directives: directives('tests'),
        },
        TESTS,
      ),
      {
        name: 'executor',
        description: 'Runs the program with the tests in a sandbox and reports what passes.',
        inputs: ['task', 'code', 'tests'],
        output: 'report',
        slots: {},
        run: ({ task, code, tests }, _, { signal }) =>
          testReport(runner, { task: task!, code: code!, tests: tests! }, signal),
      },
      promptComponent(
        {
          name: 'final_code_generator',
          description: 'Writes the final program, after a look at the report.',
          inputs: ['task', 'code', 'report', ...pool],
          output: 'final_code',
        },
        {
          initial: [
            'Write the final program.',
            'Write another program when a test fails.',
            'Prefer programs without comments.',
          ].join('\n'),
          directives: directives('final_code'),
        },
        PROGRAM,
      ),
    ],
  });
}

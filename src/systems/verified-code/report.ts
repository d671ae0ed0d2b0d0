/** What the executor tells about a program: which of its tests pass, and why others fail. */
import type { CodeRunner } from '../system-module';
import { runWithTests, type ProgramResult } from './harness';
import { functionName, programOf, testsOf } from './texts';

/** @throws the signal's reason; an error where the sandbox cannot run at all */
export async function testReport(
  runner: CodeRunner,
  fields: { readonly task: string; readonly code: string; readonly tests: string },
  signal?: AbortSignal,
): Promise<string> {
  const name = functionName(fields.task);
  if (name === undefined) return 'The task names no function, so that nothing can be tested.';
  const tests = testsOf(fields.tests);
  return reportText(await runWithTests(runner, name, programOf(fields.code), tests, signal));
}

export function reportText({ failure, tests }: ProgramResult): string {
  if (failure !== undefined) return failure;
  if (tests.length === 0) return 'There are no tests.';
  const passed = tests.filter((test) => test.passed).length;
  return [
    `${passed} of ${tests.length} tests pass.`,
    ...tests.map((test) =>
      test.passed ? `pass: ${test.test}` : `fail: ${test.test}: ${test.reason}`,
    ),
  ].join('\n');
}

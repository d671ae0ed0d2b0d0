/** The global reward: the share of hidden tests that the final program passes. */
import type { Example } from '../../core/system/compound-system';
import type { CodeRunner } from '../system-module';
import { passRate, runWithTests, type ProgramResult } from './harness';
import { functionName, programOf } from './texts';

/** The hidden tests of an example; its first expected outcome is a program known to be right. */
export function hiddenTests({ expected }: Example): readonly string[] {
  return expected.slice(1);
}

/**
 * @param output a program, or what a language model wrote around one
 * @throws the signal's reason; an error where the sandbox cannot run at all, or nothing can be tested
 */
export async function judged(
  runner: CodeRunner,
  example: Example,
  output: string,
  signal?: AbortSignal,
): Promise<ProgramResult> {
  const name = functionName(example.inputs['task'] ?? '');
  const tests = hiddenTests(example);
  if (name === undefined) throw new Error('the task names no function, such as "sum(numbers)"');
  if (tests.length === 0) throw new Error('the task has no hidden tests');
  return runWithTests(runner, name, programOf(output), tests, signal);
}

/** A program that fails or takes too much passes no test: it ran, and it failed. */
export async function hiddenPassRate(...args: Parameters<typeof judged>): Promise<number> {
  return passRate(await judged(...args));
}

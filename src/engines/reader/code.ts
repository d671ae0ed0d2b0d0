/**
 * Programs. The reader writes none of its own: it chooses from the pool that the task carries, by what
 * the task says, what the programs show, and what its prompt asks for.
 */
import type { Chooser } from './choice';
import {
  checksEmpty,
  checksTypes,
  defines,
  followsRule,
  hasComments,
  hasLoop,
  parsePool,
  readProgram,
  returnsResult,
  rulesFollowed,
  sharedLines,
  throwsErrors,
  wordShare,
  type PoolProgram,
} from './code-pool';
import { parseCodeTask, type CodeTask } from './code-task';
import { failuresIn, wantedBy } from './test-report';
import type { Directions } from './prompt';

/** Without directives: the program that shares most words with the task, comments included. */
const WORDS = 4;
/** What a directive adds for a program that has what it asks for. */
const ASKED = 2;
const RULES = 6;
/** What the given code has before others. */
const KEPT = 3;

/** The program to begin with. */
export function code(task: string, pool: string, directions: Directions, choose: Chooser): string {
  const wanted = parseCodeTask(task);
  const chosen = choose.best(parsePool(pool), (program) => score(program, wanted, directions));
  return chosen?.text ?? '';
}

/**
 * The code that was given, unless another program of the pool suits the prompt clearly better, or the
 * report shows a failure and the prompt says what to do then.
 */
export function finalCode(
  task: string,
  given: string,
  report: string,
  pool: string,
  directions: Directions,
  choose: Chooser,
): string {
  const current = readProgram(given);
  if (directions.has('keep-code')) return current.text;
  const wanted = parseCodeTask(task);
  const failures = failuresIn(report);
  const fails = failures.length > 0 && directions.has('repair');
  const needs = fails && directions.has('fix-failing') ? wantedBy(failures, wanted) : [];
  const others = parsePool(pool).filter(({ code: other }) => other !== current.code);
  const chosen = choose.best(fails ? others : [current, ...others], (program) => {
    const met = needs.filter((rule) => followsRule(program, rule)).length;
    return (
      score(program, wanted, directions) +
      (program === current ? KEPT : 0) +
      (needs.length === 0 ? 0 : (RULES * met) / needs.length) +
      (directions.has('small-change') ? RULES * sharedLines(program, current) : 0)
    );
  });
  return (chosen ?? current).text;
}

function score(program: PoolProgram, task: CodeTask, directions: Directions): number {
  const plain = directions.has('no-comments');
  const lines = program.code.split('\n').length;
  const parts: readonly (readonly [string, number])[] = [
    ['exact-name', task.name === undefined || defines(program, task.name) ? ASKED : 0],
    ['return-result', returnsResult(program) ? ASKED : 0],
    ['empty-input', checksEmpty(program) ? ASKED : 0],
    ['check-types', checksTypes(program) ? ASKED : 0],
    ['every-rule', RULES * rulesFollowed(program, task)],
    ['no-comments', hasComments(program) ? 0 : ASKED],
    ['write-comments', hasComments(program) ? ASKED : 0],
    ['short-program', -lines / 2],
    ['throw-errors', throwsErrors(program) ? ASKED : 0],
    ['use-loops', hasLoop(program) ? ASKED : 0],
  ];
  let sum = WORDS * wordShare(plain ? program.codeWords : program.words, task);
  for (const [id, value] of parts) if (directions.has(id)) sum += value;
  return sum;
}

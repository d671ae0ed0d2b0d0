/** Unit tests, one a line: from the examples of the task, and from rules that say what is returned. */
import type { Chooser } from './choice';
import { parseCodeTask, returnedIn, type CodeTask } from './code-task';
import type { Directions } from './prompt';

/** Without a directive: the first example alone. */
const COUNT = 1;
/** What an example loses to the one before it. */
const PLACE = 4;

/** At least one line, also where the task has no example. */
export function unitTests(task: string, directions: Directions, choose: Chooser): string {
  const wanted = parseCodeTask(task);
  const { name = 'solution', examples } = wanted;
  const count = directions.has('every-example')
    ? examples.length
    : (directions.number('some-tests') ?? COUNT);
  // Earlier examples first; noise seldom changes that.
  const order = choose.ranked(examples, (_, i) => -PLACE * i);
  const chosen = new Set(order.slice(0, Math.max(1, count)));
  const tests = directions.has('exists-only')
    ? []
    : examples
        .filter((example) => chosen.has(example))
        .map(({ call, expected }) =>
          directions.has('result-type')
            ? `equal(typeof ${call}, '${typeName(expected)}')`
            : `equal(${call}, ${expected})`,
        );
  if (directions.has('test-rules')) {
    tests.push(...ruleTests(wanted, name, 'empty'), ...ruleTests(wanted, name, 'kind'));
  }
  if (tests.length === 0) tests.push(`assert(typeof ${name} === 'function')`);
  return [...new Set(tests)].join('\n');
}

/** What rules such as "If nothing is left, return null" make testable. */
function ruleTests(task: CodeTask, name: string, about: 'empty' | 'kind'): string[] {
  const said = about === 'empty' ? /nothing|empty|no entr/i : /\bis not an?\b|wrong (type|kind)/i;
  return task.rules.flatMap((rule) => {
    // What it is about stands before what is returned.
    const returned = said.test(rule.split(/,? return/)[0]!) ? returnedIn(rule) : undefined;
    if (returned === undefined) return [];
    return [`equal(${name}(${about === 'empty' ? emptyInput(task) : 'null'}), ${returned})`];
  });
}

/** An empty input of the kind that the examples use. */
function emptyInput({ examples }: CodeTask): string {
  const input = /\((.)/.exec(examples[0]?.call ?? '')?.[1];
  if (input === '{') return '{}';
  return input === "'" || input === '"' ? "' '" : '[]';
}

function typeName(value: string): string {
  if (/^['"`]/.test(value)) return 'string';
  if (/^-?\d/.test(value)) return 'number';
  return value === 'true' || value === 'false' ? 'boolean' : 'object';
}

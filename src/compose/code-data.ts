/** A table of programming tasks as data of verified-code. */
import { DataError } from '../data/data-error';
import type { LocatedRecord } from '../data/records';
import { SPLIT_SEED, splitExamples } from '../data/split';
import type { Example } from '../core/system/compound-system';
import type { CodeData } from '../systems/verified-code';
import { poolPrograms, poolText } from '../systems/verified-code/pool';
import { functionName } from '../systems/verified-code/texts';
import type { ImportedRows } from '../data/imported-rows';

/**
 * Rows with `task`, `tests` (a JavaScript expression a line, true where a right program passes) and
 * perhaps `solutions`: one program, or several under lines `[1]`, `[2]` …, which the reader chooses from.
 * @throws DataError that names the line and the field
 */
export function codeData({ name, records, notes }: ImportedRows): CodeData {
  const examples = records.map(exampleOf);
  const pooled = examples.filter(({ inputs }) => inputs['pool'] !== '').length;
  return {
    name,
    splits: splitExamples(examples, SPLIT_SEED),
    notes: [
      ...notes,
      ...(pooled === examples.length
        ? []
        : [
            `${examples.length - pooled} of ${examples.length} tasks bring no programs to choose from: only a language model can write theirs.`,
          ]),
    ],
  };
}

function exampleOf({ value, line }: LocatedRecord): Example {
  const row = value as Readonly<Record<string, unknown>>;
  const text = (field: string): string => String(row[field] ?? '').trim();
  const task = text('task');
  if (functionName(task) === undefined) {
    throw new DataError('it names no function to write, such as "sum(numbers)"', line, 'task');
  }
  const tests = text('tests')
    .split('\n')
    .map((test) => test.trim())
    .filter((test) => test !== '');
  if (tests.length === 0) throw new DataError('there is no test', line, 'tests');
  const programs = poolPrograms(text('solutions'));
  return {
    id: `line ${line}`,
    inputs: { task, pool: poolText(programs) },
    expected: [programs[0] ?? '', ...tests],
  };
}

/** Scores of methods that learn nothing, on the same test tasks: what a result must beat. */
import type { Example } from '../../core/system/compound-system';
import type { References } from '../../core/run/references';
import { mean } from '../../core/statistics/bootstrap';
import type { CodeRunner, ReferenceWatch } from '../system-module';
import type { CodeData } from './data-set';
import { hiddenPassRate } from './judge';
import { poolPrograms } from './pool';

/**
 * - chance: a program of the pool drawn at random;
 * - majority: the place in the pool whose program passed most in the train tasks;
 * - heuristic: the longest program of the pool.
 *
 * All unknown where the tasks carry no pools.
 * @throws the signal's reason; an error where the sandbox cannot run at all
 */
export async function codeReferences(
  { splits: { train, test } }: CodeData,
  runner: CodeRunner,
  { signal, onProgram }: ReferenceWatch = {},
): Promise<References> {
  const tested = test.flatMap(pooled);
  if (tested.length === 0) return { chance: null, majority: null, heuristic: null };
  const trained = train.flatMap(pooled);
  const total = [...tested, ...trained].reduce((sum, { programs }) => sum + programs.length, 0);
  let done = 0;
  const rated = async (tasks: readonly Pooled[]): Promise<Rated[]> => {
    const rows: Rated[] = [];
    for (const { example, programs } of tasks) {
      const rates: number[] = [];
      for (const program of programs) {
        rates.push(await hiddenPassRate(runner, example, program, signal));
        onProgram?.(++done, total);
      }
      rows.push({ programs, rates });
    }
    return rows;
  };
  const rows = await rated(tested);
  const place = bestPlace(await rated(trained));
  return {
    chance: mean(rows.map(({ rates }) => mean(rates))),
    majority:
      place === undefined ? null : mean(rows.map(({ rates }) => rates[place] ?? rates.at(-1)!)),
    heuristic: mean(rows.map(({ programs, rates }) => rates[longest(programs)]!)),
  };
}

interface Pooled {
  readonly example: Example;
  readonly programs: readonly string[];
}

/** The task with its programs; nothing where it has none. */
function pooled(example: Example): Pooled[] {
  const programs = poolPrograms(example.inputs['pool'] ?? '');
  return programs.length === 0 ? [] : [{ example, programs }];
}

interface Rated {
  readonly programs: readonly string[];
  readonly rates: readonly number[];
}

/** The first place with the highest mean pass rate, among those that every pool has. */
function bestPlace(rows: readonly Rated[]): number | undefined {
  if (rows.length === 0) return undefined;
  const places = Math.min(...rows.map(({ rates }) => rates.length));
  const means = Array.from({ length: places }, (_, i) => mean(rows.map(({ rates }) => rates[i]!)));
  return means.indexOf(Math.max(...means));
}

function longest(programs: readonly string[]): number {
  const lengths = programs.map(({ length }) => length);
  return lengths.indexOf(Math.max(...lengths));
}

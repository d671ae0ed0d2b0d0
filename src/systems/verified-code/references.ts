/** Scores of methods that learn nothing, on the same test tasks: what a result must beat. */
import type { Example } from '../../core/system/compound-system';
import type { References } from '../../core/run/references';
import { mean } from '../../core/statistics/bootstrap';
import type { CodeRunner } from '../system-module';
import type { CodeData } from './data-set';
import { hiddenPassRate } from './judge';
import { poolPrograms } from './pool';

/**
 * - chance: a program of the pool drawn at random;
 * - majority: the place in the pool whose program passed most in the train tasks;
 * - heuristic: the longest program of the pool.
 *
 * All unknown where the tasks carry no pools.
 */
export async function codeReferences(
  { splits: { train, test } }: CodeData,
  runner: CodeRunner,
): Promise<References> {
  const rated = async (examples: readonly Example[]): Promise<Rated[]> => {
    const rows: Rated[] = [];
    for (const example of examples) {
      const programs = poolPrograms(example.inputs['pool'] ?? '');
      if (programs.length === 0) continue;
      const rates: number[] = [];
      for (const program of programs) rates.push(await hiddenPassRate(runner, example, program));
      rows.push({ programs, rates });
    }
    return rows;
  };
  const tested = await rated(test);
  if (tested.length === 0) return { chance: null, majority: null, heuristic: null };
  const place = bestPlace(await rated(train));
  return {
    chance: mean(tested.map(({ rates }) => mean(rates))),
    majority:
      place === undefined ? null : mean(tested.map(({ rates }) => rates[place] ?? rates.at(-1)!)),
    heuristic: mean(tested.map(({ programs, rates }) => rates[longest(programs)]!)),
  };
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

/** A row of `tasks.json` as an example: the task, the pool of the reader, and what judges the outcome. */
import type { Example } from '../../../core/system/compound-system';
import { poolText } from '../pool';
import { programText } from './programs';
import type { TaskRow, Variant } from './types';
import { taskText } from './wording';

export function isRight({
  without = [],
  throws = [],
  wrong,
  forgets,
  name,
  prints,
}: Variant): boolean {
  return (
    without.length + throws.length === 0 &&
    wrong === undefined &&
    forgets === undefined &&
    name === undefined &&
    prints === undefined
  );
}

/** `expected`: a right program, then the hidden tests. */
export function exampleOf({ id, spec, pool, examples, hidden }: TaskRow): Example {
  const programs = pool.map((variant) => programText(spec, variant));
  return {
    id,
    inputs: { task: taskText(spec, examples), pool: poolText(programs) },
    expected: [
      programs[pool.findIndex(isRight)]!,
      ...hidden.map(([call, expected]) => `equal(${call}, ${expected})`),
    ],
  };
}

/**
 * Makes `tasks.json`: descriptions of tasks with their examples and hidden tests. Seeded; the same
 * tables always give the same file. Every program of every pool is run in the sandbox on the way: a
 * right program that misses a test stops the build, a wrong one that passes all is left out.
 *
 *     npx tsx src/systems/verified-code/data/build.ts
 */
import { writeFileSync } from 'node:fs';
import { nodeCodeRunner } from '../../../sandbox/node';
import { passRate, runWithTests } from '../harness';
import { makeRows } from './make';
import { programText } from './programs';
import { isRight } from './task';
import type { TaskRow, Variant } from './types';

/** Programs of a pool, at least. */
const LEAST = 4;

const runner = nodeCodeRunner();
const rates: number[] = [];
let right = 0;

async function rateOf({ spec, hidden, examples }: TaskRow, variant: Variant): Promise<number> {
  const program = programText(spec, variant);
  const test = ([call, expected]: readonly [string, string]): string =>
    `equal(${call}, ${expected})`;
  const result = await runWithTests(runner, spec.name, program, hidden.map(test));
  const shown = await runWithTests(runner, spec.name, program, examples.map(test));
  if (isRight(variant) && (passRate(result) < 1 || passRate(shown) < 1)) {
    throw new Error(`${program}\nmisses ${JSON.stringify([result, shown], undefined, 1)}`);
  }
  return passRate(result);
}

const rows = await makeRows(async (row) => {
  const pool: Variant[] = [];
  const own: number[] = [];
  for (const variant of row.pool) {
    const rate = await rateOf(row, variant);
    if (rate === 1 && !isRight(variant)) continue;
    pool.push(variant);
    own.push(rate);
  }
  if (pool.length < LEAST) return undefined;
  rates.push(...own);
  right += pool.filter(isRight).length;
  return { ...row, pool };
});
const mean = rates.reduce((all, rate) => all + rate, 0) / rates.length;
console.log(
  `${rows.length} tasks, ${rates.length} programs, ${right} right, mean pass rate ${mean.toFixed(3)}`,
);
writeFileSync(
  new URL('tasks.json', import.meta.url),
  `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`,
);

/** What verified-code runs on: programming tasks in three disjoint parts. */
import type { Example } from '../../core/system/compound-system';
import type { SystemData } from '../system-module';
import { exampleOf } from './data/task';
import type { TaskRow } from './data/types';

/** Inputs `task` and, for an engine that chooses, `pool`; expected: see `exampleOf`. */
export type CodeData = SystemData;

let shipped: Promise<CodeData> | undefined;

/** The tasks that come with the project, see `data/README.md`. */
export function shippedData(): Promise<CodeData> {
  return (shipped ??= load());
}

async function load(): Promise<CodeData> {
  const rows = (await import('./data/tasks.json')).default as unknown as readonly TaskRow[];
  const part = (split: string): Example[] =>
    rows.filter((row) => row.split === split).map(exampleOf);
  return {
    name: 'shipped',
    splits: { train: part('train'), validation: part('validation'), test: part('test') },
    notes: [],
    counts: { programs: rows.reduce((sum, { pool }) => sum + pool.length, 0) },
  };
}

/**
 * The compound systems by name, each loaded when it is asked for: a page that runs one does not
 * carry the data of all.
 */
import type { LocatedRecord } from '../data/records';
import type { SystemData, SystemModule } from '../systems/system-module';
import { UnknownNameError } from './unknown-name';

export const SYSTEMS = ['multihop-qa'] as const;
export type SystemName = (typeof SYSTEMS)[number];

/** Rows of a data file, as they are published or with the fields that the system needs. */
export interface ImportedRows {
  /** Of the file. */
  readonly name: string;
  readonly records: readonly LocatedRecord[];
  /** What was left out on the way, as sentences. */
  readonly notes: readonly string[];
}

export interface SystemEntry {
  module(): Promise<SystemModule>;
  /** The rows as data of the system. @throws DataError that names the line and the field */
  read(rows: ImportedRows): Promise<SystemData>;
}

/** @throws UnknownNameError */
export function systemNamed(name: string): SystemEntry {
  const entry = Object.hasOwn(ENTRIES, name) ? ENTRIES[name as SystemName] : undefined;
  if (entry === undefined) throw new UnknownNameError('system', name, SYSTEMS);
  return entry;
}

const ENTRIES: Readonly<Record<SystemName, SystemEntry>> = {
  'multihop-qa': {
    module: async () => general((await import('../systems/multihop-qa/module')).multihopQaModule),
    read: async (rows) => (await import('./hotpotqa-data')).hotpotData(rows),
  },
};

/** A module whose own kind of data is its own business: it gets back what it handed out. */
function general<Data extends SystemData>(module: SystemModule<Data>): SystemModule {
  return module as unknown as SystemModule;
}

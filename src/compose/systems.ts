/**
 * The compound systems by name, each loaded when it is asked for: a page that runs one does not
 * carry the data of all.
 */
import type { ImportedRows } from '../data/imported-rows';
import type { SystemData, SystemModule } from '../systems/system-module';
import { UnknownNameError } from './unknown-name';

export type { ImportedRows } from '../data/imported-rows';

export const SYSTEMS = [
  'multihop-qa',
  'evidence-qa',
  'entity-ranking',
  'next-item',
  'verified-code',
  'multihop-qa-reranker',
] as const;
export type SystemName = (typeof SYSTEMS)[number];

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
  'evidence-qa': {
    module: async () => general((await import('../systems/evidence-qa')).evidenceQaModule),
    read: async (rows) => (await import('./pubmedqa-data')).pubmedqaData(rows),
  },
  'entity-ranking': {
    module: async () => general((await import('../systems/entity-ranking')).entityRankingModule),
    read: async (rows) => (await import('./stark-data')).starkData(rows),
  },
  'next-item': {
    module: async () => general((await import('../systems/next-item')).nextItemModule),
    read: async (rows) => (await import('./amazon-data')).amazonData(rows),
  },
  'verified-code': {
    module: async () => general((await import('../systems/verified-code')).verifiedCodeModule),
    read: async (rows) => (await import('./code-data')).codeData(rows),
  },
  'multihop-qa-reranker': {
    module: async () => general((await import('../systems/multihop-qa/module')).rerankedModule),
    read: async (rows) => (await import('./hotpotqa-data')).hotpotData(rows),
  },
};

/** A module whose own kind of data is its own business: it gets back what it handed out. */
function general<Data extends SystemData>(module: SystemModule<Data>): SystemModule {
  return module as unknown as SystemModule;
}

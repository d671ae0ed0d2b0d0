/** A file of Amazon sessions, as published, as data of next-item. */
import { readAmazon } from '../data/amazon';
import type { LocatedRecord } from '../data/records';
import { splitExamples } from '../data/split';
import { sessionExample, type SessionData } from '../systems/next-item/data-set';

/** Splits belong to the file, not to a run: every seed is measured on the same test sessions. */
const SPLIT_SEED = 0;

/**
 * @param name of the file
 * @throws DataError that names the line and the field
 */
export function amazonData(name: string, records: readonly LocatedRecord[]): SessionData {
  const examples = readAmazon(records).map(({ id, question, choices, answer }) =>
    sessionExample(id, question, choices, answer),
  );
  return { name, splits: splitExamples(examples, SPLIT_SEED), notes: [] };
}

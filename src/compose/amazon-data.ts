/** A file of Amazon sessions, as published, as data of next-item. */
import { readAmazon } from '../data/amazon';
import type { ImportedRows } from '../data/imported-rows';
import { SPLIT_SEED, splitExamples } from '../data/split';
import { sessionExample, type SessionData } from '../systems/next-item/data-set';

/** @throws DataError that names the line and the field */
export function amazonData({ name, records, notes }: ImportedRows): SessionData {
  const examples = readAmazon(records).map(({ id, question, choices, answer }) =>
    sessionExample(id, question, choices, answer),
  );
  return { name, splits: splitExamples(examples, SPLIT_SEED), notes };
}

/** A file in PubMedQA's published form as data of evidence-qa. */
import { readPubmedQa } from '../data/pubmedqa';
import type { LocatedRecord } from '../data/records';
import { splitExamples } from '../data/split';
import { evidenceExample, type EvidenceData } from '../systems/evidence-qa/data-set';

/** Splits belong to the file, not to a run: every seed is measured on the same test questions. */
const SPLIT_SEED = 0;

/**
 * @param name of the file
 * @param notes what was left out before, as sentences
 * @throws DataError that names the line and the field
 */
export function pubmedqaData(
  name: string,
  records: readonly LocatedRecord[],
  notes: readonly string[] = [],
): EvidenceData {
  const examples = readPubmedQa(records).map(({ id, question, context, answer }) =>
    evidenceExample(id, question, context, answer),
  );
  return { name, splits: splitExamples(examples, SPLIT_SEED), notes };
}

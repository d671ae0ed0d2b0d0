/** A file in PubMedQA's published form as data of evidence-qa. */
import { readPubmedQa } from '../data/pubmedqa';
import type { ImportedRows } from '../data/imported-rows';
import { SPLIT_SEED, splitExamples } from '../data/split';
import { evidenceExample, type EvidenceData } from '../systems/evidence-qa/data-set';

/** @throws DataError that names the line and the field */
export function pubmedqaData({ name, records, notes }: ImportedRows): EvidenceData {
  const examples = readPubmedQa(records).map(({ id, question, context, answer }) =>
    evidenceExample(id, question, context, answer),
  );
  return { name, splits: splitExamples(examples, SPLIT_SEED), notes };
}

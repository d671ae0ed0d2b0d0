/** A file in HotpotQA's published form as data of multihop-qa: all its paragraphs are searched. */
import { contentHash } from '../core/random/hash';
import { readHotpotQa } from '../data/hotpotqa';
import { splitExamples } from '../data/split';
import { questionExample, type MultihopData } from '../systems/multihop-qa/data-set';
import type { ImportedRows } from './systems';
import type { Passage } from '../systems/multihop-qa/passages';

/** Splits belong to the file, not to a run: every seed is measured on the same test questions. */
const SPLIT_SEED = 0;

/** @throws DataError that names the line and the field */
export function hotpotData({ name, records, notes }: ImportedRows): MultihopData {
  const { questions, rows } = readHotpotQa(records, SPLIT_SEED);
  const passages = new Map<string, Passage>();
  for (const { context } of questions) {
    for (const { title, sentences } of context) {
      const text = sentences.join(' ').replace(/\s+/g, ' ').trim();
      if (text === '') continue;
      const id = contentHash([title, text]);
      passages.set(id, { id, title, text });
    }
  }
  return {
    name,
    passages: [...passages.values()],
    counts: { passages: passages.size },
    splits: splitExamples(
      questions.map(({ id, question, answer }) => questionExample(id, question, answer)),
      SPLIT_SEED,
    ),
    notes: [
      ...notes,
      ...(rows > questions.length
        ? [`The file has ${rows} questions; a seeded sample of ${questions.length} was taken.`]
        : []),
    ],
  };
}

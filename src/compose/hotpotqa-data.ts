/** A file in HotpotQA's published form as data of multihop-qa: all its paragraphs are searched. */
import { contentHash } from '../core/random/hash';
import { readHotpotQa, type HotpotQuestion } from '../data/hotpotqa';
import { readPlainQuestions } from '../data/plain-questions';
import type { LocatedRecord } from '../data/records';
import { SPLIT_SEED, splitExamples } from '../data/split';
import { questionExample, type MultihopData } from '../systems/multihop-qa/data-set';
import type { ImportedRows } from '../data/imported-rows';
import type { Passage } from '../systems/multihop-qa/passages';

/** @throws DataError that names the line and the field */
export function hotpotData({ name, records, notes }: ImportedRows): MultihopData {
  const questions = questionsOf(records);
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
    notes,
  };
}

/** Published rows, or those of a table whose context is a text. */
function questionsOf(records: readonly LocatedRecord[]): readonly HotpotQuestion[] {
  const [first] = records as readonly { readonly value: { readonly context?: unknown } | null }[];
  if (typeof first?.value?.context !== 'string') return readHotpotQa(records);
  return readPlainQuestions(records);
}

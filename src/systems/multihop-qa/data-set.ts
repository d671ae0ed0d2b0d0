/** What multihop-qa runs on: passages to search and questions in three disjoint parts. */
import type { DataSplits } from '../../core/optimize/optimizer';
import type { Example } from '../../core/system/compound-system';
import type { Passage } from './passages';

export interface MultihopData {
  /** `shipped`, or the name of the file. */
  readonly name: string;
  readonly passages: readonly Passage[];
  readonly splits: DataSplits;
  /** What was left out or sampled, as sentences for people. */
  readonly notes: readonly string[];
}

export function questionExample(id: string, question: string, answer: string): Example {
  return { id, inputs: { question }, expected: [answer] };
}

/** The passages and questions that come with the project, see `data/README.md`. */
export async function shippedData(): Promise<MultihopData> {
  const [{ default: passages }, { default: questions }] = await Promise.all([
    import('./data/passages.json'),
    import('./data/questions.json'),
  ]);
  const part = (split: string): Example[] =>
    questions
      .filter((row) => row.split === split)
      .map(({ id, question, answer }) => questionExample(id, question, answer));
  return {
    name: 'shipped',
    passages,
    splits: { train: part('train'), validation: part('validation'), test: part('test') },
    notes: [],
  };
}

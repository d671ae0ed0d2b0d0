/** What multihop-qa runs on: passages to search and questions in three disjoint parts. */
import type { Example } from '../../core/system/compound-system';
import type { SystemData } from '../system-module';
import type { Passage } from './passages';

export interface MultihopData extends SystemData {
  readonly passages: readonly Passage[];
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
    counts: { passages: passages.length },
    splits: { train: part('train'), validation: part('validation'), test: part('test') },
    notes: [],
  };
}

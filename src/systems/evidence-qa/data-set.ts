/** What evidence-qa runs on: questions with an abstract, in three disjoint parts. */
import type { Example } from '../../core/system/compound-system';
import type { SystemData } from '../system-module';
import type { Decision } from './metric';

export type EvidenceData = SystemData;

/** @param context the abstract: sections one a line, each with its label where it has one */
export function evidenceExample(
  id: string,
  question: string,
  context: string,
  answer: Decision,
): Example {
  return { id, inputs: { question, context }, expected: [answer] };
}

/** The invented studies that come with the project, see `data/README.md`. */
export async function shippedData(): Promise<EvidenceData> {
  const { default: studies } = await import('./data/studies.json');
  const part = (split: string): Example[] =>
    studies
      .filter((row) => row.split === split)
      .map(({ id, question, context, answer }) =>
        evidenceExample(id, question, context, answer as Decision),
      );
  return {
    name: 'shipped',
    splits: { train: part('train'), validation: part('validation'), test: part('test') },
    notes: [],
  };
}

/** What entity-ranking runs on: questions, each with its candidates and what is known of them. */
import type { Example } from '../../core/system/compound-system';
import type { SystemData } from '../system-module';

export type RankingData = SystemData;

/** One entity as a question shows it. */
export interface Candidate {
  readonly name: string;
  /** Typed relations, separated by semicolons: `eats mice, voles; lives in forest`. */
  readonly relations: string;
  /** Free text. */
  readonly description: string;
}

/** Text on one line: every candidate has one line in each field. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** A colon and a space end a name in the lines below. */
const nameOf = (name: string): string => oneLine(name).replaceAll(': ', ' - ');

const UNKNOWN = 'nothing is known';

/** One candidate a line, `Name: text`, in the order of the candidates. */
function lines(candidates: readonly Candidate[], field: 'relations' | 'description'): string {
  return candidates
    .map((candidate) => `${nameOf(candidate.name)}: ${oneLine(candidate[field]) || UNKNOWN}`)
    .join('\n');
}

/** @param right names of the candidates that are right, at least one */
export function rankingExample(
  id: string,
  question: string,
  candidates: readonly Candidate[],
  right: readonly string[],
): Example {
  return {
    id,
    inputs: {
      question,
      candidates: candidates.map(({ name }) => nameOf(name)).join('\n'),
      relations: lines(candidates, 'relations'),
      descriptions: lines(candidates, 'description'),
    },
    expected: right.map(nameOf),
  };
}

/** Names of an example's candidates, in their order. */
export function candidateNames(field: string): string[] {
  return field
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** An entity of the shipped knowledge base. */
export interface Entity extends Candidate {
  readonly id: number;
  readonly type: string;
}

/** The shipped knowledge base, see `data/README.md`. */
export async function shippedEntities(): Promise<readonly Entity[]> {
  return (await import('./data/entities.json')).default;
}

/** The questions that come with the project, see `data/README.md`. */
export async function shippedRanking(): Promise<RankingData> {
  const [entities, { default: questions }] = await Promise.all([
    shippedEntities(),
    import('./data/questions.json'),
  ]);
  const byId = new Map(entities.map((entity) => [entity.id, entity]));
  const part = (split: string): Example[] =>
    questions
      .filter((row) => row.split === split)
      .map(({ id, question, candidates, answers }) =>
        rankingExample(
          id,
          question,
          candidates.map((entity) => byId.get(entity)!),
          answers.map((entity) => byId.get(entity)!.name),
        ),
      );
  return {
    name: 'shipped',
    splits: { train: part('train'), validation: part('validation'), test: part('test') },
    notes: [],
    counts: { entities: entities.length },
  };
}

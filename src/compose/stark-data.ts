/** A file in STaRK's published form as data of entity-ranking. */
import { randomStream, shuffled } from '../core/random/stream';
import type { Example } from '../core/system/compound-system';
import { DataError } from '../data/data-error';
import type { ImportedRows } from '../data/imported-rows';
import { SPLIT_SEED, splitExamples } from '../data/split';
import { readStark, type StarkRow } from '../data/stark';
import {
  rankingExample,
  shippedEntities,
  type Entity,
  type RankingData,
} from '../systems/entity-ranking/data-set';

/** Candidates of a question that brings none: its answers and others, in a seeded order. */
const CANDIDATES = 12;

/**
 * Rows with candidates of their own need nothing else. Rows without are answered from the shipped
 * knowledge base, whose entities they may name by id or by name.
 * @throws DataError that names the line and the field
 */
export async function starkData({ name, records, notes }: ImportedRows): Promise<RankingData> {
  const rows = readStark(records);
  const drawn = rows.some(({ candidates }) => candidates === undefined);
  const entities = drawn ? await shippedEntities() : [];
  const examples = rows.map((row) => exampleOf(row, entities));
  return {
    name,
    splits: splitExamples(examples, SPLIT_SEED),
    notes: [
      ...notes,
      ...(drawn
        ? [
            `Questions without candidates of their own got ${CANDIDATES}: the right ones and a seeded draw from the shipped knowledge base.`,
          ]
        : []),
    ],
    ...(drawn && { counts: { entities: entities.length } }),
  };
}

function exampleOf(row: StarkRow, entities: readonly Entity[]): Example {
  const random = randomStream(SPLIT_SEED, 'candidates', row.id);
  if (row.candidates !== undefined) {
    return rankingExample(row.id, row.query, shuffled(row.candidates, random), row.answers);
  }
  const right = [...new Set(row.answers.map((answer) => found(answer, entities, row.line)))];
  const others = entities.filter((entity) => !right.includes(entity));
  const drawn = shuffled(others, random).slice(0, Math.max(1, CANDIDATES - right.length));
  const answers = right.slice(0, CANDIDATES - 1);
  return rankingExample(
    row.id,
    row.query,
    shuffled([...answers, ...drawn], random),
    answers.map((entity) => entity.name),
  );
}

/** By id, else by name without regard to case. */
function found(answer: string, entities: readonly Entity[], line: number): Entity {
  const entity =
    entities.find(({ id }) => String(id) === answer) ??
    entities.find((one) => one.name.toLowerCase() === answer.toLowerCase());
  if (entity !== undefined) return entity;
  throw new DataError(
    `the entity "${answer}" is not in the shipped knowledge base, and the file has no knowledge base of its own; add the columns "candidates", "relations" and "descriptions" (lists with one item a candidate) to make its questions answerable`,
    line,
    'answer_ids',
  );
}

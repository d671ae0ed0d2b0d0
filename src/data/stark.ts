/**
 * STaRK as it is published (Wu et al. 2024, arXiv 2404.13207): rows with `id`, `query` and
 * `answer_ids`, a list of node ids of a knowledge base that the file does not contain. Three further
 * columns make a row stand on its own: `candidates`, `relations` and `descriptions`, each a list
 * with one item a candidate.
 */
import { DataError } from './data-error';
import type { LocatedRecord } from './records';
import { withUniqueIds } from './unique-ids';

export interface StarkRow {
  readonly id: string;
  readonly query: string;
  /** Ids or names of the right entities, at least one. */
  readonly answers: readonly string[];
  /** What the row brings itself; absent where the entities are to be found in a knowledge base. */
  readonly candidates?: readonly StarkCandidate[];
  /** 1-based line of the file. */
  readonly line: number;
}

export interface StarkCandidate {
  readonly name: string;
  /** Empty where the file says nothing. */
  readonly relations: string;
  readonly description: string;
}

/** More do not fit into a prompt. */
export const MOST_CANDIDATES = 20;

/** @throws DataError that names the line and the field */
export function readStark(records: readonly LocatedRecord[]): StarkRow[] {
  return [...withUniqueIds(records.map(({ value, line }) => readStarkRow(value, line)))];
}

/** @throws DataError that names the line and the field */
export function readStarkRow(value: unknown, line: number): StarkRow {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new DataError('expected a row with id, query and answer_ids', line);
  }
  const fields = value as Record<string, unknown>;
  // A table of one's own need not name its rows.
  const id = fields['id'] === undefined ? `line ${line}` : textOf(fields, 'id', line);
  const query = textOf(fields, 'query', line);
  const answers = listOf(fields['answer_ids'], line, 'answer_ids');
  if (answers.length === 0) {
    throw new DataError(
      'there is no right answer, expected a list such as [12, 40]',
      line,
      'answer_ids',
    );
  }
  if (isAbsent(fields['candidates'])) return { id, query, answers, line };
  return { id, query, answers, candidates: candidatesOf(fields, answers, line), line };
}

function candidatesOf(
  fields: Record<string, unknown>,
  answers: readonly string[],
  line: number,
): StarkCandidate[] {
  const names = listOf(fields['candidates'], line, 'candidates');
  const given = new Set(names);
  if (given.size !== names.length) {
    throw new DataError('a candidate stands there twice', line, 'candidates');
  }
  if (names.length < 2 || names.length > MOST_CANDIDATES) {
    throw new DataError(
      `there are ${names.length} candidates, expected 2 to ${MOST_CANDIDATES}`,
      line,
      'candidates',
    );
  }
  const missing = answers.find((answer) => !given.has(answer));
  if (missing !== undefined) {
    throw new DataError(
      `the right answer "${missing}" is not among the candidates; write both as ids or both as names`,
      line,
      'answer_ids',
    );
  }
  const texts = (field: string): readonly string[] | undefined => {
    if (isAbsent(fields[field])) return undefined;
    const list = listOf(fields[field], line, field);
    if (list.length === names.length) return list;
    throw new DataError(
      `there are ${list.length} items for ${names.length} candidates, expected one for each`,
      line,
      field,
    );
  };
  const relations = texts('relations');
  const descriptions = texts('descriptions');
  if (relations === undefined && descriptions === undefined) {
    throw new DataError(
      'nothing is known of the candidates; add a column "relations" or "descriptions" with one item a candidate',
      line,
      'candidates',
    );
  }
  return names.map((name, i) => ({
    name,
    relations: relations?.[i] ?? '',
    description: descriptions?.[i] ?? '',
  }));
}

const isAbsent = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

function textOf(fields: Record<string, unknown>, name: string, line: number): string {
  const value = fields[name];
  if (value === undefined) throw new DataError('the field is missing', line, name);
  if (typeof value !== 'string' && typeof value !== 'number') {
    throw new DataError('expected a text', line, name);
  }
  const text = String(value).trim();
  if (text === '') throw new DataError('the text is empty', line, name);
  return text;
}

const BARE = /^\[?\s*(?:-?\d+\s*(?:[,;\s]\s*-?\d+\s*)*)?\]?$/;

/**
 * A list of numbers or texts, or its text: JSON, a list as Python prints it, or bare numbers.
 * @throws DataError when it is none of these
 */
function listOf(value: unknown, line: number, field: string): string[] {
  if (isAbsent(value)) throw new DataError('the field is missing', line, field);
  let items: unknown = value;
  if (typeof value === 'string') items = parsedList(value.trim());
  if (typeof items === 'number') items = [items];
  const usable =
    Array.isArray(items) &&
    items.every((item) => typeof item === 'number' || typeof item === 'string');
  if (!usable) {
    throw new DataError('expected a list such as [12, 40] or ["Lion", "Tiger"]', line, field);
  }
  const texts = (items as (string | number)[]).map((item) => String(item).trim());
  if (field !== 'relations' && field !== 'descriptions' && texts.includes('')) {
    throw new DataError('an item of the list is empty', line, field);
  }
  return texts;
}

function parsedList(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    if (BARE.test(text)) return text.match(/-?\d+/g) ?? [];
    return quotedItems(text);
  }
}

/** `['Lion', "Père David's deer"]`, as Python prints a list of texts. */
function quotedItems(text: string): string[] | undefined {
  if (!text.startsWith('[') || !text.endsWith(']')) return undefined;
  const inner = text.slice(1, -1);
  const item = /\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*(?:,|$)/y;
  const items: string[] = [];
  while (item.lastIndex < inner.length) {
    const match = item.exec(inner);
    if (match === null) return undefined;
    items.push((match[1] ?? match[2] ?? '').replace(/\\(.)/g, '$1'));
  }
  return items;
}

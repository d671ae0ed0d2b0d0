/** Which column of a file fills which field of a system. */
import { DataError } from './data-error';
import { listed, type RequiredField } from './required-fields';
import { isObject, textOf, valueAt } from './values';

/** Field → path of its column. A field that is missing here, or has an empty path, has none. */
export type ColumnMapping = Readonly<Record<string, string>>;

/** What is wrong with a field of a mapping, as a sentence. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

/** How deep columns may lie in records. */
const MAX_DEPTH = 3;
/** A select with more of them helps nobody. */
const MAX_COLUMNS = 200;

/** Paths of all values in the records that are no objects themselves, in the order they appear. */
export function columnsOf(records: readonly unknown[]): readonly string[] {
  const paths = new Set<string>();
  const add = (value: Readonly<Record<string, unknown>>, before: string, depth: number): void => {
    for (const [key, inner] of Object.entries(value)) {
      if (isObject(inner) && depth < MAX_DEPTH) add(inner, `${before}${key}.`, depth + 1);
      else if (paths.size < MAX_COLUMNS) paths.add(`${before}${key}`);
    }
  };
  for (const record of records) if (isObject(record)) add(record, '', 1);
  return [...paths];
}

/**
 * A mapping by names: the field's own, the same in other letters, one of its usual names, the last
 * part of a path. A column is given to one field only, and required fields choose first.
 */
export function proposeMapping(
  fields: readonly RequiredField[],
  columns: readonly string[],
): ColumnMapping {
  const free = new Set(columns);
  const mapping: Record<string, string> = {};
  const find = (fits: (column: string) => boolean): string | undefined => [...free].find(fits);
  const rounds: ((field: RequiredField) => string | undefined)[] = [
    ({ name }) => find((column) => column === name),
    ({ name }) => find((column) => plainName(column) === plainName(name)),
    ({ also }) => firstOf(also, (name) => find((column) => plainName(column) === plainName(name))),
    ({ name, also }) =>
      firstOf([name, ...also], (usual) =>
        find((column) => plainName(column.split('.').at(-1)!) === plainName(usual)),
      ),
  ];
  const order = [
    ...fields.filter(({ optional }) => !optional),
    ...fields.filter(({ optional }) => optional),
  ];
  for (const round of rounds) {
    for (const field of order) {
      const column = mapping[field.name] === undefined ? round(field) : undefined;
      if (column === undefined) continue;
      mapping[field.name] = column;
      free.delete(column);
    }
  }
  return mapping;
}

function firstOf(
  names: readonly string[],
  find: (name: string) => string | undefined,
): string | undefined {
  for (const name of names) {
    const column = find(name);
    if (column !== undefined) return column;
  }
  return undefined;
}

/** `Answer IDs`, `answer_ids` and `answerIds` are one name. */
function plainName(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}

/** What keeps a mapping from being used; empty when nothing does. */
export function mappingProblems(
  fields: readonly RequiredField[],
  mapping: ColumnMapping,
  columns: readonly string[],
): readonly FieldProblem[] {
  const names = fields.map(({ name }) => name);
  const unknown = Object.keys(mapping)
    .filter((name) => !names.includes(name))
    .map((field) => ({ field, message: `there is no such field; there are ${listed(names)}` }));
  return fields
    .flatMap(({ name, words, optional }): FieldProblem[] => {
      const column = mapping[name] ?? '';
      if (column === '') {
        return optional ? [] : [{ field: name, message: `choose the column that holds ${words}` }];
      }
      if (columns.includes(column) || columns.some((path) => path.startsWith(`${column}.`)))
        return [];
      return [
        { field: name, message: `the file has no column "${column}"; it has ${listed(columns)}` },
      ];
    })
    .concat(unknown);
}

/**
 * The fields of one record as texts; optional fields without a value are left out.
 * @throws DataError that names the line, and the field that is empty there
 */
export function applyMapping(
  fields: readonly RequiredField[],
  mapping: ColumnMapping,
  record: unknown,
  line: number,
): Readonly<Record<string, string>> {
  if (!isObject(record)) throw new DataError('expected an object with named fields', line);
  const texts: Record<string, string> = {};
  for (const { name, optional } of fields) {
    const column = mapping[name] ?? '';
    const text = column === '' ? '' : textOf(valueAt(record, column));
    if (text !== '') texts[name] = text;
    else if (!optional) {
      const what = column === name ? 'the field' : `the column "${column}"`;
      throw new DataError(`${what} is empty`, line, name);
    }
  }
  return texts;
}

/** What the import says of a file, in words. */
import type {
  DataProblem,
  FileInspection,
  ImportPhase,
  ImportProgress,
  RequiredField,
} from '../../../state/data-import.svelte';
import { amount } from '../../../state/models/sizes';
import { count, plural } from '../../shared/format';

/** `line 3, field “answer”`; empty where a problem has no place. */
export function placeOf({ line, field }: DataProblem): string {
  return [
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(field === undefined ? [] : [`field “${field}”`]),
  ].join(', ');
}

/** `12.3 of 200.0 MB · 5,000 rows`. */
export function progressWords(progress: ImportProgress | undefined): string {
  if (!progress) return '';
  return `${amount(progress.done, progress.total)} · ${plural(progress.rows, 'row')}`;
}

/** In [0, 1]; `undefined` while it is not known. */
export function progressShare(progress: ImportProgress | undefined): number | undefined {
  return progress?.total ? Math.min(1, progress.done / progress.total) : undefined;
}

const WORKING: Partial<Record<ImportPhase, string>> = {
  inspecting: 'Looking at the file',
  reading: 'Reading the file',
  taking: 'Preparing the data',
};

/** What is under way; `undefined` when nothing is. */
export function workWords(phase: ImportPhase): string | undefined {
  return WORKING[phase];
}

/** What the file is, and how the system reads it. */
export function formWords({ format, published, columns }: FileInspection, system: string): string {
  if (published) return `${format.title}, in its published form: ${system} reads it as it is.`;
  const what = format.name === 'plain' ? 'A table' : `It looks like ${format.title}`;
  return `${what} with ${plural(columns.length, 'column')}: choose which column holds what ${system} needs.`;
}

/** How many rows are used, in a sentence. */
export function takenWords({ preview }: FileInspection): string {
  const { rows, usable, taken } = preview;
  const left = rows - usable;
  const lost = left === 0 ? '' : ` ${plural(left, 'row')} cannot be used.`;
  if (taken < usable) {
    return `${count(taken)} of ${plural(usable, 'usable row')} are taken, a seeded sample.${lost}`;
  }
  return `${taken === rows ? 'All rows are' : plural(taken, 'row is', 'rows are')} taken.${lost}`;
}

/** The fields that a column fills, by the column's path. */
export function fieldsOf(
  mapping: Readonly<Record<string, string>>,
  fields: readonly RequiredField[],
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { name } of fields) {
    const column = mapping[name] ?? '';
    if (column === '') continue;
    const before = names.get(column);
    names.set(column, before === undefined ? name : `${before}, ${name}`);
  }
  return names;
}

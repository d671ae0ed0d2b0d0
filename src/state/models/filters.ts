/** Which models a visitor wants to see, of the many. */
import type { Fit } from './fit';
import type { ModelEntry, ModelType } from './model-entry';

export interface Filters {
  /** Words that must all occur in name, family, size or licence. */
  readonly query: string;
  readonly fits: boolean;
  /** Only what is on this machine. */
  readonly here: boolean;
  /** Empty for all. */
  readonly family: string;
  readonly type: ModelType | '';
}

export const DEFAULT_FILTERS: Filters = {
  query: '',
  fits: true,
  here: false,
  family: '',
  type: '',
};

/** Whether more is asked for than the page shows by itself. */
export function asksForMore({ query, here, family, type }: Filters): boolean {
  return query.trim() !== '' || here || family !== '' || type !== '';
}

/** What is known of a model beside its entry. */
export interface Standing {
  readonly fit: Fit['verdict'];
  /** On this machine, or on the way to it or into memory. */
  readonly here: boolean;
}

export function matches(entry: ModelEntry, { fit, here }: Standing, filters: Filters): boolean {
  if (filters.family !== '' && entry.family !== filters.family) return false;
  if (filters.type !== '' && entry.type !== filters.type) return false;
  if (filters.here && !here) return false;
  // What was begun or added is never hidden by the machine's limits.
  if (filters.fits && !here && entry.origin !== 'added' && (fit === 'no' || fit === 'tight')) {
    return false;
  }
  const text = searchable(entry);
  return filters.query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function searchable({
  key,
  name,
  family,
  parameters,
  quantisation,
  licence,
  type,
}: ModelEntry): string {
  return [key, name, family, parameters, quantisation, licence, type].join(' ').toLowerCase();
}

/** Families in the order of the alphabet. */
export function families(entries: readonly ModelEntry[]): readonly string[] {
  const all = new Set(entries.flatMap(({ family }) => (family ? [family] : [])));
  return [...all].sort((a, b) => a.localeCompare(b, 'en'));
}

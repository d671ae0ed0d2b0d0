/** What a visitor can do about a failed model, in the order in which it is likely to help. */
import type { Work } from './card-status';
import { f32Twin, type ModelEntry } from './model-entry';
import type { ModelFailure } from './model-client';
import { LADDER } from './recommendation';

export type Remedy =
  | { readonly name: 'retry' | 'again' | 'cpu' | 'server' | 'tidy' }
  /** Another model in its place. */
  | { readonly name: 'instead'; readonly key: string };

/** What is to be known beside the failure. */
export interface RemedyContext {
  readonly entries: readonly ModelEntry[];
  /** Whether a model can be loaded here. */
  readonly fits: (entry: ModelEntry) => boolean;
}

export function remedies(
  entry: ModelEntry,
  { problem }: ModelFailure,
  during: Work,
  { entries, fits }: RemedyContext,
): readonly Remedy[] {
  const another = (found: ModelEntry | undefined): readonly Remedy[] =>
    found ? [{ name: 'instead', key: found.key }] : [];
  const cpu: readonly Remedy[] = entry.usesGpu ? [{ name: 'cpu' }] : [];
  const retry: Remedy = { name: 'retry' };
  if (during === 'delete') return [retry];
  switch (problem) {
    case 'no-webgpu':
      return [...cpu, retry];
    case 'no-f16':
      return [...another(f32Twin(entry, entries)), ...cpu];
    case 'device-lost':
    case 'out-of-memory':
    case 'crashed':
    case 'hung':
      return [retry, ...another(nextSmaller(entry, entries, fits)), ...cpu];
    case 'quota':
      return [{ name: 'tidy' }, retry, ...another(nextSmaller(entry, entries, fits))];
    // What is here is not what should be here, so trying with it again would fail again.
    case 'wrong-checksum':
    case 'truncated':
      return entry.place === 'download' ? [{ name: 'again' }] : [retry];
    case 'refused-key':
    case 'cors':
    case 'bad-request':
    case 'rate-limited':
    case 'server-error':
    case 'not-found':
    case 'html':
    case 'network':
      return entry.place === 'server' ? [retry, { name: 'server' }] : [retry];
    default:
      return [retry];
  }
}

/** The largest of its kind that fits and needs clearly less memory; of the usual ones, if there is one. */
export function nextSmaller(
  entry: ModelEntry,
  entries: readonly ModelEntry[],
  fits: (entry: ModelEntry) => boolean,
): ModelEntry | undefined {
  const { memoryBytes, type, usesGpu } = entry;
  if (memoryBytes === undefined) return undefined;
  const smaller = entries
    .filter(
      (other) =>
        other.type === type &&
        other.usesGpu === usesGpu &&
        other.origin !== 'added' &&
        other.memoryBytes !== undefined &&
        other.memoryBytes <= memoryBytes * 0.75 &&
        fits(other),
    )
    .toSorted((a, b) => b.memoryBytes! - a.memoryBytes!);
  const found = smaller.find(({ name }) => LADDER.includes(name)) ?? smaller[0];
  // Of its builds the lightest: a 32-bit one may stand before its 16-bit twin.
  return smaller.findLast(({ name }) => name === found?.name);
}

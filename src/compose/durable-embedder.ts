/**
 * An embedder whose embeddings are kept with a run. They are looked up by their text: a continued run
 * embeds each text in the same company as before, or not at all.
 */
import type { Embedder } from '../core/reward/embedding-features-embedder';
import type { Journal, JournalEntry } from '../core/run/journal';
import { shortHash } from '../core/run/journal-key';

/** The embeddings of one request: hashes of the texts, and their vectors one after the other. */
interface KeptEmbeddings {
  readonly texts: readonly string[];
  readonly vectors: Float32Array;
}

const PLACE = 'embeddings ';

/**
 * @param make the embedder itself; made when it is first asked for a text that was not kept
 * @param d length of an embedding
 */
export function durableEmbedder(
  name: string,
  d: number,
  make: () => Promise<Embedder>,
  journal: Journal,
): Embedder {
  const kept = keptEmbeddings(journal.recorded, d);
  let made: Promise<Embedder> | undefined;
  const embedder = (): Promise<Embedder> =>
    (made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    }));
  return {
    name,
    d,
    async embed(texts, signal) {
      const fresh = texts.filter((text) => !kept.has(shortHash(text)));
      if (fresh.length === 0) return texts.map((text) => kept.get(shortHash(text))!);
      const vectors = await (await embedder()).embed(fresh, signal);
      void journal.append(entryOf(fresh, vectors, d));
      const found = new Map(fresh.map((text, i) => [text, vectors[i]!]));
      return texts.map((text) => found.get(text) ?? kept.get(shortHash(text))!);
    },
  };
}

function keptEmbeddings(
  recorded: readonly JournalEntry[],
  d: number,
): ReadonlyMap<string, Float32Array> {
  const kept = new Map<string, Float32Array>();
  for (const { place, value } of recorded) {
    if (place?.startsWith(PLACE) !== true) continue;
    const { texts, vectors } = value as KeptEmbeddings;
    texts.forEach((text, i) => kept.set(text, vectors.subarray(i * d, (i + 1) * d)));
  }
  return kept;
}

function entryOf(
  texts: readonly string[],
  vectors: readonly Float32Array[],
  d: number,
): JournalEntry {
  const hashes = texts.map(shortHash);
  const joined = new Float32Array(texts.length * d);
  vectors.forEach((vector, i) => joined.set(vector, i * d));
  const key = shortHash(hashes.join(' '));
  const value: KeptEmbeddings = { texts: hashes, vectors: joined };
  return { key, place: `${PLACE}${key}`, value };
}

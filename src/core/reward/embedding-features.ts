/**
 * Features φ(x, y) of a text embedder: the dense features of `features.ts`, and beside them how
 * the meaning of y relates to the meaning of x. Any embedder will do: a sentence encoder, or the
 * hidden states of a language model.
 *
 * Raw embeddings are never features by themselves: with a few hundred pairs hundreds of numbers a
 * text memorise. Cosines generalise; a small random projection (Johnson & Lindenstrauss 1984) of
 * e(y) and of e(query) ⊙ e(y) lets a head learn which meanings are preferred, and which of them in
 * relation to the query.
 */
import { contentHash } from '../random/hash';
import { randomStream } from '../random/stream';
import { EmbeddingCache } from './embedding-features-cache';
import { dot, normalised, projection, type Embedder } from './embedding-features-embedder';
import type { FeatureItem, FeatureMap } from './feature-map';
import { TextFeatures, FEATURE_COUNT } from './features';
import { ProfileCache, type WordFrequencies } from './text-profile';

const RELATION_NAMES = [
  'cosine of query and y',
  'cosine of context and y',
  'cosine of query and y, less that of context and y',
  'best cosine of a context line and y',
  'best cosine of a context line and y, less the mean',
  'cosine of query and the line of the context nearest to y',
] as const;

/** Numbers each of the two projections gives. */
const PROJECTED = 16;

/** Longer contexts are cut: embedding is the expensive part. */
const MAX_LINES = 64;

interface Parts {
  readonly query: string;
  readonly lines: readonly string[];
  readonly y: string;
}

export class EmbeddingFeatures implements FeatureMap {
  readonly d = FEATURE_COUNT + RELATION_NAMES.length + 2 * PROJECTED;
  readonly #dense = new TextFeatures();
  readonly #profiles = new ProfileCache();
  readonly #vectors = new Map<string, Float32Array>();
  readonly #embeddings: EmbeddingCache;
  #projections: readonly Float32Array[][] = [];

  /** @param embedder made with the first features: nothing is loaded for heads nobody trains */
  constructor(
    readonly name: string,
    embedder: () => Promise<Embedder>,
  ) {
    this.#embeddings = new EmbeddingCache(embedder);
  }

  learnFrequencies(texts: Iterable<string>): void {
    this.#dense.learnFrequencies(texts);
  }

  frequencies(): WordFrequencies {
    return this.#dense.frequencies();
  }

  takeFrequencies(words: WordFrequencies): void {
    this.#dense.takeFrequencies(words);
  }

  reference(item: FeatureItem): number {
    return this.#dense.reference(item);
  }

  /** @throws Error of the embedder */
  async vectors(items: readonly FeatureItem[]): Promise<Float32Array[]> {
    const addresses = items.map(({ inputs, order, output }) =>
      contentHash([order.map((name) => inputs[name]), output]),
    );
    const fresh = new Map<string, FeatureItem>();
    addresses.forEach((address, i) => {
      if (!this.#vectors.has(address)) fresh.set(address, items[i]!);
    });
    const dense = await this.#dense.vectors([...fresh.values()]);
    const related = await this.#relations([...fresh.values()].map((item) => this.#parts(item)));
    [...fresh.keys()].forEach((address, i) => {
      this.#vectors.set(address, Float32Array.from([...dense[i]!, ...related[i]!]));
    });
    return addresses.map((address) => this.#vectors.get(address)!);
  }

  #parts({ inputs, order, output }: FeatureItem): Parts {
    const [query = '', ...context] = order.map((name) => inputs[name] ?? '');
    const { lines } = this.#profiles.get(context.join('\n'));
    return { query, lines: lines.slice(0, MAX_LINES), y: output };
  }

  /** One request to the embedder for all texts, so that it can batch them. */
  async #relations(parts: readonly Parts[]): Promise<number[][]> {
    const texts = parts.flatMap(({ query, lines, y }) => [query, y, ...lines]);
    if (texts.length === 0) return [];
    const embeddings = (await this.#embeddings.get(texts)).map(normalised);
    this.#prepareProjections(embeddings[0]!.length);
    let next = 0;
    return parts.map(({ lines }) => {
      const [query, y, ...context] = embeddings.slice(next, (next += 2 + lines.length));
      return [...relate(query!, y!, context), ...this.#project(query!, y!)];
    });
  }

  #prepareProjections(size: number): void {
    if (this.#projections.length > 0) return;
    this.#projections = ['output', 'product'].map((what) =>
      projection(PROJECTED, size, randomStream('embedding projection', what, size)),
    );
  }

  #project(query: Float32Array, y: Float32Array): number[] {
    const [ofOutput, ofProduct] = this.#projections;
    // Unit vectors multiply to entries of about 1/d; √d brings them to the scale of e(y).
    const scale = Math.sqrt(y.length);
    const product = query.map((value, i) => value * y[i]! * scale);
    return [
      ...ofOutput!.map((direction) => dot(direction, y)),
      ...ofProduct!.map((direction) => dot(direction, product)),
    ];
  }
}

/** @param context embeddings of the context's lines, in order; may be none. All of length 1 or 0. */
function relate(query: Float32Array, y: Float32Array, context: readonly Float32Array[]): number[] {
  const asked = dot(query, y);
  if (context.length === 0) return [asked, 0, 0, 0, 0, 0];
  const mean = new Float32Array(y.length);
  for (const line of context) line.forEach((value, i) => (mean[i]! += value));
  const drawn = dot(normalised(mean), y);
  const cosines = context.map((line) => dot(line, y));
  const best = Math.max(...cosines);
  const average = cosines.reduce((sum, value) => sum + value, 0) / cosines.length;
  const nearest = context[cosines.indexOf(best)]!;
  return [asked, drawn, asked - drawn, best, best - average, dot(query, nearest)];
}

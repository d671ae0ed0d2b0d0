/**
 * Hashed text features φ(x, y): which words stand in the input, in the output and in both, by the
 * hashing trick (Weinberger et al. 2009): word n-grams fall into a fixed number of buckets with a
 * pseudo-random sign, so that collisions cancel on average. Nothing is learnt and nothing is
 * downloaded. The block of shared n-grams makes the relation of y to x visible to a linear head.
 *
 * They need many pairs: with a few hundred the dense features of `features.ts` are better.
 */
import { contentHash } from '../random/hash';
import type { FeatureItem, FeatureMap } from './feature-map';
import { OverlapReference } from './features-reference';
import type { TextProfile, WordFrequencies } from './text-profile';

/** Buckets a block. */
export const BUCKETS = 256;

/** Of the input, of the output, of what they share. */
const BLOCKS = 3;

export class HashedFeatures implements FeatureMap {
  readonly name = 'hashed';
  readonly d = BLOCKS * BUCKETS;
  readonly #overlap = new OverlapReference();
  readonly #vectors = new Map<string, Float32Array>();

  /** Only the reference score weighs words by their frequency. */
  learnFrequencies(texts: Iterable<string>): void {
    this.#overlap.learnFrequencies(texts);
  }

  frequencies(): WordFrequencies {
    return this.#overlap.idf.frequencies();
  }

  takeFrequencies(words: WordFrequencies): void {
    this.#overlap.takeFrequencies(words);
  }

  vectors(items: readonly FeatureItem[]): Promise<Float32Array[]> {
    return Promise.resolve(items.map((item) => this.#vector(item)));
  }

  reference(item: FeatureItem): number {
    return this.#overlap.score(item);
  }

  #vector({ inputs, order, output }: FeatureItem): Float32Array {
    this.#overlap.freeze();
    const texts = order.map((name) => inputs[name] ?? '');
    const address = contentHash([texts, output]);
    const known = this.#vectors.get(address);
    if (known !== undefined) return known;
    const x = ngramCounts(this.#overlap.profiles.get(texts.join('\n')));
    const y = ngramCounts(this.#overlap.profiles.get(output));
    const shared = new Map<string, number>();
    for (const [ngram, count] of y) {
      if (x.has(ngram)) shared.set(ngram, Math.min(count, x.get(ngram)!));
    }
    const vector = new Float32Array(this.d);
    [x, y, shared].forEach((counts, block) => {
      hashInto(vector.subarray(block * BUCKETS, (block + 1) * BUCKETS), counts);
    });
    this.#vectors.set(address, vector);
    return vector;
  }
}

function ngramCounts({ words }: TextProfile): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (ngram: string): void => void counts.set(ngram, (counts.get(ngram) ?? 0) + 1);
  words.forEach((word, i) => {
    add(word);
    if (i > 0) add(`${words[i - 1]!} ${word}`);
  });
  return counts;
}

/** Adds ± log(1 + count) of each n-gram to its bucket and scales the block to length 1. */
function hashInto(block: Float32Array, counts: ReadonlyMap<string, number>): void {
  for (const [ngram, count] of counts) {
    const hash = hash32(ngram);
    // The highest bit gives the sign, the lowest ones the bucket.
    block[hash % block.length]! += hash >>> 31 === 0 ? Math.log1p(count) : -Math.log1p(count);
  }
  let squares = 0;
  for (const value of block) squares += value * value;
  if (squares === 0) return;
  const norm = Math.sqrt(squares);
  for (let i = 0; i < block.length; i++) block[i]! /= norm;
}

/**
 * An unsigned 32-bit hash of a text's UTF-16 units: FNV-1a with murmur3's finaliser, because the
 * bits of FNV alone are uneven for short texts.
 * @param seed another one gives an independent hash
 */
export function hash32(text: string, seed = 0): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

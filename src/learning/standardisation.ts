/** Standardisation of features by component, learnt once from the first fit's vectors. */

export interface Standardisation {
  /** Mean and standard deviation of each feature, length d. */
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
}

/** Standardised features beyond this many deviations say nothing more. */
const LIMIT = 5;

/** @param vectors at least one, all of the same length d */
export function learnStandardisation(vectors: readonly Float32Array[]): Standardisation {
  const d = vectors[0]!.length;
  const mean = new Float32Array(d);
  const deviation = new Float32Array(d);
  for (let j = 0; j < d; j++) {
    let sum = 0;
    let squares = 0;
    for (const vector of vectors) {
      sum += vector[j]!;
      squares += vector[j]! * vector[j]!;
    }
    const average = sum / vectors.length;
    const variance = Math.max(0, squares / vectors.length - average * average);
    mean[j] = average;
    // A feature that never varied carries nothing: leave it at 0 whatever comes later.
    deviation[j] = variance > 1e-8 ? Math.sqrt(variance) : Infinity;
  }
  return { mean, deviation };
}

/** Rows standardised and clipped, as one [n, d] buffer. */
export function standardise(
  rows: readonly { readonly vector: Float32Array; readonly by: Standardisation }[],
  d: number,
): Float32Array {
  const buffer = new Float32Array(rows.length * d);
  rows.forEach(({ vector, by }, i) => {
    for (let j = 0; j < d; j++) {
      const z = (vector[j]! - by.mean[j]!) / by.deviation[j]!;
      buffer[i * d + j] = Math.max(-LIMIT, Math.min(LIMIT, z));
    }
  });
  return buffer;
}

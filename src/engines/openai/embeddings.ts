/** Vectors of texts from a server's `/embeddings`. */
import type { Connection } from './connection';
import { wholeText } from './exchange';
import { at } from './json-path';

/** Texts of one request: what text-embeddings-inference takes; others take more. */
export const TEXTS_PER_REQUEST = 32;

/**
 * One vector a text, in their order, from one request.
 * @throws ModelError or PassingFailure, and the signal's reason when aborted
 */
export function embedTexts(
  connection: Connection,
  model: string,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<Float32Array[]> {
  // Servers refuse the empty text, which a component may well have written.
  const input = texts.map((text) => (text === '' ? ' ' : text));
  const body = { model, input, encoding_format: 'float' };
  return connection.ask('/embeddings', body, signal, async (reply) => {
    const text = await wholeText(reply);
    const vectors = vectorsIn(text, texts.length);
    if (vectors === undefined) throw connection.notAnswer(text, 'no embeddings');
    return vectors;
  });
}

function vectorsIn(text: string, count: number): Float32Array[] | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  const data = at(body, 'data');
  if (!Array.isArray(data) || data.length !== count) return undefined;
  const vectors: Float32Array[] = [];
  for (const [place, entry] of data.entries()) {
    const vector = at(entry, 'embedding');
    if (!Array.isArray(vector) || vector.length === 0 || !vector.every(Number.isFinite)) {
      return undefined;
    }
    vectors[Number(at(entry, 'index') ?? place)] = Float32Array.from(vector as number[]);
  }
  const whole =
    vectors.length === count &&
    Array.from(vectors).every((vector) => vector?.length === vectors[0]?.length);
  return whole ? vectors : undefined;
}

/** One text as a vector. */
import { callFailure } from './engine-failures';
import type { RunningEngine } from './running-engine';

export interface EmbeddingContext {
  /** Of the model, for people. */
  readonly name: string;
  readonly dimension: number;
}

/**
 * The mean of the last hidden states of all tokens, of length 1; zeros for an empty text, which
 * llama.cpp refuses.
 * @throws ModelError
 */
export async function embedText(
  engine: RunningEngine,
  text: string,
  { name, dimension }: EmbeddingContext,
): Promise<Float32Array> {
  if (text === '') return new Float32Array(dimension);
  // One text a question: a second one finds no free slot and is lost.
  const { data } = await engine.ask(
    (wllama) => wllama.createEmbedding({ input: text }),
    (error, log) => callFailure(error, name, log),
  );
  return Float32Array.from(data[0]!.embedding as number[]);
}

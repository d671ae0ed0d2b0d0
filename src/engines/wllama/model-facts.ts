/** What has to be known of a model before llama.cpp is started. */
import type { GgufHead } from './gguf';

export interface GgufFacts {
  /** Tokens it was trained to look back on, where the file tells. */
  readonly trainedTokens: number | undefined;
  /** Bytes that keys and values of one token take, as 32-bit numbers. */
  readonly bytesPerToken: number;
}

/** Where the file doesn't tell: what models of some billions of weights take. */
const MUCH_PER_TOKEN = 128 * 2 ** 10;

export function factsOf({ values }: GgufHead): GgufFacts {
  const architecture = String(values.get('general.architecture'));
  const number = (key: string): number | undefined => {
    const value = values.get(`${architecture}.${key}`);
    return typeof value === 'number' ? value : undefined;
  };
  const layers = number('block_count');
  const width = number('embedding_length');
  const heads = number('attention.head_count');
  // Where heads differ from layer to layer, all of them is an upper bound.
  const keyHeads = number('attention.head_count_kv') ?? heads;
  const known = layers && width && heads && keyHeads;
  const key = number('attention.key_length') ?? width! / heads!;
  const value = number('attention.value_length') ?? width! / heads!;
  return {
    trainedTokens: number('context_length'),
    bytesPerToken: known
      ? layers * keyHeads * (key + value) * Float32Array.BYTES_PER_ELEMENT
      : MUCH_PER_TOKEN,
  };
}

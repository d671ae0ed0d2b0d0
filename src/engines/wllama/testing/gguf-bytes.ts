/** The head of a GGUF as bytes. */

/** A value of the head: a text, a whole number, or a list of texts. */
type Value = string | number | readonly string[];

export const LLAMA: Readonly<Record<string, Value>> = {
  'general.architecture': 'llama',
  'llama.context_length': 2048,
  'llama.block_count': 2,
  'llama.embedding_length': 8,
  'llama.attention.head_count': 4,
  'llama.attention.head_count_kv': 1,
  'tokenizer.ggml.tokens': ['a', 'b'],
};

export interface Tensor {
  readonly name: string;
  readonly type: number;
  readonly numbers: number;
  readonly bytes: Uint8Array;
}

/** Tensors begin at whole multiples of this. */
const ALIGNMENT = 32;

export function ggufBytes(
  values: Readonly<Record<string, Value>> = LLAMA,
  tensors: readonly Tensor[] = [],
): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [...new TextEncoder().encode('GGUF')];
  const word = (value: number, size: number): void => {
    for (let i = 0; i < size; i++) bytes.push(Math.floor(value / 256 ** i) % 256);
  };
  const text = (value: string): void => {
    const encoded = new TextEncoder().encode(value);
    word(encoded.length, 8);
    bytes.push(...encoded);
  };
  const align = (): void => {
    while (bytes.length % ALIGNMENT !== 0) bytes.push(0);
  };
  word(3, 4);
  word(tensors.length, 8);
  word(Object.keys(values).length, 8);
  for (const [key, value] of Object.entries(values)) {
    text(key);
    if (typeof value === 'number') {
      word(4, 4);
      word(value, 4);
    } else if (typeof value === 'string') {
      word(8, 4);
      text(value);
    } else {
      word(9, 4);
      word(8, 4);
      word(value.length, 8);
      value.forEach(text);
    }
  }
  let offset = 0;
  for (const { name, type, numbers, bytes: data } of tensors) {
    text(name);
    word(1, 4);
    word(numbers, 8);
    word(type, 4);
    word(offset, 8);
    offset += Math.ceil(data.length / ALIGNMENT) * ALIGNMENT;
  }
  for (const { bytes: data } of tensors) {
    align();
    bytes.push(...data);
  }
  return Uint8Array.from(bytes);
}

export function ggufFile(values?: Readonly<Record<string, Value>>, name = 'model.gguf'): File {
  return new File([ggufBytes(values)], name);
}

/**
 * The head of a GGUF file: what has to be known before llama.cpp is started, which answers a file
 * that is none with a line in a log, and a context that is too large with a crash.
 *
 * https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */
import { cutShort, notGguf } from './failures';

export interface GgufFacts {
  /** Tokens it was trained to look back on, where the file tells. */
  readonly contextTokens: number | undefined;
  /** Bytes that keys and values of one token take, as 32-bit numbers. */
  readonly bytesPerToken: number;
}

/** Where the file doesn't tell: what models of some billions of weights take. */
const MUCH_PER_TOKEN = 128 * 2 ** 10;

/** Everything before the vocabulary fits into this many times. */
const HEAD = 2 ** 20;

type Values = ReadonlyMap<string, string | number>;

/** @throws ModelError `not-a-model` or `truncated` */
export async function readGguf(file: Blob, name: string): Promise<GgufFacts> {
  const head = await file.slice(0, HEAD).arrayBuffer();
  if (new TextDecoder().decode(head.slice(0, 4)) !== 'GGUF') throw notGguf(name);
  try {
    return factsOf(valuesOf(new DataView(head)));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw file.size <= HEAD ? cutShort(name, error) : notGguf(name, error);
  }
}

function factsOf(values: Values): GgufFacts {
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
    contextTokens: number('context_length'),
    bytesPerToken: known
      ? layers * keyHeads * (key + value) * Float32Array.BYTES_PER_ELEMENT
      : MUCH_PER_TOKEN,
  };
}

/** Bytes of the types by their number. */
const SIZES = [1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8];
const UINT32 = 4;
const INT32 = 5;
const TEXT = 8;
const LIST = 9;

/**
 * Whole numbers and texts by name, up to the vocabulary.
 * @throws RangeError where the bytes end before that, or make no sense
 */
function valuesOf(view: DataView): Values {
  const values = new Map<string, string | number>();
  let at = 8;
  const advance = (bytes: number): number => {
    at += bytes;
    return at - bytes;
  };
  const count = (): number => Number(view.getBigUint64(advance(8), true));
  const type = (): number => view.getUint32(advance(4), true);
  const text = (): string => {
    const length = count();
    return new TextDecoder().decode(new Uint8Array(view.buffer, advance(length), length));
  };
  const skip = (of: number): void => {
    if (of === TEXT) {
      advance(count());
    } else if (of === LIST) {
      const inner = type();
      for (let left = count(); left > 0; left--) skip(inner);
    } else {
      const size = SIZES[of];
      if (!size) throw new RangeError(`there is no type ${of}`);
      if (advance(size) >= view.byteLength) throw new RangeError('the bytes end');
    }
  };
  count();
  for (let left = count(); left > 0; left--) {
    const key = text();
    if (key === 'tokenizer.ggml.tokens') break;
    const of = type();
    if (of === TEXT) values.set(key, text());
    else if (of === UINT32 || of === INT32) values.set(key, view.getUint32(advance(4), true));
    else skip(of);
  }
  return values;
}

/**
 * The head of a GGUF file, which stands before the weights: names and values, then where each tensor
 * lies.
 *
 * https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */
import { cutShort, notGguf } from './failures';

export interface GgufHead {
  /** Whole numbers and texts by name. */
  readonly values: ReadonlyMap<string, string | number>;
  readonly tensors: readonly GgufTensor[];
  /** Where the head ends, before it is filled up to where the weights begin. */
  readonly length: number;
}

export interface GgufTensor {
  /** How many numbers it holds. */
  readonly numbers: number;
  /** Of the numbers, by llama.cpp's count. */
  readonly type: number;
  /** From the beginning of the weights. */
  readonly offset: number;
  /** Where in the head type and offset stand, one behind the other. */
  readonly typeAt: number;
}

/** Read in pieces, each four times the one before: a vocabulary may take megabytes. */
const PIECE = 2 ** 20;
const LONGEST = 2 ** 28;

/** @throws ModelError `not-a-model` or `truncated` */
export async function readHead(file: Blob, name: string): Promise<GgufHead> {
  for (let length = PIECE; ; length *= 4) {
    const bytes = await file.slice(0, length).arrayBuffer();
    const start = new Uint8Array(bytes, 0, Math.min(8, bytes.byteLength));
    if (new TextDecoder().decode(start.subarray(0, 4)) !== 'GGUF') throw notGguf(name);
    // The version, of which there are three yet.
    if ((start[4] ?? 1) > 9 || start[5] || start[6] || start[7]) throw notGguf(name);
    try {
      return headOf(new DataView(bytes));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      if (length >= LONGEST) throw notGguf(name, error);
      if (length >= file.size) throw cutShort(name, error);
    }
  }
}

/** Bytes of the types of values by their number. */
const SIZES = [1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8];
const UINT32 = 4;
const INT32 = 5;
const TEXT = 8;
const LIST = 9;

/** @throws RangeError where the bytes end before the head does, or make no sense */
function headOf(view: DataView): GgufHead {
  let at = 8;
  const advance = (bytes: number): number => {
    at += bytes;
    if (at > view.byteLength) throw new RangeError('the bytes end');
    return at - bytes;
  };
  const word = (): number => view.getUint32(advance(4), true);
  const count = (): number => Number(view.getBigUint64(advance(8), true));
  const text = (): string => {
    const length = count();
    return new TextDecoder().decode(new Uint8Array(view.buffer, advance(length), length));
  };
  const skip = (type: number): void => {
    if (type === TEXT) {
      advance(count());
    } else if (type === LIST) {
      const inner = word();
      const length = count();
      const size = SIZES[inner];
      if (size) advance(size * length);
      else for (let left = length; left > 0; left--) skip(inner);
    } else if (SIZES[type]) {
      advance(SIZES[type]);
    } else {
      throw new RangeError(`there is no type ${type}`);
    }
  };

  const tensorCount = count();
  const values = new Map<string, string | number>();
  for (let left = count(); left > 0; left--) {
    const key = text();
    const type = word();
    if (type === TEXT) values.set(key, text());
    else if (type === UINT32 || type === INT32) values.set(key, word());
    else skip(type);
  }
  const tensors: GgufTensor[] = [];
  for (let left = tensorCount; left > 0; left--) {
    text();
    let numbers = 1;
    for (let dimensions = word(); dimensions > 0; dimensions--) numbers *= count();
    const typeAt = at;
    tensors.push({ numbers, type: word(), offset: count(), typeAt });
  }
  return { values, tensors, length: at };
}

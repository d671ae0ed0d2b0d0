/** Files for tests, as streams that are cut into pieces. */
import type { ByteStream } from '../byte-stream';

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function streamOf(file: string | Uint8Array, pieceBytes = 65_536): ByteStream {
  const bytes = typeof file === 'string' ? bytesOf(file) : file;
  return cutAt(
    bytes,
    Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, i) => i * pieceBytes),
  );
}

/** @param places offsets at which a piece begins, in any order */
export function cutAt(bytes: Uint8Array, places: readonly number[]): ByteStream {
  const starts = [...new Set([0, ...places.map((place) => place % (bytes.length + 1))])].sort(
    (a, b) => a - b,
  );
  const pieces = starts.map((start, i) => bytes.slice(start, starts[i + 1] ?? bytes.length));
  let next = 0;
  return {
    getReader: () => ({
      read: async () => {
        const value = pieces[next];
        next += 1;
        return value === undefined ? { done: true } : { done: false, value };
      },
      cancel: async () => void (next = pieces.length),
    }),
  };
}

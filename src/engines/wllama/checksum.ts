/** SHA-256 of files that are too large to be in memory as a whole. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

const PIECE = 8 * 2 ** 20;

/**
 * @param files one after the other, as `cat` would join them
 * @param report hears how many bytes were read
 * @throws the signal's reason when aborted
 */
export async function checksumOf(
  files: readonly Blob[],
  signal: AbortSignal,
  report: (bytes: number) => void = () => undefined,
): Promise<string> {
  const hash = sha256.create();
  let read = 0;
  for (const file of files) {
    for (let at = 0; at < file.size; at += PIECE) {
      signal.throwIfAborted();
      const piece = new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer());
      hash.update(piece);
      report((read += piece.length));
    }
  }
  return bytesToHex(hash.digest());
}

const END = 2 ** 20;

/**
 * Tells a file from others in a moment: the length, the first and the last MiB. Header and names are
 * at its beginning, weights at its end; two models that agree in both are not expected.
 */
export async function fingerprint(files: readonly Blob[]): Promise<string> {
  const hash = sha256.create();
  for (const file of files) {
    hash.update(utf8ToBytes(`${file.size} `));
    for (const part of [file.slice(0, END), file.slice(Math.max(0, file.size - END))]) {
      hash.update(new Uint8Array(await part.arrayBuffer()));
    }
  }
  return bytesToHex(hash.digest()).slice(0, 12);
}

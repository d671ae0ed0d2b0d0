/** Content hashes: the same value gives the same address in a page, a worker and Node. */
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

/** JSON with object keys in sorted order, so that equal values give equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  );
}

/** The first 16 hexadecimal digits (64 bits) of the SHA-256 of the value's canonical JSON. */
export function contentHash(value: unknown): string {
  const digest = sha256(utf8ToBytes(canonicalJson(value)));
  let hex = '';
  for (let i = 0; i < 8; i++) hex += digest[i]!.toString(16).padStart(2, '0');
  return hex;
}

/** An unsigned 32-bit seed that depends on every part and on their order. */
export function seedOf(...parts: readonly (string | number)[]): number {
  const digest = sha256(utf8ToBytes(JSON.stringify(parts)));
  return new DataView(digest.buffer, digest.byteOffset).getUint32(0);
}

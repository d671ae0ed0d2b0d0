/** What WebAssembly can do here, asked by the smallest modules that need it. */
export interface WasmFeatures {
  /** Several numbers at a time; without it a CPU model takes several times as long. */
  readonly simd: boolean;
  /** Shared memory for threads; usable only where the page is cross-origin isolated. */
  readonly threads: boolean;
  /** More than 4 GiB of memory. */
  readonly memory64: boolean;
}

const HEAD = [0, 97, 115, 109, 1, 0, 0, 0];

/** A function that returns `i8x16.popcnt (i8x16.splat 0)`. */
const SIMD = [1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];
/** A shared memory and an atomic load from it. */
const THREADS = [
  1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 5, 4, 1, 3, 1, 1, 10, 11, 1, 9, 0, 65, 0, 254, 16, 2, 0, 26, 11,
];
/** A memory with 64-bit addresses. */
const MEMORY64 = [5, 3, 1, 4, 1];

export function wasmFeatures(
  validates: (module: Uint8Array<ArrayBuffer>) => boolean,
): WasmFeatures {
  const has = (body: readonly number[]): boolean => validates(new Uint8Array([...HEAD, ...body]));
  return { simd: has(SIMD), threads: has(THREADS), memory64: has(MEMORY64) };
}

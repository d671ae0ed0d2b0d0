/** A file that tells how much of it was read: wllama says nothing of a load that is under way. */

/**
 * @param heard length of a part that is being read, in bytes
 * @returns as much of a Blob as wllama uses: it reads slices, and in browsers that can't suspend
 *   WebAssembly the stream, which tells nothing
 */
export function toldBlob(blob: Blob, heard: (bytes: number) => void): Blob {
  const told = {
    size: blob.size,
    slice(start = 0, end = blob.size) {
      heard(Math.min(end, blob.size) - start);
      return blob.slice(start, end);
    },
    stream: () => blob.stream(),
  };
  return told as unknown as Blob;
}

/** Puts a file into the cache under its address, weights only when they are right. */
import type { ModelError } from '../../core/system/chat-model';
import { faultOf, md5Sum } from './checksum';
import { brokenOff } from './fetch-file';
import { CHECKED_BYTES, openCache, type ModelFile } from './files';

export async function keep(file: ModelFile, body: BufferSource, type: string): Promise<void> {
  const headers = { 'content-type': type, [CHECKED_BYTES]: String(body.byteLength) };
  await (await openCache(file.cache)).put(file.url, new Response(body, { headers }));
}

/**
 * Streams into the cache, which keeps nothing of a body that ends in an error.
 * @throws ModelError for a body that breaks off, or is not what the list says; what the cache throws
 */
export async function keepChecked(
  file: ModelFile,
  response: Response,
  signal: AbortSignal,
  count: (bytes: number) => void,
): Promise<void> {
  let bytes = 0;
  let wrong: ModelError | undefined;
  const sum = file.md5 === undefined ? undefined : md5Sum();
  const check = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      sum?.add(chunk);
      count(chunk.byteLength);
      controller.enqueue(chunk);
    },
    flush() {
      wrong = faultOf(file, bytes, sum?.hex());
      if (wrong) throw wrong;
    },
  });
  const headers = {
    'content-type': 'application/octet-stream',
    ...(file.bytes !== undefined && { [CHECKED_BYTES]: String(file.bytes) }),
  };
  const cache = await openCache(file.cache);
  try {
    await cache.put(file.url, new Response(response.body!.pipeThrough(check), { headers }));
  } catch (error) {
    signal.throwIfAborted();
    // Chromium has words of its own for a body that ended in our error.
    if (wrong) throw wrong;
    throw isQuota(error) ? error : brokenOff(file, error);
  }
}

function isQuota(error: unknown): boolean {
  return error instanceof Error && error.name === 'QuotaExceededError';
}

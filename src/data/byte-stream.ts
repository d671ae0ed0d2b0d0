/** Bytes of a file as they come: a web `ReadableStream`, in a page, a worker or Node. */

/** What a `ReadableStream<Uint8Array>` offers, told by its shape: its type differs by platform. */
export interface ByteStream {
  getReader(): ByteReader;
}

export interface ByteReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  cancel(reason?: unknown): Promise<void>;
}

/**
 * The pieces of a stream; it is let go when the caller stops early.
 * @throws the signal's reason
 */
export async function* piecesOf(
  stream: ByteStream,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader();
  let ended = false;
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { done, value } = await reader.read();
      signal?.throwIfAborted();
      if (done) {
        ended = true;
        return;
      }
      if (value && value.length > 0) yield value;
    }
  } finally {
    // A stream that broke refuses to be cancelled; what broke it is told already.
    if (!ended) await reader.cancel().catch(() => undefined);
  }
}

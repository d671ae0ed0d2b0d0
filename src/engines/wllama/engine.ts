/** The installed wllama, with every file of it from this site. */
import type { Wllama } from '@wllama/wllama/esm/index.js';

/** What is used of it; a test brings its own. */
export type WllamaEngine = Pick<
  Wllama,
  | 'loadModel'
  | 'createEmbedding'
  | 'exit'
  | 'getLoadedContextInfo'
  | 'isMultithread'
  | 'getNumThreads'
> & {
  createChatCompletion(
    options: Parameters<Wllama['createChatCompletion']>[0] & {
      readonly stream: true;
      readonly onData: (chunk: ChatChunk) => void;
    },
  ): Promise<void>;
};

/** The parts of a streamed piece that are read. */
export interface ChatChunk {
  readonly choices: readonly {
    readonly delta: { readonly content?: string | null };
    readonly finish_reason: string | null;
  }[];
  readonly usage?: {
    readonly prompt_tokens: number;
    readonly completion_tokens: number;
  } | null;
  readonly timings?: { readonly prompt_n: number; readonly predicted_n: number };
}

/** Hears what llama.cpp prints. */
export type WllamaLog = (line: string) => void;

/** The build for browsers that can't suspend WebAssembly or address it with 64 bits. */
function needsCompat(): boolean {
  if (!('Suspending' in WebAssembly)) return true;
  try {
    new WebAssembly.Memory({
      address: 'i64',
      initial: 1n,
    } as unknown as WebAssembly.MemoryDescriptor);
    return false;
  } catch {
    return true;
  }
}

export async function createWllama(log: WllamaLog): Promise<WllamaEngine> {
  const [{ Wllama }, { default: wasm }] = await Promise.all([
    import('@wllama/wllama/esm/index.js'),
    import('@wllama/wllama/esm/wasm/wllama.wasm?url'),
  ]);
  const heard = (...parts: unknown[]): void => log(parts.map(String).join(' '));
  const wllama = new Wllama(
    { default: absolute(wasm) },
    { logger: { debug: heard, log: heard, warn: heard, error: heard } },
  );
  // Its default is a content network, which nobody has chosen.
  wllama.setCompat(null);
  if (needsCompat()) {
    const [{ default: worker }, { default: compatWasm }] = await Promise.all([
      import('@wllama/wllama-compat/wasm/wllama.js?url'),
      import('@wllama/wllama-compat/wasm/wllama.wasm?url'),
    ]);
    wllama.setCompat({ worker: absolute(worker), wasm: absolute(compatWasm) }, 'firefox_safari');
  }
  return wllama as unknown as WllamaEngine;
}

/** wllama's own worker is a blob, from which nothing is relative. */
function absolute(url: string): string {
  return new URL(url, globalThis.location.href).href;
}

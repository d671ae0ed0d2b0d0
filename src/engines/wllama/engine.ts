/** The installed wllama, with every file of it from this site. */
import type { Wllama } from '@wllama/wllama/esm/index.js';
import { noEngine } from './engine-failures';

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
  /** Of llama.cpp, for example `b11364-46ca246`. */
  readonly build: string;
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
  /** While the prompt is read, once a batch. */
  readonly prompt_progress?: { readonly total: number; readonly processed: number };
}

/** What else an engine tells, beside what its calls give back. */
export interface EngineWatch {
  /** A line that llama.cpp or wllama prints as an error. */
  said(line: string): void;
  /** wllama's own worker is broken: calls that are open will never end. */
  broke(cause: unknown): void;
}

export type CreateEngine = (watch: EngineWatch) => Promise<WllamaEngine>;

/** The build for browsers that can't suspend WebAssembly or address it with 64 bits. */
function needsCompat(): boolean {
  if (!(WebAssembly as { Suspending?: unknown }).Suspending) return true;
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

export const createWllama: CreateEngine = async (watch) => {
  const [{ Wllama }, { default: wasm }] = await Promise.all([
    import('@wllama/wllama/esm/index.js'),
    import('@wllama/wllama/esm/wasm/wllama.wasm?url'),
  ]);
  const ignored = (): void => undefined;
  const wllama = new Wllama(
    { default: absolute(wasm) },
    {
      logger: {
        debug: ignored,
        log: ignored,
        warn: ignored,
        error: (...parts) => hear(watch, parts),
      },
    },
  );
  // Its default is a content delivery network, which nobody has chosen.
  wllama.setCompat(null);
  if (needsCompat()) {
    const [{ default: code }, { default: compatWasm }] = await Promise.all([
      // A development server takes the script apart when it is asked for as a file.
      import('@wllama/wllama-compat/wasm/wllama.js?raw'),
      import('@wllama/wllama-compat/wasm/wllama.wasm?url'),
    ]);
    // Firefox without suspension runs the usual build, several times as fast as this one.
    wllama.setCompat({ worker: { code }, wasm: absolute(compatWasm) }, 'safari');
  }
  const load = wllama.loadModel.bind(wllama);
  const engine = Object.assign(wllama, {
    build: Wllama.getLibllamaVersion(),
    loadModel: async (...model: Parameters<typeof load>) => {
      const stop = hearLostEnd(watch);
      await load(...model).finally(stop);
    },
  });
  return engine as unknown as WllamaEngine;
};

/**
 * When its WebAssembly does not come, wllama 3.8.1 stumbles over the report of that, and the load
 * stays open.
 */
function hearLostEnd(watch: EngineWatch): () => void {
  const hear = (event: PromiseRejectionEvent): void => {
    if (!/replace is not a function/.test(String(event.reason))) return;
    event.preventDefault();
    stop();
    watch.broke(noEngine('its WebAssembly did not come, or came broken'));
  };
  const stop = (): void => globalThis.removeEventListener('unhandledrejection', hear);
  globalThis.addEventListener('unhandledrejection', hear);
  return stop;
}

/** wllama gives the log the events of its worker too, and leaves the calls to that worker open. */
function hear(watch: EngineWatch, parts: readonly unknown[]): void {
  const [first] = parts;
  if (!(first instanceof Event)) return watch.said(parts.map(String).join(' '));
  first.preventDefault();
  watch.broke(new Error((first as ErrorEvent).message || 'its worker ended'));
}

/** wllama's own worker is a blob, from which nothing is relative. */
function absolute(url: string): string {
  return new URL(url, globalThis.location.href).href;
}

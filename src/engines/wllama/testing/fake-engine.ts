/** An engine of wllama's own type that writes what it is told to, and remembers what it was asked. */
import type { LoadModelParams } from '@wllama/wllama/esm/index.js';
import type { ChatChunk, CreateEngine, EngineWatch, WllamaEngine } from '../engine';

export interface Script {
  /** Pieces of an answer; `wait` never goes on unless it is aborted, `stuck` not even then. */
  readonly pieces?: readonly string[];
  readonly finish?: 'stop' | 'length' | null;
  /** Thrown by a call, after its pieces. */
  readonly fails?: unknown;
  /** What is printed before that. */
  readonly prints?: readonly string[];
  readonly load?: () => Promise<void>;
  /** Of the vocabulary: 0 is what wllama says of a model that was refused. */
  readonly vocabulary?: number;
}

export type ChatRequest = Parameters<WllamaEngine['createChatCompletion']>[0];

export interface FakeEngine {
  readonly create: CreateEngine;
  readonly requests: ChatRequest[];
  readonly embedded: unknown[];
  readonly loads: { readonly blobs: readonly Blob[]; readonly parameters: LoadModelParams }[];
  /** Calls it is at. */
  readonly open: number;
  /** Engines that were started, and ended. */
  readonly started: number;
  readonly ended: number;
  /** Of the engine that was started last. */
  readonly watch: EngineWatch;
  script: Script;
}

const PROMPT_TOKENS = 10;

export function fakeEngine(script: Script = {}): FakeEngine {
  const state = { open: 0, started: 0, ended: 0, watch: undefined as EngineWatch | undefined };
  const requests: ChatRequest[] = [];
  const embedded: unknown[] = [];
  const loads: FakeEngine['loads'] = [];

  async function answer(request: ChatRequest): Promise<void> {
    const { pieces = ['yes'], finish = 'stop', fails, prints = [] } = fake.script;
    const send = (chunk: Partial<ChatChunk>): void =>
      request.onData({ choices: [{ delta: {}, finish_reason: null }], ...chunk });
    send({ prompt_progress: { total: PROMPT_TOKENS, processed: PROMPT_TOKENS } });
    let written = 0;
    for (const piece of pieces) {
      await Promise.resolve();
      if (piece === 'stuck') await new Promise(() => undefined);
      if (piece === 'wait') await aborted(request.abortSignal);
      // As wllama does: it looks between two pieces.
      if (request.abortSignal?.aborted) throw new DOMException('Operation aborted', 'AbortError');
      send({ choices: [{ delta: { content: piece }, finish_reason: null }] });
      written += 1;
    }
    for (const line of prints) state.watch!.said(line);
    if (fails !== undefined) throw fails;
    send({ choices: [{ delta: {}, finish_reason: finish }] });
    send({ choices: [], usage: { prompt_tokens: PROMPT_TOKENS, completion_tokens: written } });
  }

  const engine: WllamaEngine = {
    build: 'b1',
    async loadModel(blobs, parameters = {}) {
      loads.push({ blobs: blobs as Blob[], parameters });
      for (const line of fake.script.prints ?? []) state.watch!.said(line);
      await fake.script.load?.();
    },
    getLoadedContextInfo: () =>
      ({ n_vocab: fake.script.vocabulary ?? 100, n_embd: 3 }) as ReturnType<
        WllamaEngine['getLoadedContextInfo']
      >,
    isMultithread: () => false,
    getNumThreads: () => 1,
    async createChatCompletion(request) {
      requests.push(request);
      state.open += 1;
      await answer(request).finally(() => (state.open -= 1));
    },
    async createEmbedding(request) {
      embedded.push(request.input);
      if (fake.script.fails !== undefined) throw fake.script.fails;
      return {
        object: 'list',
        model: '',
        data: [{ object: 'embedding', index: 0, embedding: [0, 0.6, 0.8] }],
        usage: { prompt_tokens: 1, total_tokens: 1 },
      };
    },
    async exit() {
      state.ended += 1;
    },
  };

  const fake: FakeEngine = {
    async create(watch) {
      state.started += 1;
      state.watch = watch;
      return engine;
    },
    requests,
    embedded,
    loads,
    get open() {
      return state.open;
    },
    get started() {
      return state.started;
    },
    get ended() {
      return state.ended;
    },
    get watch() {
      return state.watch!;
    },
    script,
  };
  return fake;
}

async function aborted(signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted) return;
  await new Promise<void>((resolve) =>
    signal?.addEventListener('abort', () => resolve(), { once: true }),
  );
}

/** An engine of WebLLM's own type that writes what it is told to, and remembers what it was asked. */
import type {
  ChatCompletionChunk,
  ChatCompletionRequestStreaming,
  InitProgressReport,
  MLCEngineConfig,
  MLCEngineInterface,
} from '@mlc-ai/web-llm';

export interface Script {
  /** Pieces of an answer; `wait` never goes on unless it is interrupted, `stuck` not even then. */
  readonly pieces?: readonly string[];
  readonly finish?: 'stop' | 'length';
  /** What the message is in the end, where it is not the pieces joined. */
  readonly message?: string;
  /** Thrown by the call, or by the load. */
  readonly fails?: Error;
  readonly loadFails?: Error;
  readonly loadReports?: readonly Pick<InitProgressReport, 'text' | 'progress'>[];
  /** Resolves when the load may end. */
  readonly loadWaits?: Promise<void>;
}

export interface FakeEngine {
  readonly engine: MLCEngineInterface;
  readonly requests: ChatCompletionRequestStreaming[];
  /** What was done to it, in order: `reload lab`, `reset`, `interrupt`, `unload`. */
  readonly log: string[];
  script: Script;
  create(config: MLCEngineConfig): Promise<MLCEngineInterface>;
  config?: MLCEngineConfig;
}

export function fakeEngine(script: Script = {}): FakeEngine {
  let interrupted: () => void = () => undefined;
  let isInterrupted = false;
  let message = '';
  const refuse = (): never => {
    throw new Error('the adapter has no use for this');
  };

  async function* stream(): AsyncGenerator<ChatCompletionChunk> {
    const { pieces = ['yes'], finish = 'stop', fails } = fake.script;
    isInterrupted = false;
    const interrupt = new Promise<void>((resolve) => (interrupted = resolve));
    message = '';
    if (fails) throw fails;
    let written = 0;
    for (const piece of pieces) {
      if (piece === 'stuck') await new Promise(() => undefined);
      if (piece === 'wait') await interrupt;
      if (isInterrupted) break;
      message += piece;
      written += 1;
      yield chunk([{ delta: { content: piece }, finish_reason: null, index: 0 }]);
      await Promise.resolve();
    }
    message = fake.script.message ?? message;
    const reason = isInterrupted ? 'abort' : finish;
    yield chunk([{ delta: {}, finish_reason: reason, index: 0 }]);
    yield {
      ...chunk([]),
      usage: { prompt_tokens: 7, completion_tokens: written, total_tokens: 7 + written },
    } as ChatCompletionChunk;
  }

  const engine: MLCEngineInterface = {
    chat: {
      completions: {
        create: (request: ChatCompletionRequestStreaming) => {
          fake.requests.push(request);
          return Promise.resolve(stream());
        },
      },
    } as unknown as MLCEngineInterface['chat'],
    completions: {} as MLCEngineInterface['completions'],
    embeddings: {
      create: ({ input }: { input: string[] }) => {
        fake.log.push(`embed ${JSON.stringify(input)}`);
        const data = input.map((text, index) => ({ embedding: [text.length, 1], index }));
        return Promise.resolve({ data });
      },
    } as unknown as MLCEngineInterface['embeddings'],
    setInitProgressCallback: refuse,
    getInitProgressCallback: refuse,
    setAppConfig: refuse,
    async reload(model) {
      fake.log.push(`reload ${String(model)}`);
      for (const report of fake.script.loadReports ?? []) {
        fake.config?.initProgressCallback?.({ timeElapsed: 1, ...report });
      }
      await fake.script.loadWaits;
      if (fake.script.loadFails) throw fake.script.loadFails;
    },
    chatCompletion: refuse,
    completion: refuse,
    embedding: refuse,
    listResumableSessions: refuse,
    resumeChatCompletion: refuse,
    deleteResumableSession: refuse,
    runtimeStatsText: refuse,
    interruptGenerate() {
      fake.log.push('interrupt');
      isInterrupted = true;
      interrupted();
    },
    async unload() {
      fake.log.push('unload');
    },
    async resetChat() {
      fake.log.push('reset');
    },
    getMessage: () => Promise.resolve(message),
    getMaxStorageBufferBindingSize: refuse,
    getGPUVendor: refuse,
    forwardTokensAndSample: refuse,
    setLogLevel: refuse,
  };

  const fake: FakeEngine = {
    engine,
    requests: [],
    log: [],
    script,
    async create(config) {
      fake.config = config;
      return engine;
    },
  };
  return fake;
}

function chunk(choices: unknown[]): ChatCompletionChunk {
  return { id: '1', model: 'lab', object: 'chat.completion.chunk', created: 0, choices } as never;
}

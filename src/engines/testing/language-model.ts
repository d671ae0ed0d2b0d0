/** A browser's language model whose sessions answer as the test says. */
import type {
  Availability,
  LanguageModelApi,
  LanguageModelSession,
  PromptOptions,
  SamplingLimits,
  SessionOptions,
} from '../prompt-api/language-model';

export interface FakeSession extends LanguageModelSession {
  readonly options: SessionOptions;
  readonly asked: { readonly prompt: string; readonly options: PromptOptions }[];
  readonly destroyed: boolean;
  /** Whether its answer was given up before its end. */
  readonly cancelled: boolean;
}

export interface FakeLanguageModel extends LanguageModelApi {
  /** The one that keeps the model first, then one a call. */
  readonly sessions: FakeSession[];
}

export interface FakeBehaviour {
  readonly available?: Availability;
  readonly limits?: SamplingLimits | null;
  /** Pieces of the answer; an error ends it. */
  readonly pieces?: readonly (string | Error)[];
  /** Leaves the answer open after its pieces. */
  readonly hangs?: boolean;
  /** Thrown by the n-th `create`, the first being 0. */
  readonly creating?: Readonly<Record<number, Error>>;
  /** Shares of the download that are told. */
  readonly download?: readonly number[];
  /** Names of counts: today's, those before, or none. Default today's. */
  readonly counts?: 'context' | 'input' | 'none';
  readonly contextWindow?: number;
}

/** A token is a character; a session begins with five. */
export function fakeLanguageModel(behaviour: FakeBehaviour = {}): FakeLanguageModel {
  const { available = 'available', limits, creating = {}, download = [] } = behaviour;
  const sessions: FakeSession[] = [];
  let created = 0;
  return {
    sessions,
    availability: async () => available,
    ...(limits !== undefined && { params: async () => limits }),
    async create(options = {}) {
      options.signal?.throwIfAborted();
      const failure = creating[created++];
      if (failure) throw failure;
      options.monitor?.({
        addEventListener: (_, listen) => {
          for (const loaded of download) listen({ loaded, total: 1 });
        },
      });
      const session = fakeSession(options, behaviour);
      sessions.push(session);
      return session;
    },
  };
}

function fakeSession(options: SessionOptions, behaviour: FakeBehaviour): FakeSession {
  const { pieces = ['A', 'da'], hangs, counts = 'context', contextWindow = 1000 } = behaviour;
  let used = 5;
  const state = { destroyed: false, cancelled: false };
  const asked: FakeSession['asked'] = [];
  const measure = async (prompt: string): Promise<number> => prompt.length;
  const session = {
    options,
    asked,
    promptStreaming: (prompt: string, promptOptions: PromptOptions = {}) => {
      asked.push({ prompt, options: promptOptions });
      used += prompt.length;
      const left = [...pieces];
      return new ReadableStream<string>({
        start(controller) {
          promptOptions.signal?.addEventListener('abort', () =>
            controller.error(promptOptions.signal?.reason),
          );
        },
        pull(controller) {
          const piece = left.shift();
          if (piece instanceof Error) controller.error(piece);
          else if (piece !== undefined) {
            used += piece.length;
            controller.enqueue(piece);
          } else if (!hangs) controller.close();
          // A stream that is pulled and gives nothing is not pulled again.
        },
        cancel() {
          state.cancelled = true;
        },
      });
    },
    destroy: () => void (state.destroyed = true),
  };
  const [usage, context] =
    counts === 'input' ? ['inputUsage', 'inputQuota'] : ['contextUsage', 'contextWindow'];
  Object.defineProperties(session, {
    destroyed: { get: () => state.destroyed },
    cancelled: { get: () => state.cancelled },
    ...(counts !== 'none' && {
      [usage!]: { get: () => used },
      [context!]: { value: contextWindow },
      [counts === 'input' ? 'measureInputUsage' : 'measureContextUsage']: { value: measure },
    }),
  });
  return session as unknown as FakeSession;
}

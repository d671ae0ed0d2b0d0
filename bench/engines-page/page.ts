/** What `npm run bench -- engines` measures inside a browser; asked by `bench/engines.ts`. */
import { Wllama } from '@wllama/wllama/esm/index.js';
import wasmUrl from '@wllama/wllama/esm/wasm/wllama.wasm?url';
import { ModelClient } from '../../src/clients/model-client';
import type { ChatMessage, ChatModel } from '../../src/core/system/chat-model';
import { cachedModel } from '../../src/engines/call-cache';
import { queued } from '../../src/engines/queue';
import type { CallTimes } from './call-times';
import { openStorage } from '../../src/storage';
import { RemoteModel } from '../../workers/remote-model';
import type { LoadProgress, WllamaSource } from '../../workers/model-protocol';

const TOKENS = 24;

/** @param file address of a GGUF on this server */
async function measureCalls(file: string, rounds: number): Promise<CallTimes> {
  const outcome = await openStorage(() => undefined);
  if (!outcome.ok) throw new Error(outcome.problem);
  const { calls } = outcome.storage;
  const source: WllamaSource = {
    engine: 'wllama',
    model: 'bench',
    file: { url: new URL(file, location.origin).href },
    threads: 1,
  };
  const client = new ModelClient();
  const loaded = await client.load(source, (_: LoadProgress) => undefined);
  if (!loaded.ok) throw new Error(loaded.aborted ? 'aborted' : loaded.failure.message);
  const { port1, port2 } = new MessageChannel();
  await client.connect(port1);
  const remote = await RemoteModel.connect(port2);
  const ours = cachedModel(queued(remote), calls);

  const blob = await (await fetch(file)).blob();
  const wllama = new Wllama({ default: wasmUrl }, { suppressNativeLog: true });
  wllama.setCompat(null);
  await wllama.loadModel([blob], {
    n_ctx: 4096,
    n_parallel: 1,
    n_gpu_layers: 0,
    n_threads: 1,
    jinja: true,
  });
  const direct = async (messages: readonly ChatMessage[]): Promise<void> => {
    await wllama.createChatCompletion({
      messages: [...messages],
      temperature: 0,
      max_tokens: TOKENS,
      cache_prompt: false,
      stream: true,
      onData: () => undefined,
    });
  };

  const times = { ours: [] as number[], engine: [] as number[], direct: [] as number[] };
  let tokens = 0;
  // The first calls of both pay for what is compiled lazily.
  for (let round = -1; round < rounds; round++) {
    const messages = question(round);
    const direction = round % 2 === 0;
    if (direction) times.direct.push(await milliseconds(() => direct(messages)));
    times.ours.push(await milliseconds(async () => (tokens += await completed(ours, messages))));
    times.engine.push(remote.engineMilliseconds);
    if (!direction) times.direct.push(await milliseconds(() => direct(messages)));
  }
  const seconds = times.engine.reduce((sum, time) => sum + time, 0) / 1000;
  const hits: number[] = [];
  for (let i = 0; i < 300; i++) {
    hits.push(await milliseconds(() => completed(ours, question(i % rounds))));
  }
  await client.unload();
  await wllama.exit();
  const warm = (values: readonly number[]): readonly number[] => values.slice(1);
  return {
    ours: warm(times.ours),
    engine: warm(times.engine),
    direct: warm(times.direct),
    tokensPerSecond: tokens / seconds,
    hits,
  };
}

/** About as long as a component's own. */
function question(round: number): ChatMessage[] {
  return [
    { role: 'system', content: 'Answer the question from the hint, as shortly as possible.' },
    {
      role: 'user',
      content: `question: Which river flows through city number ${round}?\n\nhint: City number ${round} lies on the river ${'Ada Elbe Inn Rhine'.split(' ')[(round + 4) % 4]}.\n\nWrite the field: answer`,
    },
  ];
}

async function completed(model: ChatModel, messages: readonly ChatMessage[]): Promise<number> {
  const answer = await model.complete(
    messages,
    { temperature: 0, maxTokens: TOKENS },
    undefined,
    () => undefined,
  );
  return answer.usage.completionTokens;
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

Object.assign(globalThis, { measureCalls });

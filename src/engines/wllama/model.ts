/** A GGUF in memory as a `LoadedModel`. */
import { jsonOutput } from '../json-output';
import type { LoadedModel } from '../loaded-model';
import { callQueue } from '../queue';
import { generate } from './chat-call';
import { unloaded } from './engine-failures';
import { embedText } from './embedding';
import type { RenewedEngine } from './renewed-engine';
import { untilAborted } from './until-aborted';

export interface ModelFacts {
  readonly name: string;
  readonly id: string;
  readonly slots: number;
  readonly threads: number;
  readonly contextTokens: number;
  /** Numbers of an embedding; `undefined` where it was not loaded for them. */
  readonly dimension: number | undefined;
  readonly silentSeconds: number;
}

/**
 * Calls above the number of slots wait here: llama.cpp in wllama loses them. An aborted call is
 * answered at once, and keeps its slot until the engine has let go of it.
 */
export function loadedModel(engine: RenewedEngine, facts: ModelFacts): LoadedModel {
  const { id, name, slots, threads, contextTokens, dimension, silentSeconds } = facts;
  const queue = callQueue(slots);
  return {
    id,
    deterministic: slots === 1,
    writesPrompts: true,
    slots,
    threads,
    contextTokens,
    usesGpu: false,
    async complete(messages, parameters, signal, onText) {
      const call = { messages, parameters, signal, onText };
      const work = () =>
        engine.use((running, kept) => generate(running, call, { name, silentSeconds, kept }));
      const answer = await untilAborted(queue.run(work, signal), signal);
      if (parameters.json === undefined) return answer;
      return { ...answer, text: jsonOutput(answer.text, parameters.json, answer.finishReason) };
    },
    ...(dimension !== undefined && {
      embed: (texts: readonly string[], signal?: AbortSignal) => {
        const vectors = texts.map((text) =>
          queue.run(
            () => engine.use((running) => embedText(running, text, { name, dimension })),
            signal,
          ),
        );
        return untilAborted(Promise.all(vectors), signal);
      },
    }),
    async unload() {
      engine.end(unloaded(name));
    },
  };
}

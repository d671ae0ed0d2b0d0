/** A loaded engine as a `LoadedModel`: calls one after the other, each on its own. */
import type { MLCEngineInterface } from '@mlc-ai/web-llm';
import {
  ModelError,
  type ChatAnswer,
  type ChatMessage,
  type ChatParameters,
} from '../../core/system/chat-model';
import { jsonOutput } from '../json-output';
import type { LoadedModel } from '../loaded-model';
import { callQueue } from '../queue';
import { abortable } from './abortable';
import type { ModelConfig } from './files';
import { generate, watchdog, type Guards } from './generation';
import type { DeviceWatch } from './gpu';
import { chatRequest, withoutThought, type PromptStyle } from './request';
import type { Target } from './source';

interface Circumstances {
  readonly embeds: boolean;
  readonly watch: DeviceWatch;
  /** What a call threw, in words. */
  readonly failureOf: (error: unknown) => ModelError;
  readonly silentSeconds?: number;
  readonly interruptSeconds?: number;
}

/** Texts embedded between two looks at the signal; WebLLM's libraries take 4 or 32 at once. */
const BATCH = 4;

export function loadedModel(
  engine: MLCEngineInterface,
  target: Target,
  config: ModelConfig,
  { embeds, watch, failureOf, silentSeconds = 120, interruptSeconds = 30 }: Circumstances,
): LoadedModel {
  const { id, name } = target;
  const style = styleOf(target, config);
  const guards: Guards = { silentSeconds, interruptSeconds, lost: watch.lost };
  let broken: ModelError | undefined;
  const queue = callQueue(1);
  /** Aborted when the model is unloaded, with the reason for whatever is under way. */
  const ending = new AbortController();

  /** When the call before has left the engine; an aborted one is not waited for by its caller. */
  function inTurn<Value>(
    work: (until: AbortSignal) => Promise<Value>,
    signal?: AbortSignal,
  ): Promise<Value> {
    const until = signal ? AbortSignal.any([signal, ending.signal]) : ending.signal;
    const mine = queue.run(async () => {
      const failure = broken ?? watch.failure();
      if (failure) throw failure;
      try {
        return await work(until);
      } catch (error) {
        if (until.aborted && error === until.reason) throw error;
        const reason = failureOf(error);
        if (reason.lasting) broken = reason;
        throw reason;
      }
    }, until);
    return abortable(mine, until);
  }

  async function complete(
    messages: readonly ChatMessage[],
    parameters: ChatParameters,
    signal?: AbortSignal,
    onText?: (piece: string) => void,
  ): Promise<ChatAnswer> {
    const request = chatRequest(messages, parameters, style);
    return inTurn(async (until) => {
      // Else WebLLM goes on with the keys and values of a conversation that begins alike; they were
      // computed by other kernels, so an answer would depend on what was asked before.
      await engine.resetChat();
      let written = '';
      let told = 0;
      const { finishReason, usage } = await generate(
        engine,
        request,
        name,
        guards,
        until,
        (piece) => {
          written += piece;
          const visible = style.thinks ? withoutThought(written) : written;
          if (visible.length > told) onText?.(visible.slice(told));
          told = Math.max(told, visible.length);
        },
      );
      // The pieces may hold the beginning of a text that ends the answer; the message does not.
      const message = await engine.getMessage();
      const text = style.thinks ? withoutThought(message) : message;
      return {
        text: parameters.json ? jsonOutput(text, parameters.json, finishReason) : text,
        finishReason,
        usage,
      };
    }, signal);
  }

  function embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> {
    return inTurn(async (until) => {
      const vectors: Float32Array[] = [];
      const dog = watchdog(name);
      try {
        for (let begin = 0; begin < texts.length; begin += BATCH) {
          until.throwIfAborted();
          dog.wait(silentSeconds);
          // WebLLM refuses an empty text; a space is none of its words either.
          const input = texts.slice(begin, begin + BATCH).map((text) => text || ' ');
          const { data } = await Promise.race([
            engine.embeddings.create({ input }),
            dog.bites,
            watch.lost,
          ]);
          vectors.push(...data.map(({ embedding }) => Float32Array.from(embedding)));
        }
      } finally {
        dog.rest();
      }
      return vectors;
    }, signal);
  }

  const contextTokens = contextOf(target, config);
  let unloading: Promise<void> | undefined;
  return {
    id,
    // At temperature 0: one call at a time, none that goes on with another's state, no draw that
    // decides (see `chatRequest`), and kernels that add in a fixed order. On another graphics card
    // the sums, and with them an answer, may differ.
    deterministic: true,
    writesPrompts: !embeds,
    slots: 1,
    usesGpu: true,
    ...(contextTokens !== undefined && { contextTokens }),
    complete: embeds ? () => Promise.reject(noChat(name)) : complete,
    ...(embeds && { embed }),
    unload() {
      unloading ??= (async () => {
        broken ??= notLoaded(name);
        ending.abort(broken);
        const dog = watchdog(name);
        dog.wait(interruptSeconds);
        try {
          await Promise.race([queue.run(() => engine.unload()), dog.bites, watch.lost]);
        } catch {
          // What does not let go is taken: the devices are destroyed below.
        } finally {
          dog.rest();
          watch.release();
        }
      })();
      return unloading;
    },
  };
}

function styleOf(
  { name, listed }: Target,
  { conv_template, model_type }: ModelConfig,
): PromptStyle {
  const templates = conv_template?.role_templates ?? {};
  const templated = new Set<ChatMessage['role']>(['system']);
  // Models with a manifest have their prompts written another way, without this trap.
  if (listed?.manifest === undefined) {
    for (const role of ['user', 'assistant'] as const) {
      if (templates[role]?.includes(`{${role}_message}`)) templated.add(role);
    }
  }
  return { templated, thinks: /^qwen3/i.test(model_type ?? name) || /^qwen3/i.test(name) };
}

function contextOf({ listed }: Target, config: ModelConfig): number | undefined {
  const stated = [listed?.contextTokens, config.context_window_size, config.sliding_window_size];
  return stated.find((tokens): tokens is number => typeof tokens === 'number' && tokens > 0);
}

function noChat(name: string): ModelError {
  return new ModelError(
    'unsupported',
    `${name} embeds texts and writes none.`,
    'Choose a language model for the prompts; this one can be chosen for the features.',
    true,
  );
}

function notLoaded(name: string): ModelError {
  return new ModelError('not-loaded', `${name} was unloaded.`, 'Load the model again.', true);
}

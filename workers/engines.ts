/** The engines of a model worker, each loaded when a model first asks for it. */
import type { Engines } from './model-host';
import type { ModelSource } from './model-protocol';

/** What a source says of one engine; the host asks each engine for its own sources only. */
type SourceOf<Name extends ModelSource['engine']> = Extract<ModelSource, { engine: Name }>;

export const ENGINES: Engines = {
  webllm: async () => {
    const { downloadWebllm, loadWebllm, removeWebllm, storedWebllm } =
      await import('../src/engines/webllm');
    return {
      load: (source, ...rest) => loadWebllm(source as SourceOf<'webllm'>, ...rest),
      async download(source, report, signal) {
        const own = source as SourceOf<'webllm'>;
        await downloadWebllm(own, report, signal);
        return (await storedWebllm(own)) ?? { bytes: 0, complete: false };
      },
      stored: (source) => storedWebllm(source as SourceOf<'webllm'>),
      remove: (source) => removeWebllm(source as SourceOf<'webllm'>),
    };
  },
  wllama: async () => {
    const { downloadWllama, loadWllama, removeWllama, storedWllama } =
      await import('../src/engines/wllama');
    return {
      load: (source, ...rest) => loadWllama(source as SourceOf<'wllama'>, ...rest),
      download: (source, ...rest) => downloadWllama(source as SourceOf<'wllama'>, ...rest),
      stored: (source) => storedWllama(source as SourceOf<'wllama'>),
      remove: (source) => removeWllama(source as SourceOf<'wllama'>),
    };
  },
  openai: async () => {
    const { openaiModel } = await import('../src/engines/openai');
    return { load: async (source) => openaiModel(source as SourceOf<'openai'>) };
  },
  'prompt-api': async () => {
    const { promptApiModel } = await import('../src/engines/prompt-api');
    return { load: (_, report, signal) => promptApiModel({ report, signal }) };
  },
};

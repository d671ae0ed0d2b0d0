/**
 * Vite plugin: `virtual:webllm-models`, WebLLM's list of models as data. The list stands in the
 * middle of a package of 2 MB gzip that does not shake; it is read in Node, when the build begins.
 */
import type { Plugin } from 'vite';
import { webllmModel } from './prebuilt.ts';

const NAME = 'virtual:webllm-models';
/** Ids that begin with a zero byte are left alone by other plugins. */
const RESOLVED = `\0${NAME}`;

/** Wanted among `plugins` and among `worker.plugins`: workers are bundles of their own. */
export function webllmModels(): Plugin {
  return {
    name: 'webllm-models',
    resolveId: (id) => (id === NAME ? RESOLVED : undefined),
    async load(id) {
      if (id !== RESOLVED) return undefined;
      const { prebuiltAppConfig, modelVersion } = await import('@mlc-ai/web-llm');
      const models = prebuiltAppConfig.model_list.map(webllmModel);
      return [
        `export const libraryVersion = ${JSON.stringify(modelVersion)};`,
        `export const models = ${JSON.stringify(models)};`,
      ].join('\n');
    },
  };
}

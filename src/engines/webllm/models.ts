/** WebLLM's own list of models. For what Vite builds: Node without it can't resolve the import. */
// eslint-disable-next-line @typescript-eslint/triple-slash-reference -- declares the virtual module
/// <reference path="./virtual-models.d.ts" />
export { libraryVersion, models } from 'virtual:webllm-models';

/** Made by `models-plugin.ts`. */
declare module 'virtual:webllm-models' {
  // An ambient module can't have a relative import of its own.
  // eslint-disable-next-line @typescript-eslint/consistent-type-imports
  type WebllmModel = import('./prebuilt').WebllmModel;
  /** Series of libraries that the installed WebLLM runs, for example `v0_2_86/base`. */
  export const libraryVersion: string;
  export const models: readonly WebllmModel[];
}

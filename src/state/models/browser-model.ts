/** Whether the browser has a language model of its own (the Prompt API, in windows only). */
export type BrowserModelAvailability = 'unavailable' | 'downloadable' | 'downloading' | 'available';

interface PromptApi {
  readonly LanguageModel?: { availability(): Promise<BrowserModelAvailability> };
}

export async function browserModelAvailability(
  global: PromptApi = globalThis as PromptApi,
): Promise<BrowserModelAvailability> {
  return (await global.LanguageModel?.availability()) ?? 'unavailable';
}

/** A small model in a fake engine. */
import { loadWllama, type WllamaOptions, type WllamaSource } from '..';
import type { LoadedModel, LoadProgress } from '../../loaded-model';
import { fakeEngine, type FakeEngine, type Script } from './fake-engine';
import { ggufFile } from './gguf-bytes';

export interface Loaded {
  readonly model: LoadedModel;
  readonly engine: FakeEngine;
  readonly reports: readonly LoadProgress[];
}

export async function loaded(
  script: Script = {},
  source: Partial<WllamaSource> = {},
  options: Omit<WllamaOptions, 'createEngine'> = {},
): Promise<Loaded> {
  const engine = fakeEngine(script);
  const reports: LoadProgress[] = [];
  const model = await loadWllama(
    { model: 'Small', file: ggufFile(), ...source },
    (progress) => reports.push(progress),
    new AbortController().signal,
    { ...options, createEngine: engine.create },
  );
  return { model, engine, reports };
}

export const USER = [{ role: 'user' as const, content: 'How?' }];

/** Starts llama.cpp with a model in it. */
import type { LoadModelParams } from '@wllama/wllama/esm/index.js';
import type { ReportProgress } from '../loaded-model';
import type { CreateEngine } from './engine';
import { hung, loadFailure, unloaded } from './engine-failures';
import { RunningEngine } from './running-engine';
import { watchSilence } from './silence';
import { throttled } from './throttle';
import { toldBlob } from './told-blob';

export interface LoadTask {
  /** Of the model, for people. */
  readonly name: string;
  /** All parts of the model in order. */
  readonly files: readonly Blob[];
  readonly parameters: LoadModelParams;
  readonly create: CreateEngine;
  /** Seconds in which nothing of the files is read, after which the engine hangs. */
  readonly silentSeconds: number;
}

export interface StartedEngine {
  readonly engine: RunningEngine;
  readonly threads: number;
  /** Numbers of a hidden state. */
  readonly width: number;
  /** Of llama.cpp. */
  readonly build: string;
}

/** @throws ModelError, and the signal's reason when aborted */
export async function startEngine(
  { name, files, parameters, create, silentSeconds }: LoadTask,
  report: ReportProgress = () => undefined,
  signal?: AbortSignal,
): Promise<StartedEngine> {
  const engine = await RunningEngine.start(create);
  // wllama cannot stop loading, but its worker can be ended.
  const stop = (): void => engine.end(unloaded(name));
  signal?.addEventListener('abort', stop);
  const silence = watchSilence(silentSeconds, () => engine.end(hung(name, silentSeconds)));
  const progress = throttled(report);
  const heard: ReportProgress = (now) => {
    silence.broken();
    progress(now);
  };
  try {
    if (signal?.aborted) stop();
    return await engine.ask(
      async (wllama) => {
        await wllama.loadModel(told(files, heard), parameters);
        const { n_vocab, n_embd } = wllama.getLoadedContextInfo();
        if (n_vocab === 0) throw new Error('llama.cpp refused it');
        const threads = wllama.isMultithread() ? wllama.getNumThreads() : 1;
        return { engine, threads, width: n_embd, build: wllama.build };
      },
      (error, log) => loadFailure(error, name, log),
    );
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    silence.stop();
    signal?.removeEventListener('abort', stop);
  }
}

/** The files, which together tell how much of them was read. */
function told(files: readonly Blob[], report: ReportProgress): Blob[] {
  const total = files.reduce((sum, { size }) => sum + size, 0);
  let read = 0;
  return files.map((file) =>
    toldBlob(file, (bytes) => {
      // Their heads are read several times, and nothing comes after the end.
      if (read === total) return;
      read = Math.min(total, read + bytes);
      report({ phase: 'loading', bytes: read, total });
    }),
  );
}

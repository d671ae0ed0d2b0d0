/**
 * What the page needs of the model workers. A client is one worker with one model, so several
 * models can be loaded at once and one that breaks takes no other along. Nothing here throws on
 * purpose: what can go wrong is an outcome.
 */
import type {
  LoadProgress,
  ModelDescription,
  ModelFailure,
  ModelOutcome,
  ModelSource,
  ModelWorkerApi,
  StoredModel,
} from '../../../workers/model-protocol';

export type {
  LoadProgress,
  ModelDescription,
  ModelFailure,
  ModelOutcome,
  ModelSource,
  OpenaiSource,
  PromptApiSource,
  SelfTest,
  StoredModel,
  WebllmSource,
  WllamaSource,
} from '../../../workers/model-protocol';

export type ReportProgress = (progress: LoadProgress) => void;

export interface ModelClient extends Pick<
  ModelWorkerApi,
  'download' | 'load' | 'cancel' | 'selfTest' | 'connect'
> {
  /** Frees memory and GPU, then ends the worker; it answers nothing more. */
  unload(): Promise<void>;
  /** Ends the worker at once, whatever it is doing. */
  dispose(): void;
}

export interface ModelClients {
  /**
   * A worker of its own for one model; nothing is loaded yet.
   * @param onCrash the worker ended by itself or lost the GPU: the model answers nothing more
   */
  open(source: ModelSource, onCrash: (failure: ModelFailure) => void): ModelClient;
  /** What of a model is on this machine; `undefined` for nothing. Loads no engine. */
  stored(source: ModelSource): Promise<StoredModel | undefined>;
  /** Deletes a model's files from this machine. */
  remove(source: ModelSource): Promise<ModelOutcome<void>>;
}

/** The model that runs use, ready to be joined to the run worker by `client.connect(port)`. */
export interface ChosenModel {
  readonly key: string;
  readonly name: string;
  readonly source: ModelSource;
  readonly description: ModelDescription;
  readonly client: ModelClient;
}

/** An error that came across all the same, as an outcome with something to do about it. */
export function brokenOff(error: unknown, name: string): ModelOutcome<never> {
  const said = error instanceof Error ? error.message : String(error);
  return {
    ok: false,
    failure: {
      problem: 'crashed',
      message: `The worker of ${name} stopped: ${said.replace(/\.$/, '')}.`,
      advice: 'Try again; if that does not help, close other tabs or choose a smaller model.',
      lasting: true,
    },
  };
}

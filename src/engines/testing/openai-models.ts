/** The adapter on a fake server, and what its calls come to. */
import type { ChatAnswer, ChatParameters } from '../../core/system/chat-model';
import { ModelError } from '../../core/system/chat-model';
import type { LoadedModel } from '../loaded-model';
import { openaiModel, type OpenaiOptions } from '../openai';
import { fakeServer, type FakeServer, type Responder } from './openai-server';

export const QUESTION = [{ role: 'user', content: 'Who?' }] as const;

export interface ServedModel {
  readonly model: LoadedModel;
  readonly server: FakeServer;
  /** Milliseconds it waited between tries; the waits take no time. */
  readonly waits: number[];
  /** Asks `QUESTION`. */
  ask(
    parameters?: ChatParameters,
    signal?: AbortSignal,
    onText?: (piece: string) => void,
  ): Promise<ChatAnswer>;
  /** The error that a call ends with. */
  failure(parameters?: ChatParameters): Promise<ModelError>;
}

export async function served(
  responders: readonly Responder[],
  options: Partial<OpenaiOptions> = {},
): Promise<ServedModel> {
  const server = await fakeServer(...responders);
  const waits: number[] = [];
  const retry = { random: () => 0, wait: async (ms: number) => void waits.push(ms) };
  const model = openaiModel({ baseUrl: server.baseUrl, model: 'm', retry, ...options });
  const ask: ServedModel['ask'] = (parameters = {}, signal, onText) =>
    model.complete(QUESTION, parameters, signal, onText);
  return { model, server, waits, ask, failure: (parameters) => failureOf(ask(parameters)) };
}

/** The ModelError that a promise ends with. @throws Error when it does not */
export async function failureOf(promise: Promise<unknown>): Promise<ModelError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw new Error(`not a ModelError: ${String(error)}`, { cause: error });
  }
  throw new Error('it did not fail');
}

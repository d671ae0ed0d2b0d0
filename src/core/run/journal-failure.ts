/** Errors as plain data and back: what failed once fails alike when the run is continued. */
import { ModelError, MODEL_PROBLEMS } from '../system/chat-model';
import type { RecordedFailure } from './journal';

export function recordedFailure(error: unknown): RecordedFailure {
  if (error instanceof ModelError) {
    const { name, message, problem, advice } = error;
    return { name, message, model: { problem, advice } };
  }
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: String(error) };
}

/** An error with the same name and message; a `ModelError` is one again. */
export function replayedFailure({ name, message, model }: RecordedFailure): Error {
  if (model !== undefined) {
    const problem = MODEL_PROBLEMS.find((known) => known === model.problem) ?? 'unknown';
    return new ModelError(problem, message, model.advice, false);
  }
  return Object.assign(new Error(message), { name });
}

/** Errors of models as values, and back: an Error that crosses keeps nothing but its message. */
import { ModelError } from '../src/core/system/chat-model';
import type { ModelFailure, ModelOutcome } from './model-protocol';

/** @param signal of the work: what ends after its abort was not a failure */
export async function outcomeOf<Value>(
  work: () => Promise<Value>,
  signal?: AbortSignal,
): Promise<ModelOutcome<Value>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (signal?.aborted) return { ok: false, aborted: true };
    return { ok: false, failure: failureOf(error) };
  }
}

export function failureOf(error: unknown): ModelFailure {
  if (error instanceof ModelError) {
    const { problem, message, advice, lasting } = error;
    return { problem, message, advice, lasting };
  }
  const reason = error instanceof Error ? error.message : String(error);
  return {
    problem: 'unknown',
    message: `The model broke off: ${reason.slice(0, 300)}`,
    advice: 'Load the model again; if that does not help, choose another one.',
    lasting: true,
  };
}

/** @throws ModelError, or the signal's reason when the work was aborted */
export function valueOf<Value>(outcome: ModelOutcome<Value>, signal?: AbortSignal): Value {
  if (outcome.ok) return outcome.value;
  if (outcome.aborted) {
    signal?.throwIfAborted();
    throw new DOMException('the call was stopped', 'AbortError');
  }
  const { problem, message, advice, lasting } = outcome.failure;
  throw new ModelError(problem, message, advice, lasting);
}

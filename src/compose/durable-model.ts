/**
 * A language model whose answers, and failures that concern one call, are recorded. Where the model is
 * lost or the run aborted, recording ends: the run can be continued from the call that failed.
 */
import type { DurableCalls } from '../core/run/journal-calls';
import { keyOf } from '../core/run/journal-key';
import { ModelError, type ChatModel } from '../core/system/chat-model';

export function durableModel(model: ChatModel, calls: DurableCalls): ChatModel {
  const { id, deterministic, writesPrompts, slots } = model;
  return {
    id,
    deterministic,
    ...(writesPrompts !== undefined && { writesPrompts }),
    ...(slots !== undefined && { slots }),
    async complete(messages, parameters, signal, onText) {
      signal?.throwIfAborted();
      let live = false;
      const answer = await calls.call({
        question: `complete ${keyOf(messages, parameters)}`,
        async make() {
          live = true;
          const written = await model.complete(messages, parameters, signal, onText);
          // An engine may answer with what it had when it was told to stop.
          signal?.throwIfAborted();
          return written;
        },
        isHistory: (error) =>
          signal?.aborted !== true && !(error instanceof ModelError && error.lasting),
      });
      if (!live) onText?.(answer.text);
      return answer;
    },
  };
}

/**
 * One queue a model: calls that wait here cost nothing, while an engine that is asked too much at
 * once answers none of them in time.
 */
import PQueue from 'p-queue';
import type { ChatModel } from '../core/system/chat-model';

export interface CallQueue {
  /**
   * Does the work when its turn comes, first come first served. Work that has begun keeps its place
   * until it ends, also when it is slow to hear of an abort.
   * @param signal takes a waiting call out of the queue at once; work under way must listen itself
   * @throws what the work throws, and the signal's reason when aborted while it waits
   */
  run<Value>(work: () => Promise<Value>, signal?: AbortSignal): Promise<Value>;
  /** Calls that wait. */
  readonly waiting: number;
  /** Calls that are under way. */
  readonly running: number;
}

/**
 * @param slots calls side by side
 * @throws TypeError when `slots` is not a number from 1 on
 */
export function callQueue(slots: number): CallQueue {
  const queue = new PQueue({ concurrency: slots });
  return {
    run(work, signal) {
      // Not the caller's signal: on that the queue would free the place of work still under way.
      const leaving = new AbortController();
      const leave = (): void => leaving.abort(signal?.reason);
      if (signal?.aborted) leave();
      signal?.addEventListener('abort', leave);
      const stay = (): void => signal?.removeEventListener('abort', leave);
      const begun = () => {
        stay();
        return work();
      };
      return queue.add(begun, { signal: leaving.signal }).finally(stay);
    },
    get waiting() {
      return queue.size;
    },
    get running() {
      return queue.pending;
    },
  };
}

export interface QueuedModel extends ChatModel {
  readonly slots: number;
  /** Calls that wait for their turn. */
  readonly waiting: number;
  /** Calls the model is answering. */
  readonly running: number;
}

/**
 * The same model, asked at most `slots` calls at once. A call that fails holds up no other.
 * @throws TypeError when `slots` is not a number from 1 on
 */
export function queued(model: ChatModel, slots = model.slots ?? 1): QueuedModel {
  const queue = callQueue(slots);
  const { id, deterministic, writesPrompts } = model;
  return {
    id,
    deterministic,
    ...(writesPrompts !== undefined && { writesPrompts }),
    slots,
    get waiting() {
      return queue.waiting;
    },
    get running() {
      return queue.running;
    },
    complete: (messages, parameters, signal, onText) =>
      queue.run(() => model.complete(messages, parameters, signal, onText), signal),
  };
}

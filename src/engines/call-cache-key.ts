/** The address of a call: equal for calls whose answers are interchangeable, and for no others. */
import { contentHash } from '../core/random/hash';
import type { ChatMessage, ChatModel, ChatParameters } from '../core/system/chat-model';

/** Change it when an address comes to mean another call, so that no older answer is taken for it. */
const VERSION = 1;

/**
 * Undefined for a call that asks for a new draw each time: one that samples and names no seed.
 *
 * What does not change an answer is left out. At temperature 0 a deterministic model answers by the
 * messages alone, so the seed says nothing; a model that is not deterministic may be asked again
 * under another seed for another answer. The order of stop texts says nothing either. The order of
 * keys in a schema does: a model that is held to a schema writes its fields in that order.
 */
export function callKey(
  model: Pick<ChatModel, 'id' | 'deterministic'>,
  messages: readonly ChatMessage[],
  { temperature = 0, seed, maxTokens, stop = [], json, model: which }: ChatParameters,
): string | undefined {
  if (temperature > 0 && seed === undefined) return undefined;
  return contentHash({
    version: VERSION,
    model: model.id,
    messages: messages.map(({ role, content }) => [role, content]),
    temperature,
    ...((temperature > 0 || !model.deterministic) && { seed }),
    maxTokens,
    stop: [...new Set(stop)].sort(),
    json: json && JSON.stringify(json),
    ...(which !== undefined && { which }),
  });
}

/** Chat models for tests: functions behind the port, with a record of what they were asked. */
import type { ChatMessage, ChatModel, ChatParameters } from '../system/chat-model';

export interface AskedModel extends ChatModel {
  /** Every call in order. */
  readonly asked: {
    readonly messages: readonly ChatMessage[];
    readonly parameters: ChatParameters;
  }[];
}

export type Answering = (messages: readonly ChatMessage[], parameters: ChatParameters) => string;

/** Each call costs ten prompt tokens and two completion tokens. */
export function modelThat(answer: Answering, deterministic = true): AskedModel {
  const asked: AskedModel['asked'] = [];
  return {
    id: 'test model',
    deterministic,
    asked,
    async complete(messages, parameters, signal) {
      signal?.throwIfAborted();
      asked.push({ messages, parameters });
      return {
        text: answer(messages, parameters),
        finishReason: 'stop',
        usage: { promptTokens: 10, completionTokens: 2 },
      };
    },
  };
}

/** A model for systems that never ask one. */
export const silentModel: ChatModel = modelThat(() => {
  throw new Error('nobody should ask this model');
});

/** A call as `/chat/completions` takes it. */
import type { ChatMessage, ChatParameters } from '../../core/system/chat-model';
import type { Dialect } from './dialect';

export function chatBody(
  model: string,
  messages: readonly ChatMessage[],
  { temperature = 0, seed, maxTokens, stop = [], json }: ChatParameters,
  dialect: Dialect,
): Record<string, unknown> {
  const stops = stop.filter((text) => text !== '');
  return {
    model,
    messages: json && dialect.json !== 'schema' ? withSchema(messages, json) : plain(messages),
    stream: true,
    ...(dialect.countsTokens && { stream_options: { include_usage: true } }),
    temperature,
    ...(seed !== undefined && { seed }),
    ...(maxTokens !== undefined && { [dialect.limit]: maxTokens }),
    ...(stops.length > 0 && { stop: stops }),
    ...(json && responseFormat(json, dialect)),
  };
}

function responseFormat(schema: NonNullable<ChatParameters['json']>, { json }: Dialect): object {
  if (json === 'words') return {};
  if (json === 'object') return { response_format: { type: 'json_object' } };
  const json_schema = { name: 'answer', strict: true, schema };
  return { response_format: { type: 'json_schema', json_schema } };
}

function plain(messages: readonly ChatMessage[]): ChatMessage[] {
  return messages.map(({ role, content }) => ({ role, content }));
}

/**
 * Says the schema at the end of the last message: the model is not held to it otherwise, and OpenAI
 * refuses `json_object` where no message speaks of JSON. In a message of its own it would be one
 * more role in a row than some templates allow.
 */
function withSchema(messages: readonly ChatMessage[], schema: object): ChatMessage[] {
  const wish = `Answer with JSON alone, as this JSON Schema allows: ${JSON.stringify(schema)}`;
  const last = messages.at(-1);
  if (last?.role === 'user') {
    return [
      ...plain(messages.slice(0, -1)),
      { role: 'user', content: `${last.content}\n\n${wish}` },
    ];
  }
  return [...plain(messages), { role: 'user', content: wish }];
}

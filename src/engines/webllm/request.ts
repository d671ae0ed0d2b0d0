/** Our calls in WebLLM's words. */
import type { ChatCompletionMessageParam, ChatCompletionRequestStreaming } from '@mlc-ai/web-llm';
import { ModelError, type ChatMessage, type ChatParameters } from '../../core/system/chat-model';

const DEFAULT_MAX_TOKENS = 256;

/** How the loaded model has its prompts written. */
export interface PromptStyle {
  /** Roles whose messages WebLLM puts into a template, and with that reads `$&` and `$$` in them. */
  readonly templated: ReadonlySet<ChatMessage['role']>;
  /** Models that think aloud unless told not to. */
  readonly thinks: boolean;
}

/** What WebLLM puts before an answer where `enable_thinking` is false, and counts as written. */
const NO_THOUGHT = '<think>\n\n</think>\n\n';

/**
 * Always a stream: an interrupted call that is none can leave its lock taken for ever (WebLLM's
 * issue 596).
 *
 * At temperature 0 WebLLM divides the logits by 1e-6 and draws as usual: two logits that are
 * exactly equal, which 16-bit floats bring about, would be decided by the seed. With the smallest
 * `top_p` only the first of the sorted tokens is left.
 */
export function chatRequest(
  messages: readonly ChatMessage[],
  { temperature = 0, seed = 0, maxTokens = DEFAULT_MAX_TOKENS, stop = [], json }: ChatParameters,
  style: PromptStyle,
): ChatCompletionRequestStreaming {
  return {
    messages: ordered(messages).map(({ role, content }): ChatCompletionMessageParam => ({
      role,
      content: style.templated.has(role) ? content.replaceAll('$', '$$$$') : content,
    })),
    stream: true,
    stream_options: { include_usage: true },
    temperature,
    ...(temperature === 0 && { top_p: 1e-5 }),
    seed,
    max_tokens: maxTokens,
    ...(stop.length > 0 && { stop: [...stop] }),
    ...(json && { response_format: { type: 'json_object', schema: JSON.stringify(json) } }),
    ...(style.thinks && { extra_body: { enable_thinking: false } }),
  };
}

/**
 * WebLLM wants one system message, first, and a user's last; and it separates messages by whether
 * their place is odd or even, so speakers must take turns.
 */
function ordered(messages: readonly ChatMessage[]): ChatMessage[] {
  const system = messages.filter(({ role }) => role === 'system');
  const turns = messages.filter(({ role }) => role !== 'system');
  const [first, ...rest] = turns.length > 0 ? [...system, ...turns] : asUser(system);
  const joined: ChatMessage[] = first ? [first] : [];
  for (const message of rest) {
    const last = joined.at(-1)!;
    if (last.role !== message.role) joined.push(message);
    else joined.splice(-1, 1, { ...last, content: `${last.content}\n\n${message.content}` });
  }
  if (joined.at(-1)?.role === 'user') return joined;
  throw new ModelError(
    'bad-request',
    'WebLLM answers a message of the user, and there is none at the end of these.',
    'End the messages with one of the role user.',
    false,
  );
}

/** A prompt without inputs is what the user says. */
function asUser(messages: readonly ChatMessage[]): ChatMessage[] {
  return messages.map(({ content }) => ({ role: 'user', content }));
}

/** The answer itself, of a text that may begin with a thought that was not had. */
export function withoutThought(text: string): string {
  if (text.startsWith(NO_THOUGHT)) return text.slice(NO_THOUGHT.length);
  return NO_THOUGHT.startsWith(text) ? '' : text;
}

/**
 * The reader: a deterministic, rule-based text model behind the ChatModel port. It needs no
 * download, really reads its input and really follows the directives of `directives.ts`. It stands
 * in for a language model where none is loaded, and it says nothing that its input does not say.
 */
import type {
  ChatAnswer,
  ChatMessage,
  ChatModel,
  ChatParameters,
} from '../../core/system/chat-model';
import { chooserOf } from './choice';
import { loadLanguage } from './language';
import { parseRequest } from './messages';
import { countTokens, firstTokens } from './usage';
import { VARIANT_NAMES, variantNamed } from './variants';
import { WRITERS, writeSummary } from './writers';

export { readerDirectives, type ReaderDirective, type ReaderTask } from './directives';
export { readDirections, type Directions } from './prompt';
export { VARIANTS as readerVariants } from './variants';

/** Change it with every change of behaviour: it is part of the address of cached answers. */
const READER_ID = 'reader-2';

export function reader(): ChatModel {
  return { id: READER_ID, deterministic: true, models: VARIANT_NAMES, complete };
}

/**
 * @throws Error when a needed field is missing; ModelError when there is no variant of the name
 *   asked for; the reason of the signal when it is aborted
 */
async function complete(
  messages: readonly ChatMessage[],
  parameters: ChatParameters,
  signal?: AbortSignal,
): Promise<ChatAnswer> {
  signal?.throwIfAborted();
  const variant = variantNamed(parameters.model);
  const language = await loadLanguage();
  signal?.throwIfAborted();
  const request = parseRequest(messages);
  const write = WRITERS[request.wanted] ?? writeSummary;
  const text = write(request, language, chooserOf(messages, parameters), variant.name);
  if (text.trim() === '') {
    throw new Error(`reader: nothing to write for the field "${request.wanted}"`);
  }
  return finished(text.trim(), messages, parameters);
}

/** Cuts the text to the tokens and before the stop texts that the parameters allow. */
function finished(
  text: string,
  messages: readonly ChatMessage[],
  { maxTokens, stop = [] }: ChatParameters,
): ChatAnswer {
  let promptTokens = 0;
  for (const message of messages) promptTokens += countTokens(message.content);
  let written = text;
  for (const end of stop) {
    const at = end === '' ? -1 : written.indexOf(end);
    if (at > 0) written = written.slice(0, at).trimEnd();
  }
  const tokens = countTokens(written);
  if (maxTokens === undefined || tokens <= maxTokens) {
    return {
      text: written,
      finishReason: 'stop',
      usage: { promptTokens, completionTokens: tokens },
    };
  }
  const left = Math.max(1, Math.floor(maxTokens));
  return {
    text: firstTokens(written, left).trimEnd(),
    finishReason: 'length',
    usage: { promptTokens, completionTokens: left },
  };
}

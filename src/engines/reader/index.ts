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
import { answer, UNKNOWN } from './answer';
import { chooserOf, type Chooser } from './choice';
import { hint, mostShared } from './evidence';
import { keywords } from './keywords';
import { loadLanguage, type Language } from './language';
import { firstField, needField, parseRequest, type ReaderRequest } from './messages';
import { parseHint, parsePassages } from './passages';
import { readDirections, type Directions } from './prompt';
import { analyseQuestion } from './question';
import { rewrite } from './rewrite';
import { summary } from './summary';
import { countTokens, firstTokens } from './usage';

export { readerDirectives, type ReaderDirective, type ReaderTask } from './directives';
export { readDirections, type Directions } from './prompt';

/** Sentences of the passages that an answer is read from when there is no hint. */
const SENTENCES_WITHOUT_HINT = 3;

/** Change it with every change of behaviour: it is part of the address of cached answers. */
const READER_ID = 'reader-1';

export function reader(): ChatModel {
  return { id: READER_ID, deterministic: true, complete };
}

/** @throws Error when a needed field is missing; the reason of the signal when it is aborted. */
async function complete(
  messages: readonly ChatMessage[],
  parameters: ChatParameters,
  signal?: AbortSignal,
): Promise<ChatAnswer> {
  signal?.throwIfAborted();
  const language = await loadLanguage();
  signal?.throwIfAborted();
  const request = parseRequest(messages);
  const text = write(request, language, chooserOf(messages, parameters));
  if (text.trim() === '') {
    throw new Error(`reader: nothing to write for the field "${request.wanted}"`);
  }
  return finished(text.trim(), messages, parameters);
}

function write(request: ReaderRequest, language: Language, choose: Chooser): string {
  switch (request.wanted) {
    case 'query': {
      const question = analyseQuestion(needField(request, 'question', 'query'), language);
      return rewrite(question, readDirections(request.prompt, 'query'), choose);
    }
    case 'keywords': {
      const question = analyseQuestion(needField(request, 'query', 'question'), language);
      return keywords(question, readDirections(request.prompt, 'keywords'), choose);
    }
    case 'hint':
      return writeHint(request, language, readDirections(request.prompt, 'hint'), choose);
    case 'answer':
      return writeAnswer(request, language, readDirections(request.prompt, 'answer'), choose);
    default: {
      const all = [...request.fields.values()].join('\n');
      if (all.trim() === '') throw new Error('reader: there is no field to read');
      return summary(all, language, readDirections(request.prompt, 'summary'), choose) || all;
    }
  }
}

function writeHint(
  request: ReaderRequest,
  language: Language,
  directions: Directions,
  choose: Chooser,
): string {
  const question = analyseQuestion(needField(request, 'question', 'query'), language);
  if (request.fields.get('passages') === '') return UNKNOWN;
  const passages = parsePassages(needField(request, 'passages'), language);
  return hint(question, passages, directions, choose) || UNKNOWN;
}

function writeAnswer(
  request: ReaderRequest,
  language: Language,
  directions: Directions,
  choose: Chooser,
): string {
  const question = analyseQuestion(needField(request, 'question', 'query'), language);
  const given = firstField(request, 'hint');
  if (given !== undefined) {
    return answer(question, parseHint(given, language), directions, choose);
  }
  const empty = request.fields.has('hint') || request.fields.get('passages') === '';
  if (empty && firstField(request, 'passages') === undefined) return UNKNOWN;
  const passages = parsePassages(needField(request, 'passages', 'hint'), language);
  const lines = mostShared(question, passages, directions, choose, SENTENCES_WITHOUT_HINT);
  return answer(question, lines, directions, choose);
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

/** Texts and calls shared by the reader's tests. */
import type { ChatMessage, ChatParameters } from '../../core/system/chat-model';
import { reader } from './index';

export const NOBEL = 'Which river flows through the city where Alfred Nobel was born?';

export const NOBEL_PASSAGES = [
  '[1] Oslo: Oslo is the capital of Norway. The river Akerselva flows through the city.',
  '[2] Alfred Nobel: Alfred Nobel (1833–1896) was a Swedish chemist. He was born in Stockholm. He invented dynamite.',
  '[3] Nobel Peace Prize: The Nobel Peace Prize is a prize. It is awarded in Oslo.',
  '[4] Stockholm: Stockholm is a city in Sweden. It was founded in 1252. The river Norrström flows through it.',
].join('\n');

export const GOOD_HINT =
  'Follow the names from one passage to the next. Write the title before each sentence. ' +
  'Prefer sentences that contain the kind of answer wanted. ' +
  'For comparisons, quote a sentence for each thing compared.';

export const GOOD_ANSWER =
  'Answer with the shortest span. Match the kind of answer that is asked for. ' +
  'Do not repeat words of the question. Prefer the name nearest to the words of the question. ' +
  'Answer yes-or-no questions with yes or no. For comparisons, compare the numbers and years.';

export function messagesOf(
  prompt: string,
  fields: Readonly<Record<string, string>>,
  wanted: string,
): ChatMessage[] {
  const blocks = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return [
    { role: 'system', content: prompt },
    { role: 'user', content: [...blocks, `Write the field: ${wanted}`].join('\n\n') },
  ];
}

const model = reader();

export async function ask(
  prompt: string,
  fields: Readonly<Record<string, string>>,
  wanted: string,
  parameters: ChatParameters = {},
): Promise<string> {
  return (await model.complete(messagesOf(prompt, fields, wanted), parameters)).text;
}

/** Hint and answer, one after the other. */
export async function askTwice(
  question: string,
  passages: string,
  hintPrompt: string,
  answerPrompt: string,
): Promise<string> {
  const hint = await ask(hintPrompt, { question, passages }, 'hint');
  return ask(answerPrompt, { question, hint }, 'answer');
}

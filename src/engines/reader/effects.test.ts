import { describe, expect, it } from 'vitest';
import { readerDirectives, type ReaderTask } from './directives';
import { NOBEL, NOBEL_PASSAGES, ask } from './fixtures';

/** Those that are on questions and passages; the others have tests of their own. */
const PASSAGE_TASKS: readonly ReaderTask[] = ['query', 'keywords', 'hint', 'answer'];

const QUESTIONS = [
  NOBEL,
  'In what year did the long-serving author of The Great Summer Night, Anna Maria Berg, win the prize of 1921 in Oslo?',
];
const HINTS = [
  'Alfred Nobel: He was born in Stockholm in 1833.\nStockholm: The river Norrström flows through the city of Nobel, founded in 1252.',
  'Berg was born in Oslo. Anna Maria Berg is a writer whose currency is the euro.\nThe prize of 1921 weighs 12 kilograms.',
];
const SPAN = 'Answer with the shortest span.';

/** Directives that only show beside others, with these others. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  'asked-kind': [SPAN],
  'new-words': [SPAN],
  nearest: [SPAN],
  'no-article': [SPAN, 'Match the kind of answer that is asked for. ' + SPAN],
  'full-sentence': [SPAN],
  'bare-number': ['Match the kind of answer that is asked for. ' + SPAN],
};
const EXTRA_QUESTIONS = [
  'Is Alfred Nobel a river in Stockholm?',
  'Which is older, Alfred Nobel or Stockholm?',
  'Which is older, Berg or Nobel?',
  'Which was founded later, Alfred Nobel or Stockholm?',
  'What is the currency?',
  'How many kilograms is the weight?',
  'What does it weigh?',
  'Where was Berg born?',
  'Did purple elephants dance?',
];

async function outputs(task: ReaderTask, prompt: string): Promise<string[]> {
  const texts: string[] = [];
  for (const question of [...QUESTIONS, ...EXTRA_QUESTIONS]) {
    for (const hint of task === 'answer' ? HINTS : ['']) {
      const fields: Record<string, string> =
        task === 'answer' ? { question, hint } : { question, passages: NOBEL_PASSAGES };
      texts.push(await ask(prompt, fields, task));
    }
  }
  return texts;
}

describe('every directive changes what is written', () => {
  it.each(
    readerDirectives.flatMap((directive) =>
      directive.tasks
        .filter((task) => PASSAGE_TASKS.includes(task))
        .map((task) => [task, directive.id, directive.sentence] as const),
    ),
  )('%s: %s', async (task, id, sentence) => {
    let changed = false;
    for (const beside of ['', ...(BESIDE[id] ?? [])]) {
      const without = await outputs(task, beside);
      const withIt = await outputs(task, `${beside} ${sentence}`);
      if (without.some((text, i) => text !== withIt[i])) changed = true;
    }
    expect(changed).toBe(true);
  });
});

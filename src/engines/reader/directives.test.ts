import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readerDirectives, type ReaderTask } from './directives';
import { readDirections } from './prompt';

const TASKS: readonly ReaderTask[] = ['query', 'keywords', 'hint', 'answer', 'summary'];

describe('the table of directives', () => {
  it('has unique ids and at least 22 rows', () => {
    expect(readerDirectives.length).toBeGreaterThanOrEqual(22);
    expect(new Set(readerDirectives.map(({ id }) => id)).size).toBe(readerDirectives.length);
  });

  it('agrees with the README', () => {
    const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
    const rows = [...readme.matchAll(/^\| `([a-z-]+)`\s*\| ([^|]+?)\s*\| ([^|]+?)\s*\|$/gm)]
      .map(([, id, sentence, effect]) => `${id} | ${sentence} | ${effect}`)
      .filter((row) => row.includes('.'));
    const table = TASKS.flatMap((task) =>
      readerDirectives
        .filter(({ tasks }) => tasks.includes(task))
        .map(({ id, sentence, effect }) => `${id} | ${sentence} | ${effect}`),
    );
    expect(rows).toEqual(table);
  });

  it.each(
    TASKS.flatMap((task) =>
      readerDirectives
        .filter(({ tasks }) => tasks.includes(task))
        .map((directive) => [task, directive.id, directive.sentence] as const),
    ),
  )('%s: %s is recognised by its own cues only', (task, id, sentence) => {
    expect(readDirections(sentence, task).ids).toEqual([id]);
  });
});

describe('reading a prompt', () => {
  it.each([
    ['query', "Please don't drop any of the names.", ['keep-names']],
    ['query', 'Do not keep the names', ['drop-names']],
    [
      'query',
      'Use no more than twelve words and preserve all proper nouns!',
      ['keep-names', 'max-words'],
    ],
    ['query', 'Break the question into simple parts', ['split-question']],
    ['keywords', 'List five keywords', ['max-keywords']],
    ['keywords', 'Start with names', ['names-first']],
    ['hint', 'Choose the three most relevant sentences', ['most-shared']],
    ['hint', 'Never write titles before the sentences', []],
    [
      'answer',
      'Be concise, and never repeat words from the question.',
      ['shortest-span', 'new-words'],
    ],
    ['answer', 'The ANSWER should be of the type that is asked', ['asked-kind']],
    ['answer', "Don't explain why.", []],
  ] as const)('%s: %s', (task, prompt, ids) => {
    expect([...readDirections(prompt, task).ids].sort()).toEqual([...ids].sort());
  });

  it('reads numbers as digits and as words', () => {
    expect(readDirections('Use at most 7 words.', 'query').number('max-words')).toBe(7);
    expect(readDirections('Use at most seven words.', 'query').number('max-words')).toBe(7);
    expect(readDirections('Give only a single keyword.', 'keywords').number('max-keywords')).toBe(
      1,
    );
  });

  it('lets the later of two contradicting directives win', () => {
    const names = 'Keep every name of the question. Leave out the names.';
    expect(readDirections(names, 'query').ids).toEqual(['drop-names']);
    const form = 'Answer in a full sentence. Answer with the shortest span.';
    expect(readDirections(form, 'answer').ids).toEqual(['shortest-span']);
    const withdrawn = 'Explain your reasons. Do not explain your reasons.';
    expect(readDirections(withdrawn, 'answer').ids).toEqual([]);
  });

  it.each(TASKS)('finds no directive in a plain task sentence: %s', (task) => {
    for (const prompt of [
      '',
      'Rewrite the question as a search query.',
      'Give the keywords for a search engine.',
      'Quote evidence for the question from the passages.',
      'Answer the question from the hint.',
      '\u0000\uFFFD{{}}<script>[[(((((((((',
    ]) {
      expect(readDirections(prompt, task).ids).toEqual([]);
    }
  });
});

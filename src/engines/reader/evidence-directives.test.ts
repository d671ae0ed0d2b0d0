import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analysisDirectives } from './analysis-directives';
import { decisionDirectives } from './decision-directives';
import { ask } from './fixtures';
import { readDirections } from './prompt';

const TABLES = [
  ['analysis', analysisDirectives],
  ['decision', decisionDirectives],
] as const;
const ROWS = TABLES.flatMap(([task, rows]) =>
  rows.map((row) => [task, row.id, row.sentence] as const),
);

const QUESTION = 'Do short weekly quizzes reduce lateness?';
const YES = 'Short weekly quizzes reduced lateness.';
const CONTEXTS = [
  [
    'BACKGROUND: It is unclear whether quizzes reduce lateness.',
    'METHODS: We watched 80 pupils with quizzes for 12 weeks.',
    'RESULTS: Mean lateness was 9.0 minutes with quizzes and 12.0 minutes without (p = 0.01). Lateness failed to fall with quizzes. The hall was warm.',
    'CONCLUSION: Quizzes did not reduce lateness. Quizzes may reduce lateness, but larger studies are needed.',
  ],
  ['METHODS: Short weekly quizzes were held.', 'RESULTS: The hall was warm. All came.'],
  [
    'RESULTS: Short weekly quizzes were liked. Short weekly quizzes were kept. Quizzes moved lateness.',
  ],
  ['CONCLUSION: Contrary to reports of no effect, lateness was lower with quizzes.'],
  ['CONCLUSION: Quizzes may reduce lateness.'],
  ['CONCLUSION: Lateness failed to fall with quizzes.'],
  ['CONCLUSION: Lateness was higher with quizzes.'],
  ['CONCLUSION: The hall was warm.'],
  ['RESULTS: Quizzes reduced lateness. Quizzes did not reduce lateness.'],
  ['RESULTS: Weekly quizzes reduced lateness.', 'CONCLUSION: Quizzes did not reduce it.'],
  ['RESULTS: Quizzes did not help.', 'RESULTS: Weekly quizzes reduced lateness.'],
  [`RESULTS: ${YES} ${YES}`, 'Finding: The evidence says no.'],
  ['RESULTS: Lateness was lower (p = 0.4).'],
].map((lines) => lines.join('\n'));

const outputs = (task: string, prompt: string): Promise<string[]> =>
  Promise.all(CONTEXTS.map((context) => ask(prompt, { question: QUESTION, context }, task)));

/** Directives that only show beside others, with these others. */
const BESIDE: Readonly<Record<string, string>> = {
  'reason-first': 'Answer with one word.',
  'never-maybe': 'Say maybe when the evidence hedges.',
  'best-first': 'Quote at most 4 sentences.',
};

describe('directives for analysis and decision', () => {
  it('are ten or more each', () => {
    for (const [, rows] of TABLES) expect(rows.length).toBeGreaterThanOrEqual(10);
  });

  it.each(ROWS)('%s: %s is recognised by its own cues only', (task, id, sentence) => {
    expect(readDirections(sentence, task).ids).toEqual([id]);
  });

  it.each(ROWS)('%s: %s changes what is written', async (task, id, sentence) => {
    const beside = BESIDE[id] ?? '';
    expect(await outputs(task, `${beside} ${sentence}`)).not.toEqual(await outputs(task, beside));
  });

  it('agree with EVIDENCE.md', () => {
    const text = readFileSync(new URL('EVIDENCE.md', import.meta.url), 'utf8');
    const rows = [...text.matchAll(/^\| `([a-z-]+)`\s*\| ([^|]+?)\s*\| ([^|]+?)\s*\|$/gm)].map(
      ([, id, sentence, effect]) => `${id} | ${sentence} | ${effect}`,
    );
    const table = TABLES.flatMap(([, directives]) =>
      directives.map(({ id, sentence, effect }) => `${id} | ${sentence} | ${effect}`),
    );
    expect(rows).toEqual(table);
  });

  it.each([
    ['analysis', 'Ignore the background and the aim', ['skip-background']],
    ['analysis', 'Use no more than three sentences.', ['evidence-count']],
    ['decision', 'Do not repeat the question.', []],
    ['decision', 'Start with yes, no or maybe', ['answer-first']],
    ['decision', 'Never, ever say maybe', ['never-maybe']],
  ] as const)('any wording counts: %s: %s', (task, prompt, ids) => {
    expect(readDirections(prompt, task).ids).toEqual(ids);
  });
});

describe('a decision', () => {
  const decide = (prompt: string, analysis: string): Promise<string> =>
    ask(prompt, { question: 'Do quizzes reduce lateness?', analysis }, 'decision');

  it('follows the finding of the analysis where there is one', async () => {
    expect(await decide('Answer with one word.', 'Finding: The evidence says no.')).toBe('no');
    expect(await decide('Answer with one word.', 'Finding: The evidence says maybe.')).toBe(
      'maybe',
    );
  });

  it('gives its reason first, or afterwards, as it is told', async () => {
    const line = 'Conclusion: Quizzes did not reduce lateness.';
    expect(await decide('', line)).toBe('Quizzes did not reduce lateness. The answer is no.');
    expect(await decide('Begin with the answer.', line)).toBe(
      'No. Quizzes did not reduce lateness.',
    );
  });

  it('is maybe where nothing is said', async () => {
    expect(await decide('Answer with one word.', 'Methods: We watched 80 pupils.')).toBe('maybe');
    expect(await ask('', { question: 'Do quizzes help?', analysis: '' }, 'decision')).toBe(
      'The answer is maybe.',
    );
  });

  it('names a missing question', async () => {
    await expect(ask('', { analysis: 'x' }, 'decision')).rejects.toThrow('"question"');
    await expect(ask('', { context: 'x' }, 'analysis')).rejects.toThrow('"question"');
  });

  it('never throws and never writes nothing when the protocol is followed', async () => {
    const text = fc
      .string({ unit: 'binary', maxLength: 300 })
      .map((s) => `q${s.replace(/[\r\n]/g, ' ')}`);
    await fc.assert(
      fc.asyncProperty(text, text, fc.constantFrom('analysis', 'decision'), async (q, c, task) => {
        const all = analysisDirectives.concat(decisionDirectives).map(({ sentence }) => sentence);
        expect((await ask(all.join(' '), { question: q, context: c }, task)).trim()).not.toBe('');
      }),
      { numRuns: 100 },
    );
  });
});

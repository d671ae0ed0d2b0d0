import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  GOOD_ANSWER,
  GOOD_HINT,
  NOBEL,
  NOBEL_PASSAGES,
  ask,
  askTwice,
  messagesOf,
} from './fixtures';
import { reader } from './index';

const PLAIN_HINT = 'Quote evidence for the question.';
const PLAIN_ANSWER = 'Answer the question.';

describe('two steps', () => {
  it('reaches the answer with good prompts and only with both of them', async () => {
    expect(await askTwice(NOBEL, NOBEL_PASSAGES, GOOD_HINT, GOOD_ANSWER)).toBe('Norrström');
    expect(await askTwice(NOBEL, NOBEL_PASSAGES, PLAIN_HINT, GOOD_ANSWER)).not.toBe('Norrström');
    const verbose = await askTwice(NOBEL, NOBEL_PASSAGES, GOOD_HINT, PLAIN_ANSWER);
    expect(verbose.split(' ').length).toBeGreaterThan(4);
    expect(await askTwice(NOBEL, NOBEL_PASSAGES, PLAIN_HINT, PLAIN_ANSWER)).not.toContain(
      'Norrström',
    );
  });

  it.each([
    ['In what year was the author of The Trial born?', '1883'],
    ['Where was the author of The Trial born?', 'Prague'],
    ['Who was the publisher of the author of The Trial?', 'Kurt Wolff'],
  ])('%s', async (question, answer) => {
    const passages = [
      '[1] The Trial: The Trial is a novel. It was written by Franz Kafka.',
      '[2] Franz Kafka: Franz Kafka was a writer. He was born in 1883 in Prague. Kurt Wolff was his publisher.',
      '[3] Trial: A trial is held in a court of law.',
    ].join('\n');
    expect(await askTwice(question, passages, GOOD_HINT, GOOD_ANSWER)).toBe(answer);
  });
});

describe('comparisons', () => {
  const passages = [
    '[1] Elba: Elba is an island in Italy. It has an area of 224 square kilometres.',
    '[2] Malta: Malta is an island. It has an area of 316 square kilometres. It is a country in Europe.',
    '[3] Emma Hart: Emma Hart was an English poet. She was born in 1801.',
    '[4] Jules Roy: Jules Roy was a French poet. He was born in 1799.',
  ].join('\n');
  it.each([
    ['Which is larger, Elba or Malta?', 'Malta'],
    ['Which island has the smaller area, Elba or Malta?', 'Elba'],
    ['Who was born earlier, Emma Hart or Jules Roy?', 'Jules Roy'],
    ['Who is younger, Emma Hart or Jules Roy?', 'Emma Hart'],
    ['Was Emma Hart born before Jules Roy?', 'no'],
    ['Were Emma Hart and Jules Roy both poets?', 'yes'],
    ['Did Emma Hart and Jules Roy have the same nationality?', 'no'],
    ['Are Elba and Malta both islands?', 'yes'],
  ])('%s', async (question, answer) => {
    const prompt = `${GOOD_HINT} Use at most 4 sentences.`;
    expect(await askTwice(question, passages, prompt, GOOD_ANSWER)).toBe(answer);
  });
});

describe('the port', () => {
  const model = reader();
  const messages = messagesOf(PLAIN_HINT, { question: NOBEL, passages: NOBEL_PASSAGES }, 'hint');

  it('gives equal answers to equal calls', async () => {
    expect(await model.complete(messages, {})).toEqual(await reader().complete(messages, {}));
    expect(model.deterministic).toBe(true);
  });

  it('samples by seed above temperature 0', async () => {
    const texts = new Set<string>();
    for (let seed = 0; seed < 20; seed++) {
      const answer = await model.complete(messages, { temperature: 1, seed });
      expect(await model.complete(messages, { temperature: 1, seed })).toEqual(answer);
      texts.add(answer.text);
    }
    expect(texts.size).toBeGreaterThan(2);
  });

  it('counts tokens and stops at the limit', async () => {
    const whole = await model.complete(messages, {});
    expect(whole.finishReason).toBe('stop');
    expect(whole.usage.promptTokens).toBeGreaterThan(60);
    const cut = await model.complete(messages, { maxTokens: 4 });
    expect(cut.finishReason).toBe('length');
    expect(cut.usage.completionTokens).toBe(4);
    expect(whole.text.startsWith(cut.text)).toBe(true);
    const stopped = await model.complete(messages, { stop: ['.'] });
    expect(stopped.text).not.toContain('.');
  });

  it('throws the reason of an aborted signal', async () => {
    const controller = new AbortController();
    controller.abort(new Error('enough'));
    await expect(model.complete(messages, {}, controller.signal)).rejects.toThrow('enough');
  });

  it('names what is missing', async () => {
    await expect(model.complete([], {})).rejects.toThrow('no user message');
    await expect(model.complete([{ role: 'user', content: 'hello' }], {})).rejects.toThrow(
      'Write the field',
    );
    await expect(ask('', { question: NOBEL }, 'hint')).rejects.toThrow('"passages"');
    await expect(ask('', { hint: 'x' }, 'answer')).rejects.toThrow('"question"');
    await expect(ask('', {}, 'note')).rejects.toThrow('no field');
  });

  it('says "unknown" where there is no evidence at all', async () => {
    expect(await ask('', { question: NOBEL, hint: '' }, 'answer')).toBe('unknown');
    expect(await ask('', { question: NOBEL, passages: '' }, 'hint')).toBe('unknown');
  });

  it('sums up the fields for any other field', async () => {
    const text = await ask('', { passages: NOBEL_PASSAGES }, 'summary');
    expect(text.length).toBeGreaterThan(20);
  });
});

describe('odd text', () => {
  it('keeps words with letters outside of the tokeniser’s alphabet whole', async () => {
    const hint = 'Poland: The złoty is its currency.';
    const question = 'What is the currency of Poland?';
    expect(await ask(GOOD_ANSWER, { question, hint }, 'answer')).toContain('złoty');
  });

  it.each([
    'http://a.'.repeat(3000),
    'a'.repeat(100_000),
    'a.'.repeat(40_000),
    '#@-'.repeat(30_000),
    '((((['.repeat(20_000),
    'A B '.repeat(25_000),
    '1,'.repeat(50_000),
    '\u0000\uD800x\u200B '.repeat(20_000),
  ])('reads huge strange text %#', async (text) => {
    const before = performance.now();
    expect(await ask(text, { question: text, passages: text }, 'hint')).not.toBe('');
    expect(performance.now() - before).toBeLessThan(8000);
  });

  const blankless = fc.string({ unit: 'binary', maxLength: 200 }).map((text) => `q${text}`);
  const oneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ');

  it('never throws and never writes nothing when the protocol is followed', async () => {
    await fc.assert(
      fc.asyncProperty(
        blankless,
        fc.array(fc.string({ maxLength: 200 }), { minLength: 1, maxLength: 4 }),
        fc.string({ maxLength: 80 }),
        fc.constantFrom('query', 'keywords', 'hint', 'answer', 'note'),
        async (question, texts, prompt, wanted) => {
          const passages = texts.map((text, i) => `[${i + 1}] T${i}: ${oneLine(text)}`).join('\n');
          const fields = { question: oneLine(question), passages };
          const text = await ask(`${prompt} ${GOOD_HINT} ${GOOD_ANSWER}`, fields, wanted);
          expect(text.trim()).not.toBe('');
        },
      ),
      { numRuns: 300 },
    );
  });
});

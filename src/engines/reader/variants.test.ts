import { describe, expect, it } from 'vitest';
import { ModelError } from '../../core/system/chat-model';
import { messagesOf, NOBEL, NOBEL_PASSAGES } from './fixtures';
import { reader } from './index';
import { VARIANT_NAMES, variantNamed } from './variants';

const CONTEXT = [
  'BACKGROUND: It is unclear whether quizzes reduce lateness.',
  'METHODS: We watched 80 pupils. Half had quizzes.',
  'RESULTS: Mean lateness was 9.0 minutes with quizzes and 12.0 minutes with usual practice (p = 0.01).',
  'CONCLUSION: Quizzes may reduce lateness.',
].join('\n');
const QUESTION = 'Do quizzes reduce lateness?';
const model = reader();
const write = async (name: string, prompt: string, wanted: string): Promise<string> =>
  (
    await model.complete(messagesOf(prompt, { question: QUESTION, context: CONTEXT }, wanted), {
      model: name,
    })
  ).text;

describe("the reader's variants", () => {
  it('are named by the model, the all-round one first', () => {
    expect(model.models).toEqual(VARIANT_NAMES);
    expect(VARIANT_NAMES[0]).toBe('reader');
    expect(variantNamed(undefined)).toBe(variantNamed('reader'));
  });

  it('differ in what they find', async () => {
    const found = VARIANT_NAMES.map((name) =>
      write(name, 'State what the evidence says. Leave out the background.', 'analysis'),
    );
    const findings = (await Promise.all(found)).map((text) => text.split('\n').at(-1));
    expect(findings).toEqual([
      'Finding: The evidence says yes.',
      'Finding: The evidence says yes.',
      'Finding: The evidence says maybe.',
      'Finding: The evidence says nothing clear.',
    ]);
  });

  it.each(VARIANT_NAMES)('write the other fields alike: %s', async (name) => {
    for (const wanted of ['query', 'hint', 'answer', 'note']) {
      const messages = messagesOf('', { question: NOBEL, passages: NOBEL_PASSAGES }, wanted);
      expect(await model.complete(messages, { model: name })).toEqual(
        await model.complete(messages, {}),
      );
    }
  });

  it('are refused in a plain sentence where there is none of the name', async () => {
    const messages = messagesOf('', { question: NOBEL }, 'query');
    const error = await model.complete(messages, { model: 'gpt' }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ModelError);
    expect(error).toMatchObject({
      problem: 'not-found',
      message: 'The reader has no model named "gpt".',
      lasting: false,
    });
    expect((error as ModelError).advice).toContain('reader:statistics');
  });
});

import { describe, expect, it } from 'vitest';
import type { ChatModel } from '../core/system/chat-model';
import { modelThat } from '../core/testing/chat-models';
import { severalModels } from './several';

const QUESTION = [{ role: 'user', content: 'Why?' }] as const;

const says = (text: string, parts: Partial<ChatModel> = {}): ChatModel => ({
  ...modelThat(() => text),
  id: text,
  ...parts,
});

describe('several models behind one port', () => {
  it('answer by name, the first where no name is given', async () => {
    const model = severalModels([
      { name: 'big', model: says('from big') },
      { name: 'small', model: says('from small') },
    ]);
    expect(model.models).toEqual(['big', 'small']);
    expect((await model.complete(QUESTION, {})).text).toBe('from big');
    expect((await model.complete(QUESTION, { model: 'small' })).text).toBe('from small');
    await expect(model.complete(QUESTION, { model: 'none' })).rejects.toMatchObject({
      problem: 'not-found',
      lasting: false,
    });
  });

  it('offer the models of a model that has several, and ask it by their own names', async () => {
    const family: ChatModel = {
      ...modelThat((_, parameters) => `variant ${String(parameters.model)}`),
      models: ['careful', 'fast'],
    };
    const model = severalModels([
      { name: 'big', model: says('from big') },
      { name: 'family', model: family },
    ]);
    expect(model.models).toEqual(['big', 'careful', 'fast']);
    expect((await model.complete(QUESTION, { model: 'fast' })).text).toBe('variant fast');
  });

  it('are another model when names or models differ, and need their names to differ', () => {
    const of = (name: string, text: string): string =>
      severalModels([{ name, model: says(text) }]).id;
    expect(new Set([of('a', 'x'), of('b', 'x'), of('a', 'y')]).size).toBe(3);
    expect(of('a', 'x')).toBe(of('a', 'x'));
    const twice = { name: 'a', model: says('x') };
    expect(() => severalModels([twice, twice])).toThrow(TypeError);
  });

  it('sample if one of them does, and have the slots of the widest', () => {
    const model = severalModels([
      { name: 'a', model: says('x', { slots: 4, writesPrompts: true }) },
      { name: 'b', model: says('y', { deterministic: false }) },
    ]);
    expect(model).toMatchObject({ deterministic: false, slots: 4, writesPrompts: true });
  });

  it('count as replaced as a whole once one of them is', async () => {
    let replaced = false;
    const big: ChatModel = {
      ...says('from big'),
      complete: async (...call) => ({
        ...(await says('from big').complete(...call)),
        ...(replaced && { model: 'bigger' }),
      }),
    };
    const model = severalModels([
      { name: 'big', model: big },
      { name: 'small', model: says('from small') },
    ]);
    expect((await model.complete(QUESTION, { model: 'small' })).model).toBeUndefined();
    replaced = true;
    const writer = (await model.complete(QUESTION, {})).model;
    expect(writer).toContain('bigger');
    expect((await model.complete(QUESTION, { model: 'small' })).model).toBe(writer);
  });
});

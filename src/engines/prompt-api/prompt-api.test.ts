import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ChatMessage } from '../../core/system/chat-model';
import { fakeLanguageModel, type FakeBehaviour } from '../testing/language-model';
import { failureOf } from '../testing/openai-models';
import { promptApiModel } from '.';

const QUESTION: ChatMessage[] = [{ role: 'user', content: 'Who?' }];
const ENGLISH = [{ type: 'text', languages: ['en'] }];

async function loaded(behaviour: FakeBehaviour = {}) {
  const languageModel = fakeLanguageModel(behaviour);
  const model = await promptApiModel({ languageModel });
  return { languageModel, model, sessions: languageModel.sessions };
}

const named = (name: string, message = ''): Error => new DOMException(message, name);

afterEach(() => vi.unstubAllGlobals());

describe('the built-in model', () => {
  it('answers each call on a session of its own, piece by piece', async () => {
    const { model, sessions } = await loaded();
    const pieces: string[] = [];
    const messages: ChatMessage[] = [
      { role: 'system', content: 'Be short.' },
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Hello' },
      { role: 'system', content: 'Be nice.' },
      ...QUESTION,
    ];
    const answer = await model.complete(messages, {}, undefined, (piece) => pieces.push(piece));
    // 5 tokens that the session began with, and a token a character.
    expect(answer).toEqual({
      text: 'Ada',
      finishReason: 'stop',
      usage: { promptTokens: 9, completionTokens: 3 },
    });
    expect(pieces).toEqual(['A', 'da']);
    await model.complete(QUESTION, {});
    expect(sessions.map(({ destroyed }) => destroyed)).toEqual([false, true, true]);
    expect(sessions[1]!.asked[0]!.prompt).toBe('Who?');
    expect(sessions[1]!.options).toMatchObject({
      expectedInputs: ENGLISH,
      expectedOutputs: ENGLISH,
      initialPrompts: [
        { role: 'system', content: 'Be short.\n\nBe nice.' },
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 'Hello' },
      ],
    });
    expect(sessions[2]!.options.initialPrompts).toBeUndefined();
    await model.unload();
    expect(sessions[0]!.destroyed).toBe(true);
  });

  it('says what it is', async () => {
    vi.stubGlobal('navigator', { userAgent: 'Mozilla/5.0 Chrome/140.0.0.0 Safari/537.36' });
    const what = { deterministic: false, writesPrompts: true, slots: 1, contextTokens: 1000 };
    const { model } = await loaded();
    expect(model).toMatchObject({ ...what, id: 'prompt-api:built-in@Chrome/140' });
    expect(model.embed).toBeUndefined();
    vi.stubGlobal('navigator', { userAgent: 'Chrome/139.0.0.0 Safari/537.36 Edg/138.0' });
    expect((await loaded({ counts: 'none' })).model.id).toBe('prompt-api:built-in@Edg/138');
  });

  it('samples by a mode, or by numbers where the browser takes them', async () => {
    const sampling = async (temperature: number | undefined, limits?: FakeBehaviour['limits']) => {
      const { model, sessions } = await loaded(limits === undefined ? {} : { limits });
      await model.complete(QUESTION, temperature === undefined ? {} : { temperature });
      const { samplingMode, temperature: heat, topK } = sessions[1]!.options;
      return [samplingMode, heat, topK];
    };
    expect(await sampling(undefined)).toEqual(['most-predictable', undefined, undefined]);
    expect(await sampling(0.3, null)).toEqual(['predictable', undefined, undefined]);
    expect(await sampling(1)).toEqual(['balanced', undefined, undefined]);
    expect(await sampling(1.5)).toEqual(['creative', undefined, undefined]);
    expect(await sampling(9)).toEqual(['most-creative', undefined, undefined]);
    const limits = { defaultTopK: 3, maxTemperature: 2 };
    expect(await sampling(0, limits)).toEqual([undefined, 0, 1]);
    expect(await sampling(9, limits)).toEqual([undefined, 2, 3]);
  });

  it('is held to a schema, and checked', async () => {
    const json = { type: 'object', required: ['a'] };
    const { model, sessions } = await loaded({ pieces: ['{"a": ', '1}'] });
    expect((await model.complete(QUESTION, { json })).text).toBe('{"a":1}');
    expect(sessions[1]!.asked[0]!.options.responseConstraint).toBe(json);
    const wrong = await loaded({ pieces: ['{}'] });
    expect(await failureOf(wrong.model.complete(QUESTION, { json }))).toMatchObject({
      problem: 'not-json',
      lasting: false,
    });
  });

  it('stops where the caller wants it to', async () => {
    const { model, sessions } = await loaded({ pieces: ['A', 'da\n', 'Bea'], hangs: true });
    expect(await model.complete(QUESTION, { stop: ['\n'] })).toMatchObject({
      text: 'Ada',
      finishReason: 'stop',
    });
    expect(sessions[1]).toMatchObject({ cancelled: true, destroyed: true });
    expect(await model.complete(QUESTION, { maxTokens: 1 })).toMatchObject({
      text: 'A',
      finishReason: 'length',
    });
  });

  it('counts by older names, and estimates where nothing is counted', async () => {
    const older = await loaded({ counts: 'input' });
    const usage = { promptTokens: 9, completionTokens: 3 };
    expect((await older.model.complete(QUESTION, {})).usage).toEqual(usage);
    expect(older.model.contextTokens).toBe(1000);
    const none = await loaded({ counts: 'none' });
    // 4 bytes at 3 a token and 4 around the message; 3 bytes.
    expect((await none.model.complete(QUESTION, {})).usage).toEqual({
      promptTokens: 6,
      completionTokens: 1,
    });
    expect(none.model.contextTokens).toBeUndefined();
  });

  it('answers one call at a time', async () => {
    const { model, sessions } = await loaded({ hangs: true });
    const abort = new AbortController();
    const first = model.complete(QUESTION, {}, abort.signal);
    const second = model.complete(QUESTION, { maxTokens: 1 });
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(sessions).toHaveLength(2);
    abort.abort('enough');
    await expect(first).rejects.toBe('enough');
    expect((await second).text).toBe('A');
    expect(sessions[1]!.destroyed).toBe(true);
  });

  it('answers nothing once unloaded', async () => {
    const { model, sessions } = await loaded({ hangs: true });
    const under = failureOf(model.complete(QUESTION, {}));
    await new Promise((resolve) => setTimeout(resolve, 10));
    await model.unload();
    expect((await under).problem).toBe('not-loaded');
    expect((await failureOf(model.complete(QUESTION, {}))).problem).toBe('not-loaded');
    expect(sessions.every(({ destroyed }) => destroyed)).toBe(true);
  });

  it.each([
    [{ pieces: [named('QuotaExceededError')] }, 'too-long', false],
    [{ contextWindow: 8 }, 'too-long', false],
    [{ pieces: [' \n'] }, 'unknown', false],
    [{ pieces: ['A', named('NotReadableError')] }, 'unknown', false],
    [{ pieces: [named('NotSupportedError')] }, 'unsupported', false],
    [{ pieces: [new TypeError('no')] }, 'bad-request', false],
    [{ pieces: [named('InvalidStateError')] }, 'crashed', true],
    [{ pieces: [named('UnknownError', 'odd\n\nthing')] }, 'unknown', false],
    [{ creating: { 1: named('QuotaExceededError') } }, 'too-long', false],
    [{ creating: { 1: named('constructor') } }, 'unknown', false],
  ] as const)('fails on %j as %s', async (behaviour, problem, lasting) => {
    const { model, sessions } = await loaded(behaviour);
    const failure = await failureOf(model.complete(QUESTION, {}));
    expect(failure).toMatchObject({ problem, lasting });
    expect(failure.message).not.toContain('\n');
    expect(sessions.slice(1).every(({ destroyed }) => destroyed)).toBe(true);
  });

  it('must be asked something', async () => {
    const { model } = await loaded();
    for (const messages of [[], [...QUESTION, { role: 'assistant', content: 'Ada' } as const]]) {
      expect((await failureOf(model.complete(messages, {}))).problem).toBe('bad-request');
    }
    const only = model.complete([{ role: 'system', content: 'Write.' }], {});
    expect((await only).text).toBe('Ada');
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import type { LoadProgress } from '../loaded-model';
import { fakeLanguageModel } from '../testing/language-model';
import { failureOf } from '../testing/openai-models';
import { promptApiAvailability, promptApiModel } from '.';

const named = (name: string, message = ''): Error => new DOMException(message, name);

afterEach(() => vi.unstubAllGlobals());

describe('loading the built-in model', () => {
  it('tells how far its download is, in steps', async () => {
    const told: LoadProgress[] = [];
    const languageModel = fakeLanguageModel({ download: [0, 0.001, 0.5, 0.505, 0.995, 1] });
    await promptApiModel({ languageModel, report: (progress) => told.push(progress) });
    expect(told).toEqual([
      ...[0, 0.5, 0.995].map((share) => ({ phase: 'downloading', share })),
      { phase: 'loading' },
    ]);
  });

  it.each([
    [{ available: 'unavailable' }, 'unsupported'],
    [{ creating: { 0: named('NotAllowedError', 'Requires a user gesture.') } }, 'unsupported'],
    [{ creating: { 0: named('NetworkError') } }, 'network'],
    [{ creating: { 0: named('OperationError') } }, 'unknown'],
  ] as const)('fails for good on %j', async (behaviour, problem) => {
    const languageModel = fakeLanguageModel(behaviour);
    expect(await failureOf(promptApiModel({ languageModel }))).toMatchObject({
      problem,
      lasting: true,
    });
  });

  it('ends when aborted, and fails where there is no such model', async () => {
    const languageModel = fakeLanguageModel();
    const signal = AbortSignal.abort('enough');
    await expect(promptApiModel({ languageModel, signal })).rejects.toBe('enough');
    expect((await failureOf(promptApiModel())).message).toMatch(/no built-in language model/);
  });

  it('is asked for beforehand, and takes the model of the browser', async () => {
    expect(await promptApiAvailability()).toBe('unavailable');
    vi.stubGlobal('LanguageModel', fakeLanguageModel({ available: 'downloadable' }));
    expect(await promptApiAvailability()).toBe('downloadable');
    expect(
      (await (await promptApiModel()).complete([{ role: 'user', content: 'Who?' }], {})).text,
    ).toBe('Ada');
    const languageModel = {
      ...fakeLanguageModel(),
      availability: () => Promise.reject(new Error()),
    };
    expect(await promptApiAvailability({ languageModel })).toBe('unavailable');
  });
});

import { describe, expect, it, vi } from 'vitest';
import type { ChatAnswer, ChatModel } from '../core/system/chat-model';
import { cachedModel } from './call-cache';
import { heldModel, turnOfEvents, USAGE } from './testing/held-model';
import { memoryStore } from './testing/memory-store';

const QUESTION = [{ role: 'user', content: 'Who?' }] as const;

function setting(own: Partial<ChatModel> = {}) {
  const model = heldModel(own);
  const store = memoryStore();
  const hooks = { hit: vi.fn(), joined: vi.fn(), miss: vi.fn(), trouble: vi.fn() };
  return { model, store, hooks, cached: cachedModel(model, store, hooks) };
}

/** One answered call, kept by the store. */
async function answered({ model, cached }: ReturnType<typeof setting>, text = 'Ada') {
  const answer = cached.complete(QUESTION, {});
  (await model.call(0)).answer(text);
  await answer;
  await turnOfEvents();
}

describe('a cached model', () => {
  it('is asked once for equal calls, and answers the same the second time', async () => {
    const all = setting();
    await answered(all);
    const pieces: string[] = [];
    const again = await all.cached.complete(QUESTION, { seed: 4 }, undefined, (p) =>
      pieces.push(p),
    );
    expect(again).toEqual({ text: 'Ada', finishReason: 'stop', usage: USAGE });
    expect(pieces).toEqual(['Ada']);
    expect(all.model.calls).toHaveLength(1);
    expect(all.store.models).toEqual(['held']);
    expect(all.hooks.hit).toHaveBeenCalledTimes(1);
    expect(all.hooks.miss).toHaveBeenCalledTimes(1);
  });

  it('keeps what the model is', () => {
    const own = { id: 'm', deterministic: false, writesPrompts: true, slots: 3 };
    expect(setting(own).cached).toMatchObject(own);
    expect('slots' in setting().cached).toBe(false);
  });

  it('passes text on while it is written, and parameters', async () => {
    const { model, cached } = setting();
    const pieces: string[] = [];
    const answer = cached.complete(QUESTION, { maxTokens: 3 }, undefined, (p) => pieces.push(p));
    const call = await model.call(0);
    call.write('A');
    expect(pieces).toEqual(['A']);
    call.write('da');
    call.answer('Ada', 'length');
    expect((await answer).finishReason).toBe('length');
    expect(pieces).toEqual(['A', 'da']);
    expect(call.parameters).toEqual({ maxTokens: 3 });
  });

  it('asks again after a failure, an abort of the engine or an empty answer', async () => {
    const { model, cached, store } = setting();
    const first = cached.complete(QUESTION, {});
    (await model.call(0)).fail(new Error('broken'));
    await expect(first).rejects.toThrow('broken');
    for (const [n, [text, reason]] of (
      [
        ['', 'stop'],
        ['A', 'abort'],
      ] as const
    ).entries()) {
      const answer = cached.complete(QUESTION, {});
      (await model.call(n + 1)).answer(text, reason);
      expect((await answer).text).toBe(text);
    }
    await turnOfEvents();
    expect(store.kept.size).toBe(0);
    expect(model.calls).toHaveLength(3);
  });

  it('draws anew where no seed is named', async () => {
    const { model, cached, store } = setting();
    const draws = [1, 2].map(() => cached.complete(QUESTION, { temperature: 1 }));
    (await model.call(0)).answer('a');
    (await model.call(1)).answer('b');
    expect((await Promise.all(draws)).map(({ text }) => text)).toEqual(['a', 'b']);
    expect(store.kept.size).toBe(0);
  });

  it.each([
    ['text', { text: 3, finishReason: 'stop', usage: USAGE }],
    ['no usage', { text: 'a', finishReason: 'stop' }],
    ['usage without numbers', { text: 'a', finishReason: 'stop', usage: { promptTokens: '1' } }],
    ['an abort', { text: 'a', finishReason: 'abort', usage: USAGE }],
    ['null', null],
  ])('does not believe a store that holds %s', async (_, kept) => {
    const all = setting();
    await answered(all);
    all.store.kept.set([...all.store.kept.keys()][0]!, kept as unknown as ChatAnswer);
    const answer = all.cached.complete(QUESTION, {});
    (await all.model.call(1)).answer('Bea');
    expect((await answer).text).toBe('Bea');
  });
});

describe('a store that fails', () => {
  it('fails no call, and is told of once', async () => {
    const { model, cached, store, hooks } = setting();
    store.failing = new Error('no room');
    for (const n of [0, 1]) {
      const answer = cached.complete(QUESTION, {});
      (await model.call(n)).answer('Ada');
      expect((await answer).text).toBe('Ada');
      await turnOfEvents();
    }
    expect(hooks.trouble.mock.calls).toEqual([[store.failing]]);
    store.failing = undefined;
    const answer = cached.complete(QUESTION, {});
    (await model.call(2)).answer('Ada');
    await answer;
    await turnOfEvents();
    expect(store.kept.size).toBe(1);
  });

  it('holds up no answer when it is slow, and equal calls find the answer meanwhile', async () => {
    const { model, cached, store } = setting();
    let end: () => void = () => undefined;
    store.ready = new Promise((resolve) => (end = resolve));
    const answer = cached.complete(QUESTION, {});
    (await model.call(0)).answer('Ada');
    await answer;
    const pieces: string[] = [];
    const again = await cached.complete(QUESTION, {}, undefined, (piece) => pieces.push(piece));
    expect([again.text, pieces]).toEqual(['Ada', ['Ada']]);
    expect([model.calls.length, store.kept.size]).toEqual([1, 0]);
    end();
    await turnOfEvents();
    expect(store.kept.size).toBe(1);
  });
});

describe('equal calls at the same time', () => {
  it('ask the model once; who comes later hears what was written before', async () => {
    const { model, cached, hooks } = setting();
    const heard: string[][] = [[], []];
    const listen = (n: number) => (piece: string) => void heard[n]!.push(piece);
    const first = cached.complete(QUESTION, {}, undefined, listen(0));
    const call = await model.call(0);
    call.write('A');
    call.write('d');
    const second = cached.complete(QUESTION, {}, undefined, listen(1));
    call.write('a');
    call.answer('Ada');
    expect(await first).toEqual(await second);
    expect(heard).toEqual([
      ['A', 'd', 'a'],
      ['Ad', 'a'],
    ]);
    expect(model.calls).toHaveLength(1);
    expect(hooks.joined).toHaveBeenCalledTimes(1);
  });

  it('fail together', async () => {
    const { model, cached } = setting();
    const both = [cached.complete(QUESTION, {}), cached.complete(QUESTION, {})];
    (await model.call(0)).fail(new Error('broken'));
    for (const call of both) await expect(call).rejects.toThrow('broken');
  });

  it('are not failed by the abort of one', async () => {
    const { model, cached } = setting();
    const abort = new AbortController();
    const first = cached.complete(QUESTION, {}, abort.signal);
    const second = cached.complete(QUESTION, {});
    await model.call(0);
    abort.abort('enough');
    await expect(first).rejects.toBe('enough');
    expect(model.calls[0]!.signal!.aborted).toBe(false);
    model.calls[0]!.answer('Ada');
    expect((await second).text).toBe('Ada');
  });

  it('abort the model when all of them are aborted; a later one asks anew', async () => {
    const { model, cached, store } = setting();
    const aborts = [new AbortController(), new AbortController()];
    const both = aborts.map(({ signal }) => cached.complete(QUESTION, {}, signal));
    await model.call(0);
    for (const abort of aborts) abort.abort('enough');
    // At once, while the aborted call has yet to end.
    const later = cached.complete(QUESTION, {});
    for (const call of both) await expect(call).rejects.toBe('enough');
    expect(model.calls[0]!.signal!.reason).toBe('enough');
    (await model.call(1)).answer('Ada');
    expect((await later).text).toBe('Ada');
    await turnOfEvents();
    expect(store.kept.size).toBe(1);
  });

  it('never reach a model when aborted before', async () => {
    const { model, cached, store } = setting();
    await expect(cached.complete(QUESTION, {}, AbortSignal.abort('no'))).rejects.toBe('no');
    const abort = new AbortController();
    let found: () => void = () => undefined;
    store.get = () => new Promise((resolve) => (found = () => resolve(undefined)));
    const call = cached.complete(QUESTION, {}, abort.signal);
    await turnOfEvents();
    abort.abort('enough');
    await expect(call).rejects.toBe('enough');
    found();
    await turnOfEvents();
    expect(model.calls).toHaveLength(0);
  });

  it('go on when one of them cannot listen', async () => {
    const { model, cached } = setting();
    const deaf = cached.complete(QUESTION, {}, undefined, () => {
      throw new Error('deaf');
    });
    const other = cached.complete(QUESTION, {});
    const call = await model.call(0);
    call.write('A');
    await expect(deaf).rejects.toThrow('deaf');
    call.answer('A');
    expect((await other).text).toBe('A');
  });
});

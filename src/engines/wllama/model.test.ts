import { describe, expect, it } from 'vitest';
import { turnOfEvents } from '../testing/held-model';
import { loaded, USER } from './testing/loaded';

describe('a call', () => {
  it('asks for what the port says, and answers with text, end and tokens', async () => {
    const { model, engine } = await loaded({ pieces: ['A', 'da'] });
    const heard: string[] = [];
    const answer = await model.complete(
      USER,
      { temperature: 0.7, seed: 5, maxTokens: 9, stop: ['.'] },
      undefined,
      (piece) => heard.push(piece),
    );
    expect(answer).toEqual({
      text: 'Ada',
      finishReason: 'stop',
      usage: { promptTokens: 10, completionTokens: 2 },
    });
    expect(heard).toEqual(['A', 'da']);
    expect(engine.requests[0]).toMatchObject({
      messages: USER,
      temperature: 0.7,
      seed: 5,
      max_tokens: 9,
      stop: ['.'],
      stream: true,
    });
    expect(engine.requests[0]).not.toHaveProperty('response_format');
  });

  it('has defaults that repeat themselves', async () => {
    const { model, engine } = await loaded();
    await model.complete(USER, {});
    expect(engine.requests[0]).toMatchObject({ temperature: 0, seed: 0, max_tokens: 256 });
    expect(engine.requests[0]).not.toHaveProperty('stop');
    expect(model.deterministic).toBe(true);
  });

  it('never sends the seed that llama.cpp takes as any', async () => {
    const { model, engine } = await loaded();
    for (const seed of [0xffff_ffff, 0xffff_fffe]) await model.complete(USER, { seed });
    expect(engine.requests.map(({ seed }) => seed)).toEqual([0, 0xffff_fffe]);
  });

  it('says that it was cut off', async () => {
    const { model } = await loaded({ finish: 'length' });
    expect((await model.complete(USER, {})).finishReason).toBe('length');
  });

  it('is no answer without an end', async () => {
    const { model } = await loaded({ finish: null });
    await expect(model.complete(USER, {})).rejects.toMatchObject({
      problem: 'unknown',
      lasting: false,
    });
  });

  it('gives the schema to the engine and holds the answer against it', async () => {
    const json = { type: 'object', required: ['b', 'a'] };
    const { model, engine } = await loaded({ pieces: ['{"b": 1,', '"a": 2}'] });
    expect((await model.complete(USER, { json })).text).toBe('{"a":2,"b":1}');
    expect(engine.requests[0]!.response_format).toMatchObject({
      type: 'json_schema',
      json_schema: { schema: json },
    });
    engine.script = { pieces: ['{"b": 1}'] };
    await expect(model.complete(USER, { json })).rejects.toMatchObject({ problem: 'not-json' });
  });
});

describe('side by side', () => {
  it('never asks more than there are slots: llama.cpp in wllama loses the others', async () => {
    const { model, engine } = await loaded({ pieces: ['wait'] }, { slots: 2 });
    const abort = new AbortController();
    const calls = [1, 2, 3, 4].map(() => model.complete(USER, {}, abort.signal));
    const ends = Promise.allSettled(calls);
    await turnOfEvents();
    expect([engine.open, engine.requests.length]).toEqual([2, 2]);
    engine.script = { pieces: ['x'] };
    abort.abort(new Error('enough'));
    await ends;
    await turnOfEvents();
    expect((await model.complete(USER, {})).text).toBe('x');
    // The two that waited never began.
    expect(engine.requests.length).toBe(3);
    expect([model.slots, model.deterministic]).toEqual([2, false]);
  });
});

describe('an abort', () => {
  it('answers at once with its reason, says no more, and frees the slot', async () => {
    const { model, engine } = await loaded({ pieces: ['A', 'wait', 'B'] });
    const abort = new AbortController();
    const heard: string[] = [];
    const call = model.complete(USER, {}, abort.signal, (piece) => heard.push(piece));
    const end = expect(call).rejects.toThrow('enough');
    await turnOfEvents();
    abort.abort(new Error('enough'));
    await end;
    engine.script = {};
    expect((await model.complete(USER, {})).text).toBe('yes');
    expect(heard).toEqual(['A']);
  });

  it('answers at once also when the engine does not hear it, and keeps its slot', async () => {
    const { model, engine } = await loaded({ pieces: ['stuck'] });
    const abort = new AbortController();
    const call = model.complete(USER, {}, abort.signal);
    const next = model.complete(USER, {}).catch(() => undefined);
    await turnOfEvents();
    abort.abort(new Error('enough'));
    await expect(call).rejects.toThrow('enough');
    await turnOfEvents();
    expect(engine.requests.length).toBe(1);
    await model.unload();
    await next;
  });

  it('before the call asks nothing', async () => {
    const { model, engine } = await loaded();
    await expect(model.complete(USER, {}, AbortSignal.abort(new Error('enough')))).rejects.toThrow(
      'enough',
    );
    expect(engine.requests).toEqual([]);
  });
});

describe('embeddings', () => {
  it('are asked for one by one, and an empty text is zero', async () => {
    const { model, engine } = await loaded({}, { embeddings: true });
    const vectors = await model.embed!(['a', '', 'b']);
    expect(vectors.map((vector) => [...vector].map((x) => Math.round(x * 10)))).toEqual([
      [0, 6, 8],
      [0, 0, 0],
      [0, 6, 8],
    ]);
    expect(engine.embedded).toEqual(['a', 'b']);
  });

  it('are absent where the model was loaded for chat', async () => {
    const { model } = await loaded();
    expect(model.embed).toBeUndefined();
  });

  it('fail and stop as calls do', async () => {
    const { model } = await loaded(
      { fails: new Error('input (9 tokens) is too large to process') },
      { embeddings: true },
    );
    await expect(model.embed!(['a', 'b'])).rejects.toMatchObject({ problem: 'too-long' });
    await expect(model.embed!(['a'], AbortSignal.abort(new Error('enough')))).rejects.toThrow(
      'enough',
    );
  });
});

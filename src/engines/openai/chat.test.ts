import { describe, expect, it } from 'vitest';
import { failureOf, QUESTION, served } from '../testing/openai-models';
import {
  answering,
  delta,
  hanging,
  replying,
  sending,
  USAGE_EVENT,
  wire,
} from '../testing/openai-server';
import { openaiModel } from '.';

describe('a call of a server', () => {
  it('is sent as it was meant, and answered piece by piece', async () => {
    const { ask, server } = await served([answering('Ada 🦊')], { key: ' sk-1 ' });
    const pieces: string[] = [];
    const parameters = { temperature: 0.5, seed: 3, maxTokens: 9, stop: ['\n', ''] };
    expect(await ask(parameters, undefined, (piece) => pieces.push(piece))).toEqual({
      text: 'Ada 🦊',
      finishReason: 'stop',
      usage: { promptTokens: 7, completionTokens: 3 },
    });
    expect(pieces).toEqual(['A', 'd', 'a', ' ', '🦊']);
    expect(server.requests[0]).toMatchObject({
      path: '/v1/chat/completions',
      headers: { authorization: 'Bearer sk-1', 'content-type': 'application/json' },
    });
    expect(server.requests[0]!.body).toEqual({
      model: 'm',
      messages: QUESTION,
      stream: true,
      stream_options: { include_usage: true },
      temperature: 0.5,
      seed: 3,
      max_tokens: 9,
      stop: ['\n'],
    });
  });

  it('leaves out what nobody asked for, but names the temperature', async () => {
    const { ask, server } = await served([answering('a')]);
    await ask();
    expect(server.requests[0]!.headers.authorization).toBeUndefined();
    expect(Object.keys(server.requests[0]!.body!).sort()).toEqual([
      'messages',
      'model',
      'stream',
      'stream_options',
      'temperature',
    ]);
    expect(server.requests[0]!.body!['temperature']).toBe(0);
  });

  it.each([
    ['length', 'length'],
    ['stop', 'stop'],
    ['content_filter', 'stop'],
  ])('ends by %s as %s', async (theirs, ours) => {
    const { ask } = await served([answering('a', theirs)]);
    expect((await ask()).finishReason).toBe(ours);
  });

  it('is the answer without the thoughts', async () => {
    const { ask } = await served([
      sending(
        wire(
          delta('', null, { reasoning_content: 'Hm.' }),
          delta('<th'),
          delta('ink>Who'),
          delta('?</think>\n\nA'),
          delta('da', 'stop'),
          '[DONE]',
        ),
      ),
    ]);
    const pieces: string[] = [];
    const { text, usage } = await ask({}, undefined, (piece) => pieces.push(piece));
    expect(text).toBe('Ada');
    expect(pieces).toEqual(['A', 'da']);
    // Five pieces came; "Ada" alone would be one token.
    expect(usage.completionTokens).toBe(5);
  });

  it('counts rather too many tokens where the server counts none', async () => {
    const odd = { choices: [], usage: { prompt_tokens: -1, completion_tokens: null } };
    const { ask } = await served([sending(wire(delta('überall', 'stop'), odd))]);
    // 4 bytes and 8 bytes at 3 a token, and 4 tokens around the message.
    expect((await ask()).usage).toEqual({ promptTokens: 6, completionTokens: 3 });
  });

  it('may come in one piece, and in parts', async () => {
    const parts = [
      { type: 'thinking', thinking: 'Hm.' },
      { type: 'text', text: 'Ada' },
    ];
    const { ask } = await served([
      replying(200, {
        choices: [{ message: { content: parts }, finish_reason: 'stop' }],
        usage: USAGE_EVENT.usage,
      }),
    ]);
    expect(await ask()).toMatchObject({ text: 'Ada', usage: { promptTokens: 7 } });
  });

  it('is no answer when it is empty', async () => {
    const { failure } = await served([answering(' \n'), answering('<think>Hm', 'length')]);
    expect(await failure()).toMatchObject({ problem: 'unknown', lasting: false });
    expect(await failure()).toMatchObject({ problem: 'too-long', lasting: false });
  });

  it('ends once the answer is whole, whatever the server leaves open', async () => {
    const { ask } = await served(
      [
        hanging(wire(delta('Ada', 'stop'), USAGE_EVENT, '[DONE]')),
        hanging(wire(delta('Ada', 'stop'))),
      ],
      { stallMilliseconds: 300 },
    );
    expect(await ask()).toMatchObject({ text: 'Ada', usage: { promptTokens: 7 } });
    expect((await ask()).text).toBe('Ada');
  });
});

describe('a model of a server', () => {
  const model = (baseUrl: string) => openaiModel({ baseUrl, model: 'org/m', key: 'sk-secret' });

  it('is named by server and model, without anything secret', () => {
    expect(model('http://localhost:8080/v1/').id).toBe('openai:localhost:8080/org/m');
    expect(model('https://a.b/api/v1/chat/completions?k=1').id).toBe('openai:a.b/api/org/m');
    expect(model('http://a.b')).toMatchObject({
      id: 'openai:a.b/org/m',
      deterministic: false,
      writesPrompts: true,
      slots: 4,
      usesGpu: false,
    });
  });

  it('keeps the query of its base URL', async () => {
    const { server } = await served([answering('a')]);
    const other = openaiModel({ baseUrl: `${server.baseUrl}/?version=2`, model: 'm' });
    await other.complete(QUESTION, {});
    expect(server.requests[0]!.path).toBe('/v1/chat/completions?version=2');
  });

  it.each([
    ['', 'm', undefined, 'bad-request'],
    ['localhost:8080/v1', 'm', undefined, 'bad-request'],
    ['sk-3', 'm', undefined, 'bad-request'],
    ['ftp://a.b', 'm', undefined, 'bad-request'],
    ['http://user:hunter2@a.b', 'm', undefined, 'bad-request'],
    ['http://a.b', ' ', undefined, 'bad-request'],
    ['http://a.b', 'm', 'sk-1\nsk-2', 'refused-key'],
  ])('is refused for %j, %j, %j', async (baseUrl, name, key, problem) => {
    const made = Promise.resolve().then(() =>
      openaiModel({ baseUrl, model: name, ...(key !== undefined && { key }) }),
    );
    const failure = await failureOf(made);
    expect(failure).toMatchObject({ problem, lasting: true });
    expect(failure.message).not.toMatch(/sk-|hunter2/);
  });

  it('answers nothing once unloaded', async () => {
    const { model: loaded, failure, server } = await served([hanging(wire(delta('A')))]);
    const under = failure();
    while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await loaded.unload();
    expect((await under).problem).toBe('not-loaded');
    expect((await failure()).problem).toBe('not-loaded');
    expect((await failureOf(loaded.embed!(['a']))).problem).toBe('not-loaded');
    expect(server.requests).toHaveLength(1);
  });
});

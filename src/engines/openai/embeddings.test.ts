import { describe, expect, it } from 'vitest';
import { failureOf, served } from '../testing/openai-models';
import { fakeServer, replying, sending, type Responder } from '../testing/openai-server';
import { listModels } from '.';

/** The embedding of a text: its length, and 1; sent last first. */
const lengths: Responder = (response, request) => {
  const input = request.body!['input'] as string[];
  const data = input.map((text, index) => ({ index, embedding: [text.length, 1] })).reverse();
  return replying(200, { data })(response, request);
};

describe('embeddings', () => {
  it('come in the order of the texts, a few dozen a request', async () => {
    const { model, server } = await served([lengths], { key: 'sk-1' });
    const texts = Array.from({ length: 40 }, (_, i) => 'x'.repeat(i));
    const vectors = await model.embed!(texts);
    // The empty text is sent as a space, which servers do not refuse.
    expect(vectors.map(([length]) => length)).toEqual([1, ...texts.keys()].toSpliced(1, 1));
    expect(vectors[3]).toEqual(Float32Array.of(3, 1));
    expect(server.requests.map(({ body }) => (body!['input'] as string[]).length)).toEqual([32, 8]);
    expect(server.requests[0]).toMatchObject({
      path: '/v1/embeddings',
      headers: { authorization: 'Bearer sk-1' },
      body: { model: 'm', encoding_format: 'float' },
    });
    expect(await model.embed!([])).toEqual([]);
  });

  it('are asked for again while the server is busy', async () => {
    const { model, waits } = await served([replying(503, {}), lengths]);
    expect(await model.embed!(['ab'])).toEqual([Float32Array.of(2, 1)]);
    expect(waits).toEqual([500]);
  });

  it.each([
    ['too few', { data: [{ embedding: [1] }] }],
    ['unequal ones', { data: [{ embedding: [1] }, { embedding: [1, 2] }] }],
    ['empty ones', { data: [{ embedding: [] }, { embedding: [] }] }],
    [
      'the same twice',
      {
        data: [
          { index: 0, embedding: [1] },
          { index: 0, embedding: [2] },
        ],
      },
    ],
    [
      'far indices',
      {
        data: [
          { index: 0, embedding: [1] },
          { index: 9, embedding: [2] },
        ],
      },
    ],
    ['no numbers', { data: [{ embedding: ['1'] }, { embedding: [null] }] }],
    ['something else', { vectors: [] }],
    ['nothing', 'null'],
  ])('are refused as a server sends %s', async (_, body) => {
    const { model } = await served([replying(200, body)]);
    expect(await failureOf(model.embed!(['a', 'b']))).toMatchObject({ problem: 'server-error' });
  });

  it('are no web page', async () => {
    const { model } = await served([replying(200, '<p>')]);
    expect((await failureOf(model.embed!(['a']))).problem).toBe('html');
  });

  it('end at once when aborted', async () => {
    const { model, server } = await served([() => undefined]);
    const abort = new AbortController();
    const call = model.embed!(['a'], abort.signal);
    setTimeout(() => abort.abort('enough'), 30);
    await expect(call).rejects.toBe('enough');
    expect(server.requests.length).toBeLessThanOrEqual(1);
  });
});

describe('the models of a server', () => {
  it('are listed in its order', async () => {
    const { baseUrl, requests } = await fakeServer(
      replying(200, { object: 'list', data: [{ id: 'b' }, { id: 'a' }, {}, null] }),
    );
    expect(await listModels(baseUrl, 'sk-1')).toEqual(['b', 'a']);
    expect(requests[0]).toMatchObject({
      path: '/v1/models',
      headers: { authorization: 'Bearer sk-1' },
      body: undefined,
    });
  });

  it.each([
    ['a refusal', replying(401, {}), 'refused-key'],
    ['a busy server', replying(503, {}), 'server-error'],
    ['a web page', sending('<html>'), 'html'],
    ['something else', replying(200, { models: [] }), 'server-error'],
  ])('are not listed by %s, which is told at once', async (_, responder, problem) => {
    const { baseUrl, requests } = await fakeServer(responder);
    expect((await failureOf(listModels(baseUrl))).problem).toBe(problem);
    expect(requests).toHaveLength(1);
  });

  it('need an address, and time', async () => {
    await expect(listModels('')).rejects.toMatchObject({ problem: 'bad-request' });
    const { baseUrl } = await fakeServer(() => undefined);
    const call = listModels(baseUrl, undefined, AbortSignal.timeout(30));
    await expect(call).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});

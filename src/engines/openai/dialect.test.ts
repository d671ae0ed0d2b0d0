import { describe, expect, it } from 'vitest';
import { failureOf, served } from '../testing/openai-models';
import { answering, replying, type Responder } from '../testing/openai-server';

const SCHEMA = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] };
const OTHER = { type: 'object', properties: { b: { type: 'string' } }, required: ['b'] };
const ANSWER = answering('{"a": "x"}');

/** Refuses some calls, by what is in them. */
const refusing =
  (refuses: (body: Record<string, unknown>) => string | undefined, answer = ANSWER): Responder =>
  (response, request) => {
    const message = refuses(request.body!);
    const responder = message === undefined ? answer : replying(400, { error: { message } });
    return responder(response, request);
  };

const formatOf = (body: Record<string, unknown> | undefined): unknown =>
  (body?.['response_format'] as { type: string } | undefined)?.type;

describe('an answer in JSON', () => {
  it('is held to the schema where the server can, and checked', async () => {
    const { ask, server, failure } = await served([
      answering('```json\n{"a": "x"}\n```'),
      answering('{"b": 1}'),
      answering('{"a": "x', 'length'),
    ]);
    expect((await ask({ json: SCHEMA })).text).toBe('{"a":"x"}');
    expect(server.requests[0]!.body).toMatchObject({
      messages: [{ content: 'Who?' }],
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'answer', strict: true, schema: SCHEMA },
      },
    });
    expect(await failure({ json: SCHEMA })).toMatchObject({ problem: 'not-json', lasting: false });
    expect((await failure({ json: SCHEMA })).advice).toContain('more tokens');
  });

  it('is asked for by weaker means where the server refuses, which is remembered', async () => {
    const { ask, server } = await served([
      refusing((body) => (formatOf(body) === 'json_schema' ? 'no schemas' : undefined)),
    ]);
    expect((await ask({ json: SCHEMA })).text).toBe('{"a":"x"}');
    await ask({ json: SCHEMA });
    await ask();
    expect(server.requests.map(({ body }) => formatOf(body))).toEqual([
      'json_schema',
      'json_object',
      'json_object',
      undefined,
    ]);
    const [message] = server.requests[1]!.body!['messages'] as { content: string }[];
    expect(message!.content).toBe(
      `Who?\n\nAnswer with JSON alone, as this JSON Schema allows: ${JSON.stringify(SCHEMA)}`,
    );
  });

  it('is asked for in words alone as a last resort', async () => {
    const { ask, server } = await served([
      refusing((body) => (formatOf(body) ? 'response_format?' : undefined)),
    ]);
    await ask({ json: SCHEMA });
    await ask({ json: SCHEMA });
    const formats = server.requests.map(({ body }) => formatOf(body));
    expect(formats).toEqual(['json_schema', 'json_object', undefined, undefined]);
    expect(JSON.stringify(server.requests[2]!.body!['messages'])).toContain('JSON Schema');
  });

  it('is refused by schema: another one may be to the taste of the server', async () => {
    const { model, server } = await served([
      refusing((body) =>
        JSON.stringify(body['response_format'] ?? '').includes('"a"') ? 'a?' : undefined,
      ),
    ]);
    const ask = (json: typeof SCHEMA | typeof OTHER) =>
      model.complete([{ role: 'assistant', content: 'Hi' }], { json });
    await ask(SCHEMA);
    await failureOf(ask(OTHER));
    expect(formatOf(server.requests.at(-1)!.body)).toBe('json_schema');
    // No message of a user to put the schema into.
    expect((server.requests[1]!.body!['messages'] as unknown[]).length).toBe(2);
  });

  it('learns nothing from a refusal that has another reason', async () => {
    let broken = true;
    const { ask, failure, server } = await served([
      refusing(() => (broken ? 'top_p?' : undefined)),
    ]);
    expect(await failure({ json: SCHEMA })).toMatchObject({ problem: 'bad-request' });
    broken = false;
    await ask({ json: SCHEMA });
    expect(formatOf(server.requests.at(-1)!.body)).toBe('json_schema');
  });

  it('is not asked for again when the prompt is too long', async () => {
    const { failure, server } = await served([refusing(() => 'maximum context length is 5')]);
    expect(await failure({ json: SCHEMA })).toMatchObject({ problem: 'too-long' });
    expect(server.requests).toHaveLength(1);
  });
});

describe('a server of another version', () => {
  it('is asked for a limit of tokens under its newer name', async () => {
    const { ask, server } = await served([
      refusing((body) =>
        'max_tokens' in body ? "Use 'max_completion_tokens' instead" : undefined,
      ),
    ]);
    await ask({ maxTokens: 5 });
    await ask({ maxTokens: 6 });
    expect(server.requests.map(({ body }) => body!['max_completion_tokens'])).toEqual([
      undefined,
      5,
      6,
    ]);
  });

  it('is not asked to count tokens where it knows no such option', async () => {
    const { ask, server } = await served([
      refusing((body) => ('stream_options' in body ? 'stream_options: extra field' : undefined)),
    ]);
    await ask();
    await ask();
    expect(server.requests).toHaveLength(3);
    expect(server.requests[2]!.body).not.toHaveProperty('stream_options');
  });

  it('is told no more often than it can refuse', async () => {
    const all = 'max_completion_tokens stream_options response_format';
    const { failure, server } = await served([replying(400, { error: { message: all } })]);
    expect(await failure({ json: SCHEMA, maxTokens: 3 })).toMatchObject({ problem: 'bad-request' });
    expect(server.requests).toHaveLength(5);
  });
});

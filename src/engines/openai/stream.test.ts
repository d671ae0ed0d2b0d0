import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openaiModel } from '.';
import { failureOf, QUESTION, served } from '../testing/openai-models';
import { delta, dropping, replying, sending, USAGE_EVENT, wire } from '../testing/openai-server';

/** A model whose answer comes in these chunks, without a network. */
function chunked(chunks: readonly Uint8Array[]) {
  const fetch = async (): Promise<Response> =>
    new Response(
      new ReadableStream({
        start(controller) {
          for (const chunk of chunks) controller.enqueue(chunk);
          controller.close();
        },
      }),
      { headers: { 'content-type': 'text/event-stream' } },
    );
  return openaiModel({ baseUrl: 'http://a.b/v1', model: 'm', fetch });
}

describe('a stream', () => {
  it('says the same however it is cut into chunks', async () => {
    const letter = fc.constantFrom('a', 'é', '语', '🦊', '\n', '"', '<', '>', 'think', '/', ' ');
    const answer = fc
      .array(letter, { minLength: 1, maxLength: 8 })
      .map((all) => `x${all.join('')}`)
      // What ends thoughts is no part of an answer; `answer-text.test.ts` has that.
      .filter((text) => !text.includes('</think>'));
    await fc.assert(
      fc.asyncProperty(
        answer,
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.array(fc.nat(), { maxLength: 30 }),
        async (text, newline, cuts) => {
          const events = wire(...[...text].map((c) => delta(c)), delta('', 'stop'), USAGE_EVENT);
          const lines = `: comment\n\n${events}data: [DONE]\n\n`.replaceAll('\n', newline);
          const bytes = new TextEncoder().encode(lines);
          const places = [...new Set(cuts.map((cut) => cut % bytes.length))].sort((a, b) => a - b);
          const chunks = [0, ...places].map((from, i) => bytes.subarray(from, places[i]));
          const pieces: string[] = [];
          const reply = await chunked(chunks).complete(QUESTION, {}, undefined, (piece) =>
            pieces.push(piece),
          );
          expect(reply).toMatchObject({ text, usage: { promptTokens: 7, completionTokens: 3 } });
          expect(pieces.join('')).toBe(text);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is read across a real connection that cuts characters and events', async () => {
    const bytes = new TextEncoder().encode(wire(delta('语🦊', 'stop'), '[DONE]'));
    const parts = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, i) =>
      bytes.subarray(7 * i, 7 * i + 7),
    );
    const { ask } = await served([sending(...parts)]);
    expect((await ask()).text).toBe('语🦊');
  });

  it('may lack its last empty line', async () => {
    const { ask } = await served([sending(wire(delta('A', 'stop')).trimEnd())]);
    expect((await ask()).text).toBe('A');
  });

  it('is a failure when it ends without an end, told or not', async () => {
    const half = wire(delta('Ad'));
    const { failure, server } = await served([sending(half)]);
    expect(await failure()).toMatchObject({ problem: 'network', lasting: false });
    expect(server.requests).toHaveLength(1);
    const silent = await served([sending(wire({ choices: [{ delta: { role: 'assistant' } }] }))]);
    expect(await silent.failure()).toMatchObject({ problem: 'network', lasting: true });
    expect(silent.server.requests).toHaveLength(5);
  });

  it('is a failure when the connection breaks after the first token, and is not tried again', async () => {
    const { failure, server } = await served([dropping(wire(delta('Ad')))]);
    expect(await failure()).toMatchObject({ problem: 'network', lasting: false });
    expect(server.requests).toHaveLength(1);
  });

  it('is tried again when it breaks before the first token', async () => {
    const opening = wire(delta(''), delta('', null, { reasoning_content: 'Hm' }));
    const { ask, server, waits } = await served([
      dropping(opening),
      sending(opening),
      sending(wire(delta('A', 'stop'))),
    ]);
    expect((await ask()).text).toBe('A');
    expect(server.requests).toHaveLength(3);
    expect(waits).toEqual([500, 1000]);
  });

  it('loses nothing when it breaks after the end of the answer', async () => {
    const { ask, server } = await served([dropping(wire(delta('A', 'stop')))]);
    expect((await ask()).text).toBe('A');
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['OpenAI', wire({ error: { message: 'Overloaded', code: 'server_error' } })],
    ['vLLM', wire({ object: 'error', message: 'Overloaded', code: 503 })],
    ['llama.cpp', 'error: {"message": "Overloaded", "code": 500}\n\n'],
    ['an event', 'event: error\ndata: Overloaded\n\n'],
  ])('may hold an error, as %s writes it', async (_, error) => {
    const { failure, server } = await served([sending(wire(delta('A')), error)]);
    const said = await failure();
    expect(said).toMatchObject({ problem: 'server-error', lasting: false });
    expect(said.message).toContain('Overloaded');
    expect(server.requests).toHaveLength(1);
    const early = await served([sending(error), sending(wire(delta('A', 'stop')))]);
    expect((await early.ask()).text).toBe('A');
  });

  it('may hold an error that says the context is full', async () => {
    const error = { message: 'the request exceeds the available context size', code: 400 };
    const { failure } = await served([sending(wire({ error }))]);
    expect(await failure()).toMatchObject({ problem: 'too-long', lasting: false });
  });

  it('may hold no JSON, or shapes nobody expects', async () => {
    const { failure } = await served([sending(wire('{"choices": [{'))]);
    expect(await failure()).toMatchObject({ problem: 'server-error', lasting: false });
    const odd = [
      'null',
      '[]',
      '3',
      '{"choices": {}}',
      '{"choices": [null]}',
      '{"choices": [{"delta": 4}]}',
    ];
    const { ask } = await served([sending(wire(...odd, delta('A', 'stop')))]);
    expect((await ask()).text).toBe('A');
  });

  it.each([
    ['with its type', replying(200, '<!doctype html><p>Hi')],
    ['without one', sending('\n<html>')],
  ])('may be a web page %s', async (_, responder) => {
    const { failure } = await served([responder]);
    expect(await failure()).toMatchObject({ problem: 'html', lasting: true });
  });

  it('advises /v1 where the base URL lacks it', async () => {
    const { server, model } = await served([replying(200, '<p>')]);
    const bare = openaiModel({ baseUrl: `http://127.0.0.1:${server.port}`, model: 'm' });
    expect((await failureOf(bare.complete(QUESTION, {}))).advice).toContain('/v1');
    expect((await failureOf(model.complete(QUESTION, {}))).advice).not.toContain('/v1');
  });

  it('may be one JSON text without saying so', async () => {
    const whole = { choices: [{ message: { content: 'Ada' }, finish_reason: 'stop' }] };
    const { ask, failure } = await served(
      [sending(JSON.stringify(whole)), replying(200, { id: 'sk-1' }), sending(wire('"sk-1'))],
      { key: 'sk-1' },
    );
    expect((await ask()).text).toBe('Ada');
    for (let n = 0; n < 2; n++) {
      const { problem, message } = await failure();
      expect(problem).toBe('server-error');
      expect(message).not.toContain('sk-1');
    }
  });
});

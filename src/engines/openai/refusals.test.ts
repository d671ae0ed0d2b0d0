import { describe, expect, it } from 'vitest';
import type { ModelError } from '../../core/system/chat-model';
import { refusalOf } from './refusals';
import { PassingFailure } from './retry';
import { serverAddress } from './server-address';

const SERVER = serverAddress('http://a.b/v1');

function refusal(status: number, body: unknown, key?: string): ModelError {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const refused = refusalOf(SERVER, { status, text }, key);
  return refused instanceof PassingFailure ? refused.failure : refused;
}

const error = (message: string) => ({ error: { message } });

describe('a refusal', () => {
  it.each([
    [401, {}, 'refused-key', true],
    [403, '<h1>Forbidden</h1>', 'refused-key', true],
    [402, error('Pay'), 'rate-limited', true],
    [404, error('model "x" not found'), 'not-found', true],
    [404, '<h1>Not found</h1>', 'html', true],
    [405, {}, 'not-found', true],
    [413, {}, 'too-long', false],
    [400, error('bad temperature'), 'bad-request', false],
    [422, { detail: [{ msg: 'extra fields' }] }, 'bad-request', false],
    [500, error('failed to parse grammar'), 'bad-request', false],
    [501, error('no --embeddings'), 'unsupported', true],
    [500, error('out of memory'), 'server-error', true],
    [503, '<h1>Unavailable</h1>', 'server-error', true],
    [304, '', 'server-error', true],
    [429, error('slow'), 'rate-limited', true],
  ] as const)('of status %i and %j is %s', (status, body, problem, lasting) => {
    expect(refusal(status, body)).toMatchObject({ problem, lasting });
  });

  it.each([
    [400, 'the request exceeds the available context size. try increasing the context size'],
    [500, 'the request exceeds the available context size, try increasing it'],
    [400, 'request (5000 tokens) exceeds the available context size (4096 tokens)'],
    [500, 'input is too large to process. increase the physical batch size'],
    [400, "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens"],
    [400, 'The decoder prompt (length 9000) is longer than the maximum model length of 4096.'],
    [400, 'Trying to keep the first 900 tokens when context the overflows; context length of 512'],
    [422, '`inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000'],
    [400, 'prompt is too long: 200001 tokens > 200000 maximum'],
    [400, 'The input token count (9) exceeds the maximum number of tokens allowed (8)'],
    [400, 'Prompt contains 40000 tokens, too large for model with 32768 maximum context length'],
  ])('of status %i says that the context is full: %s', (status, message) => {
    expect(refusal(status, error(message))).toMatchObject({ problem: 'too-long', lasting: false });
  });

  it('says so by its code as well', () => {
    const code = { error: { message: 'No.', code: 'context_length_exceeded' } };
    const type = { error: { message: 'No.', type: 'exceed_context_size_error', code: 400 } };
    expect(refusal(400, code).problem).toBe('too-long');
    expect(refusal(400, type).problem).toBe('too-long');
  });

  it.each([
    [error('No!'), 'No!'],
    [{ error: 'No!' }, 'No!'],
    [{ message: 'No!' }, 'No!'],
    [{ detail: 'No!' }, 'No!'],
    ['No!', 'No!'],
    ['null', 'null'],
    ['', undefined],
  ])('quotes what %j says', (body, words) => {
    const said = words === undefined ? '' : `: ${words}`;
    expect(refusal(400, body).message).toBe(`The server at a.b refused the call (400)${said}.`);
  });

  it('quotes one line of it, without the key', () => {
    const words = `Key sk-1 is\n\twrong\u202e, sk-1! ${'x'.repeat(1000)}`;
    const { message, cause } = refusal(401, error(words), 'sk-1');
    expect(message).toMatch(
      /^The server at a\.b refused the key \(401\): Key … is wrong , …! x+….$/,
    );
    expect(message.length).toBeLessThan(260);
    expect(String(cause)).not.toContain('sk-1');
  });

  it('asks for a key where there was none', () => {
    expect(refusal(401, {}).message).toContain('without a key');
    expect(refusal(401, {}).advice).toContain('Give the key');
  });
});

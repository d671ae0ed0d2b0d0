import { describe, expect, it } from 'vitest';
import { ModelError } from '../../core/system/chat-model';
import { served } from '../testing/openai-models';
import { answering, dropping, replying } from '../testing/openai-server';
import { PassingFailure, retried, RETRY_RULES, retryAfterOf } from './retry';

const FAILURE = new ModelError('server-error', 'It failed.', 'Wait.', true);

/** Waits between tries that all fail. */
async function waits(random: number, retryAfter?: number, tries = 5): Promise<number[]> {
  const waited: number[] = [];
  const rules = {
    ...RETRY_RULES,
    tries,
    random: () => random,
    wait: async (milliseconds: number) => void waited.push(milliseconds),
  };
  const attempt = () => Promise.reject(new PassingFailure(FAILURE, retryAfter));
  await expect(retried(attempt, rules, undefined)).rejects.toBe(FAILURE);
  return waited;
}

describe('the waits between tries', () => {
  it('double, and spread over the upper half of each', async () => {
    expect(await waits(0)).toEqual([500, 1000, 2000, 4000]);
    expect(await waits(1)).toEqual([1000, 2000, 4000, 8000]);
    expect((await waits(1, undefined, 8)).slice(4)).toEqual([16_000, 30_000, 30_000]);
  });

  it('are as long as the server asks, within the limit', async () => {
    expect(await waits(0, 3000)).toEqual([3000, 3000, 3000, 4000]);
    expect(await waits(1, 3000)).toEqual([3500, 4000, 5000, 8000]);
    expect(await waits(0, 3_600_000)).toEqual([30_000, 30_000, 30_000, 30_000]);
  });

  it('end at once when aborted', async () => {
    const abort = new AbortController();
    const call = retried(
      () => Promise.reject(new PassingFailure(FAILURE)),
      RETRY_RULES,
      abort.signal,
    );
    setTimeout(() => abort.abort('enough'), 10);
    await expect(call).rejects.toBe('enough');
  });
});

describe('Retry-After', () => {
  it.each([
    ['3', 3000],
    ['0.5', 500],
    ['Thu, 01 Jan 1970 00:00:12 GMT', 2000],
    ['Thu, 01 Jan 1970 00:00:01 GMT', 0],
    ['soon', undefined],
    ['-3', undefined],
    ['', undefined],
  ])('%j is %j', (value, milliseconds) => {
    expect(retryAfterOf(new Headers({ 'retry-after': value }), 10_000)).toBe(milliseconds);
  });
});

describe('a call', () => {
  const busy = replying(429, { error: { message: 'Slow down' } }, { 'retry-after': '7' });

  it('is tried again while the server is busy, failing or gone', async () => {
    const {
      ask,
      server,
      waits: waited,
    } = await served([
      busy,
      replying(503, { error: { message: 'Loading model', code: 503 } }),
      replying(502, '<h1>Bad gateway</h1>'),
      dropping(),
      answering('A'),
    ]);
    expect((await ask()).text).toBe('A');
    expect(server.requests).toHaveLength(5);
    expect(waited).toEqual([7000, 1000, 2000, 4000]);
  });

  it('is given up after five tries, with what the server said', async () => {
    const { failure, server } = await served([busy]);
    const { problem, message, lasting } = await failure();
    expect([problem, lasting, server.requests.length]).toEqual(['rate-limited', true, 5]);
    expect(message).toMatch(
      /^The server at 127\.0\.0\.1:\d+ is asked too often \(429\): Slow down\.$/,
    );
    const failing = await served([replying(500, {})]);
    expect(await failing.failure()).toMatchObject({ problem: 'server-error', lasting: true });
    expect(failing.server.requests).toHaveLength(5);
  });

  it('is tried again when the first connection breaks, and given up as unreachable', async () => {
    const { failure, server } = await served([dropping()]);
    expect(await failure()).toMatchObject({ problem: 'network', lasting: true });
    expect(server.requests).toHaveLength(5);
  });

  it.each([400, 401, 404, 501])('is not tried again after status %i', async (status) => {
    const { failure, server } = await served([replying(status, {})]);
    await failure();
    expect(server.requests).toHaveLength(1);
  });

  it('is not tried again where nothing but money helps', async () => {
    const { failure, server } = await served([
      replying(429, { error: { message: 'Over.', code: 'insufficient_quota' } }),
    ]);
    expect(await failure()).toMatchObject({ problem: 'rate-limited', lasting: true });
    expect(server.requests).toHaveLength(1);
  });
});

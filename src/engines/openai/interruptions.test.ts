import { describe, expect, it } from 'vitest';
import { served } from '../testing/openai-models';
import {
  answering,
  delta,
  hanging,
  replying,
  wire,
  type FakeServer,
} from '../testing/openai-server';
import { RETRY_RULES } from './retry';

const until = async (holds: () => boolean): Promise<void> => {
  const start = performance.now();
  while (!holds()) {
    if (performance.now() - start > 5000) throw new Error('it never came to that');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
};

const asked = (server: FakeServer, n: number) => until(() => server.requests.length >= n);

describe('an abort', () => {
  it.each([
    ['before a response', () => undefined],
    ['before the first token', hanging()],
    ['within the answer', hanging(wire(delta('A')))],
  ])('ends a call %s, and the server hears of it', async (_, responder) => {
    const { ask, server } = await served([responder]);
    const abort = new AbortController();
    const call = ask({}, abort.signal);
    await asked(server, 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    abort.abort('enough');
    await expect(call).rejects.toBe('enough');
    await until(() => server.requests[0]!.gone);
  });

  it('sends nothing when it came before', async () => {
    const { ask, server } = await served([answering('a')]);
    await expect(ask({}, AbortSignal.abort('no'))).rejects.toBe('no');
    expect(server.requests).toHaveLength(0);
  });

  it('ends a call that waits to try again', async () => {
    const retry = { ...RETRY_RULES, firstMilliseconds: 60_000, longestMilliseconds: 60_000 };
    const { ask, server } = await served([replying(503, {})], { retry });
    const abort = new AbortController();
    const call = ask({}, abort.signal);
    await asked(server, 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    abort.abort(new Error('enough'));
    await expect(call).rejects.toThrow('enough');
    expect(server.requests).toHaveLength(1);
  });

  it('takes a waiting call out of the queue', async () => {
    const { ask, server } = await served([hanging(), answering('b')], { slots: 1 });
    const [first, second] = [new AbortController(), new AbortController()];
    const calls = [ask({}, first.signal), ask({}, second.signal), ask()];
    await asked(server, 1);
    second.abort('second');
    await expect(calls[1]).rejects.toBe('second');
    first.abort('first');
    await expect(calls[0]).rejects.toBe('first');
    expect((await calls[2]!).text).toBe('b');
    expect(server.requests).toHaveLength(2);
  });
});

describe('a server that says nothing', () => {
  it.each([
    ['before a response', () => undefined],
    ['within the answer', hanging(wire(delta('A')))],
  ])('has hung, %s', async (_, responder) => {
    const { failure, server } = await served([responder], { stallMilliseconds: 60 });
    expect(await failure()).toMatchObject({ problem: 'hung', lasting: false });
    await until(() => server.requests[0]!.gone);
    expect(server.requests).toHaveLength(1);
  });

  it('has not hung while anything comes, however long the answer takes', async () => {
    const { ask } = await served(
      [
        async (response) => {
          response.writeHead(200, { 'content-type': 'text/event-stream' });
          for (const part of [
            ': wait\n\n',
            ': wait\n\n',
            wire(delta('A')),
            wire(delta('', 'stop')),
          ]) {
            response.write(part);
            await new Promise((resolve) => setTimeout(resolve, 150));
          }
          response.end();
        },
      ],
      { stallMilliseconds: 400 },
    );
    expect((await ask()).text).toBe('A');
  });
});

describe('a connection', () => {
  it('is not left open when its answer is given up', async () => {
    const { failure, server } = await served([hanging(wire(delta('A'), { error: 'broken' }))]);
    expect((await failure()).message).toContain('broken');
    await until(() => server.requests[0]!.gone);
  });

  it('is used again once an answer is whole', async () => {
    const ports = new Set<number | undefined>();
    const { ask } = await served([
      (response, request) => {
        ports.add(response.socket?.remotePort);
        return answering('a')(response, request);
      },
    ]);
    for (let n = 0; n < 8; n++) await ask();
    expect(ports.size).toBeLessThan(4);
  });
});

describe('the slots', () => {
  it('are how many calls a server has at once', async () => {
    let now = 0;
    let most = 0;
    const { model, ask } = await served(
      [
        async (response, request) => {
          most = Math.max(most, ++now);
          await new Promise((resolve) => setTimeout(resolve, 20));
          now--;
          await answering('a')(response, request);
        },
      ],
      { slots: 2 },
    );
    await Promise.all([ask(), ask(), ask(), ask(), ask()]);
    expect([most, model.slots]).toEqual([2, 2]);
  });
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { failureOf, QUESTION, served } from '../testing/openai-models';
import { answering, fakeServer } from '../testing/openai-server';
import { openaiModel } from '.';

/** A call from a page with this origin that gets no response; undefined for Node. */
async function blocked(baseUrl: string, origin: string | undefined, more: object = {}) {
  let calls = 0;
  const fetch = async (): Promise<Response> => {
    calls += 1;
    throw Object.assign(new TypeError('Failed to fetch'), more);
  };
  const model = openaiModel({ baseUrl, model: 'm', key: 'sk-1', origin, fetch });
  const failure = await failureOf(model.complete(QUESTION, {}));
  expect(JSON.stringify([failure.message, failure.advice])).not.toContain('sk-1');
  return { failure, calls };
}

describe('a server that gives no response', () => {
  it('is not there, or does not allow the page: a browser says neither', async () => {
    const { failure, calls } = await blocked('http://localhost:11434/v1', 'https://page.io');
    expect(failure).toMatchObject({ problem: 'cors', lasting: true });
    expect(failure.message).toMatch(/no server runs there, or .* pages from https:\/\/page\.io/);
    for (const way of ['OLLAMA_ORIGINS=https://page.io', '--allowed-origins', 'llama.cpp']) {
      expect(failure.advice).toContain(way);
    }
    expect(calls).toBe(1);
  });

  it('must allow all pages for one from a file', async () => {
    const { failure } = await blocked('http://localhost:1', 'null');
    expect(failure.advice).toContain('OLLAMA_ORIGINS=*');
  });

  it('may not be asked without encryption from an encrypted page, but for this machine', async () => {
    const message = async (baseUrl: string) =>
      (await blocked(baseUrl, 'https://page.io')).failure.message;
    expect(await message('http://192.168.0.5:8080')).toMatch(/came over https/);
    for (const local of ['localhost', '127.0.0.1', '[::1]', 'a.localhost']) {
      expect(await message(`http://${local}:8080`)).not.toMatch(/came over https/);
    }
    expect(await message('https://192.168.0.5:8080')).not.toMatch(/came over https/);
  });

  it('is only not there where the page comes from it, or where this is Node', async () => {
    for (const origin of ['http://a.b', undefined]) {
      const { failure } = await blocked('http://a.b/v1', origin);
      expect(failure).toMatchObject({ problem: 'network', lasting: true });
      expect(failure.message).toBe('The server at a.b cannot be reached.');
    }
  });

  it('is asked again where the connection was there and broke', async () => {
    const cause = { cause: { code: 'ECONNRESET' } };
    const retry = { wait: async () => undefined };
    let calls = 0;
    const fetch = async (): Promise<Response> => {
      calls += 1;
      throw Object.assign(new TypeError('fetch failed'), cause);
    };
    const model = openaiModel({ baseUrl: 'http://a.b', model: 'm', fetch, retry });
    const failure = await failureOf(model.complete(QUESTION, {}));
    expect([failure.message, calls]).toEqual([
      'The server at a.b cannot be reached (ECONNRESET).',
      5,
    ]);
  });

  it('is named with the reason that Node gives, at once', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const model = openaiModel({ baseUrl: `http://127.0.0.1:${port}/v1`, model: 'm' });
    const failure = await failureOf(model.complete(QUESTION, {}));
    expect(failure.message).toBe(
      `The server at 127.0.0.1:${port} cannot be reached (ECONNREFUSED).`,
    );
  });

  it('is asked again once it has answered: it restarts, and the page was allowed', async () => {
    const { baseUrl } = await fakeServer(answering('A'));
    let calls = 0;
    const fetch: typeof globalThis.fetch = (...call) => {
      calls += 1;
      if (calls === 2) return Promise.reject(new TypeError('Failed to fetch'));
      return globalThis.fetch(...call);
    };
    const { ask } = await served([], { baseUrl, fetch, origin: 'https://page.io' });
    await ask();
    expect((await ask()).text).toBe('A');
    expect(calls).toBe(3);
  });
});

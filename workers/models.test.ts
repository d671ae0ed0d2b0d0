/** A model from its worker to the run: host, port, remote model and supervision together. */
import { afterEach, describe, expect, it } from 'vitest';
import * as Comlink from 'comlink';
import { ModelError, type ChatAnswer } from '../src/core/system/chat-model';
import type { LoadedModel } from '../src/engines/loaded-model';
import { ModelHost, type Engine, type Engines } from './model-host';
import type { ModelFailure, ModelSource } from './model-protocol';
import { RemoteModel } from './remote-model';
import { selfTest } from './self-test';
import { SupervisedModel } from './supervised-model';

const SOURCE: ModelSource = { engine: 'prompt-api', model: 'built-in' };
const QUESTION = [{ role: 'user', content: 'Why?' }] as const;
const LOST = new ModelError('device-lost', 'The GPU was lost.', 'Load the model again.', true);

const answer = (text: string): ChatAnswer => ({
  text,
  finishReason: 'stop',
  usage: { promptTokens: 3, completionTokens: 2 },
});

function model(parts: Partial<LoadedModel> = {}): LoadedModel {
  return {
    id: 'fake:one',
    deterministic: true,
    slots: 2,
    usesGpu: false,
    complete: async () => answer('Because.'),
    unload: async () => undefined,
    ...parts,
  };
}

function hostOf(loaded: LoadedModel, parts: Partial<Engine> = {}): ModelHost {
  const engine = async (): Promise<Engine> => ({ load: async () => loaded, ...parts });
  const engines: Engines = { webllm: engine, wllama: engine, openai: engine, 'prompt-api': engine };
  return new ModelHost(engines, selfTest);
}

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

async function connected(host: ModelHost): Promise<RemoteModel> {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  Comlink.expose(host.calls(), port1);
  return RemoteModel.connect(port2);
}

async function loadedRemote(parts: Partial<LoadedModel> = {}): Promise<RemoteModel> {
  const host = hostOf(model(parts));
  expect(await host.load(SOURCE, () => undefined)).toMatchObject({ ok: true });
  return connected(host);
}

describe('a model behind a port', () => {
  it('is described, answers with its text, and tells how long the engine took', async () => {
    const remote = await loadedRemote({
      complete: async (messages, { seed }) => {
        await new Promise((resolve) => setTimeout(resolve, 12));
        return answer(`${messages[0]!.content} ${seed}`);
      },
    });
    expect(remote).toMatchObject({ id: 'fake:one', deterministic: true, slots: 2 });
    expect(await remote.complete(QUESTION, { seed: 7 })).toEqual(answer('Why? 7'));
    expect(remote.engineMilliseconds).toBeGreaterThan(8);
  });

  it('streams: the pieces joined are the text', async () => {
    const remote = await loadedRemote({
      complete: async (_, __, ___, onText) => {
        for (const piece of ['Be', 'cau', 'se.']) {
          onText?.(piece);
          await new Promise((resolve) => setTimeout(resolve, 60));
        }
        return answer('Because.');
      },
    });
    let heard = '';
    await remote.complete(QUESTION, {}, undefined, (piece) => (heard += piece));
    expect(heard).toBe('Because.');
  });

  it('keeps the kind, the words and the advice of an error', async () => {
    const remote = await loadedRemote({
      complete: async () => {
        throw new ModelError('too-long', 'Too long.', 'Shorten it.', false);
      },
    });
    await expect(remote.complete(QUESTION, {})).rejects.toMatchObject({
      name: 'ModelError',
      problem: 'too-long',
      message: 'Too long.',
      advice: 'Shorten it.',
      lasting: false,
    });
  });

  it('goes on at once after an abort, and the engine hears of it', async () => {
    let aborted = false;
    const remote = await loadedRemote({
      complete: (_, __, signal) =>
        new Promise((_resolve, reject) => {
          signal!.addEventListener('abort', () => {
            aborted = true;
            reject(signal!.reason as Error);
          });
        }),
    });
    const abort = new AbortController();
    const call = remote.complete(QUESTION, {}, abort.signal);
    setTimeout(() => abort.abort(new Error('stopped by hand')), 20);
    await expect(call).rejects.toThrow('stopped by hand');
    await expect.poll(() => aborted).toBe(true);
  });

  it('aborts only the call that was meant, on its own port', async () => {
    const waiting: string[] = [];
    const host = hostOf(
      model({
        complete: (messages, _, signal) =>
          new Promise((resolve, reject) => {
            const name = messages[0]!.content;
            waiting.push(name);
            signal!.addEventListener('abort', () => reject(signal!.reason as Error));
            if (name === 'second') setTimeout(() => resolve(answer('second')), 60);
          }),
      }),
    );
    await host.load(SOURCE, () => undefined);
    const [one, two] = [await connected(host), await connected(host)];
    const abort = new AbortController();
    // Both are job 1 of their port.
    const first = one.complete([{ role: 'user', content: 'first' }], {}, abort.signal);
    const second = two.complete([{ role: 'user', content: 'second' }], {});
    await expect.poll(() => waiting.length).toBe(2);
    abort.abort();
    await expect(first).rejects.toThrow();
    expect((await second).text).toBe('second');
  });

  it('fails open and later calls when it is lost', async () => {
    const remote = await loadedRemote({ complete: () => new Promise(() => undefined) });
    const call = remote.complete(QUESTION, {});
    const failure: ModelFailure = {
      problem: 'crashed',
      message: 'Gone.',
      advice: 'Reload.',
      lasting: true,
    };
    setTimeout(() => remote.lose(failure), 10);
    await expect(call).rejects.toMatchObject({ problem: 'crashed', message: 'Gone.' });
    await expect(remote.complete(QUESTION, {})).rejects.toThrow('Gone.');
  });

  it('says that nothing is loaded', async () => {
    await expect(connected(hostOf(model()))).rejects.toThrow('No model is loaded here.');
  });
});

describe('a model that is lost', () => {
  it.each([
    ['device-lost', true, 1],
    ['too-long', false, 0],
    ['refused-key', true, 0],
  ] as const)('is reported when a call ends with %s', async (problem, lasting, reports) => {
    const host = hostOf(
      model({
        complete: () => Promise.reject(new ModelError(problem, 'No.', 'Do this.', lasting)),
      }),
    );
    const lost: ModelFailure[] = [];
    host.watch((failure) => lost.push(failure));
    await host.load(SOURCE, () => undefined);
    await expect((await connected(host)).complete(QUESTION, {})).rejects.toThrow('No.');
    expect(lost.map((failure) => failure.problem)).toEqual(reports === 0 ? [] : [problem]);
  });
});

describe('loading', () => {
  it('can be cancelled, and is then no failure', async () => {
    const host = hostOf(model(), {
      load: (_, report, signal) =>
        new Promise((_resolve, reject) => {
          report({ phase: 'loading', share: 0.5 });
          signal.addEventListener('abort', () => reject(new Error('broken pipe')));
        }),
    });
    const shares: (number | undefined)[] = [];
    const load = host.load(SOURCE, ({ share }) => shares.push(share));
    await expect.poll(() => shares).toEqual([0.5]);
    await host.cancel();
    expect(await load).toEqual({ ok: false, aborted: true });
  });

  it('hands a failure on as a value', async () => {
    const host = hostOf(model(), { load: () => Promise.reject(LOST) });
    expect(await host.load(SOURCE, () => undefined)).toEqual({
      ok: false,
      failure: {
        problem: 'device-lost',
        message: 'The GPU was lost.',
        advice: 'Load the model again.',
        lasting: true,
      },
    });
  });

  it('puts bugs into words too', async () => {
    const host = hostOf(model(), { load: () => Promise.reject(new TypeError('x is undefined')) });
    const outcome = await host.load(SOURCE, () => undefined);
    expect(outcome).toMatchObject({ ok: false, failure: { problem: 'unknown', lasting: true } });
  });

  it('takes the place of the model before', async () => {
    let unloaded = 0;
    const host = hostOf(model({ unload: async () => void (unloaded += 1) }));
    await host.load(SOURCE, () => undefined);
    expect(unloaded).toBe(0);
    await host.load(SOURCE, () => undefined);
    expect(unloaded).toBe(1);
  });
});

describe('a self-test', () => {
  it('counts tokens and their pace without the wait for the first', async () => {
    const host = hostOf(
      model({
        complete: async (_, { maxTokens }, __, onText) => {
          await new Promise((resolve) => setTimeout(resolve, 80));
          for (let i = 0; i < maxTokens!; i++) {
            onText?.('one ');
            await new Promise((resolve) => setTimeout(resolve, 5));
          }
          return { ...answer('one '.repeat(8)), usage: { promptTokens: 9, completionTokens: 8 } };
        },
      }),
    );
    await host.load(SOURCE, () => undefined);
    const shares: number[] = [];
    const outcome = await host.selfTest((share) => shares.push(share));
    if (!outcome.ok) throw new Error('it should pass');
    const { tokens, tokensPerSecond, firstTokenMilliseconds, matrix } = outcome.value;
    expect(tokens).toBe(8);
    expect(matrix).toBeUndefined();
    expect(firstTokenMilliseconds).toBeGreaterThan(60);
    expect(tokensPerSecond).toBeGreaterThan(8 / 0.16);
    expect(shares.at(-1)).toBe(1);
  });

  it('fails where the model writes nothing, and where a GPU is needed and missing', async () => {
    const mute = model({
      complete: async () => ({ ...answer(''), usage: { promptTokens: 9, completionTokens: 0 } }),
    });
    const signal = new AbortController().signal;
    await expect(selfTest(mute, () => undefined, signal)).rejects.toThrow('wrote nothing');
    await expect(selfTest(model({ usesGpu: true }), () => undefined, signal)).rejects.toMatchObject(
      {
        problem: 'no-webgpu',
      },
    );
  });
});

describe('a supervised model', () => {
  it('says which model answered where another took its place', async () => {
    const supervised = new SupervisedModel(model({ id: 'big' }), () => undefined);
    expect(await supervised.complete(QUESTION, {})).toEqual(answer('Because.'));
    supervised.replace(model({ id: 'small', slots: 1 }));
    expect(await supervised.complete(QUESTION, {})).toEqual({
      ...answer('Because.'),
      model: 'small',
    });
    // The run is known by what it began with.
    expect(supervised).toMatchObject({ id: 'big', present: 'small', slots: 2 });
    const later = new SupervisedModel(
      model({ id: 'small' }),
      () => undefined,
      model({ id: 'big' }),
    );
    expect(later.id).toBe('big');
    expect((await later.complete(QUESTION, {})).model).toBe('small');
  });

  const failing = (times: number) => {
    let calls = 0;
    const broken = model({
      complete: async () => {
        if ((calls += 1) <= times) throw LOST;
        return answer('At last.');
      },
    });
    return broken;
  };

  it('waits for a new one where the old was lost, and asks it the same', async () => {
    const told: (string | undefined)[] = [];
    const supervised = new SupervisedModel(failing(Infinity), (failure) =>
      told.push(failure?.message),
    );
    const calls = [supervised.complete(QUESTION, {}), supervised.complete(QUESTION, { seed: 2 })];
    await expect.poll(() => told).toEqual(['The GPU was lost.']);
    const asked: unknown[] = [];
    supervised.replace(
      model({
        complete: async (_, parameters) => {
          asked.push(parameters);
          return answer('Again.');
        },
      }),
    );
    expect(await Promise.all(calls)).toEqual([answer('Again.'), answer('Again.')]);
    expect(asked).toEqual([{}, { seed: 2 }]);
    expect(told).toEqual(['The GPU was lost.', undefined]);
  });

  it('waits again where the new one is lost as well', async () => {
    const told: (string | undefined)[] = [];
    const supervised = new SupervisedModel(failing(1), (failure) => told.push(failure?.message));
    const call = supervised.complete(QUESTION, {});
    await expect.poll(() => told.length).toBe(1);
    supervised.replace(failing(1));
    await expect.poll(() => told.length).toBe(3);
    supervised.replace(failing(0));
    expect((await call).text).toBe('At last.');
  });

  it('ends its wait when the run is stopped', async () => {
    const supervised = new SupervisedModel(failing(Infinity), () => undefined);
    const abort = new AbortController();
    const call = supervised.complete(QUESTION, {}, abort.signal);
    setTimeout(() => abort.abort(new Error('stopped by hand')), 10);
    await expect(call).rejects.toThrow('stopped by hand');
  });

  it('lets a call that failed on its own fail', async () => {
    const long = model({
      complete: async () => {
        throw new ModelError('too-long', 'Too long.', 'Shorten it.', false);
      },
    });
    const told: unknown[] = [];
    const supervised = new SupervisedModel(long, (failure) => told.push(failure));
    await expect(supervised.complete(QUESTION, {})).rejects.toThrow('Too long.');
    expect(told).toEqual([]);
  });
});

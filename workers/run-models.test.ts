/** Several models of one run, each lost and found by itself. */
import { afterEach, describe, expect, it } from 'vitest';
import * as Comlink from 'comlink';
import type { LoadedModel } from '../src/engines/loaded-model';
import { ModelHost, type Engine, type Engines } from './model-host';
import type { ModelDescription, ModelFailure } from './model-protocol';
import { RunModels } from './run-models';
import type { RunListener } from './run-protocol';
import { selfTest } from './self-test';

const QUESTION = [{ role: 'user', content: 'Why?' }] as const;
const GONE: ModelFailure = {
  problem: 'crashed',
  message: 'Gone.',
  advice: 'Reload.',
  lasting: true,
};

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

/** A port of a worker with this model, which answers with its own id. */
async function portOf(id: string): Promise<MessagePort> {
  const loaded: LoadedModel = {
    id,
    deterministic: true,
    slots: 1,
    usesGpu: false,
    complete: async () => ({
      text: id,
      finishReason: 'stop',
      usage: { promptTokens: 1, completionTokens: 1 },
    }),
    unload: async () => undefined,
  };
  const engine = async (): Promise<Engine> => ({ load: async () => loaded });
  const engines: Engines = { webllm: engine, wllama: engine, openai: engine, 'prompt-api': engine };
  const host = new ModelHost(engines, selfTest);
  await host.load({ engine: 'prompt-api', model: 'built-in' }, () => undefined);
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  Comlink.expose(host.calls(), port1);
  return port2;
}

function withListener() {
  const stalls: [string, string | undefined][] = [];
  const listener = {
    stalled: (key: string, failure: ModelFailure | undefined) =>
      void stalls.push([key, failure?.message]),
    writing: () => undefined,
  } as unknown as RunListener;
  return {
    models: new RunModels(
      () => listener,
      () => undefined,
    ),
    stalls,
  };
}

async function described(models: RunModels, key: string, id: string): Promise<ModelDescription> {
  const outcome = await models.set(await portOf(id), key);
  if (!outcome.ok) throw new Error('it should connect');
  return outcome.value;
}

/** A run on two models that are loaded. */
async function ofTwo() {
  const { models, stalls } = withListener();
  const run = models.forRun([
    { key: 'b', name: 'Big', description: await described(models, 'b', 'big') },
    { key: 's', name: 'Small', description: await described(models, 's', 'small') },
  ]);
  return { models, stalls, run };
}

describe('the models of a run', () => {
  it('are asked by name, and one that is lost holds up its own calls only', async () => {
    const { models, stalls, run } = await ofTwo();
    expect(run.map(({ name }) => name)).toEqual(['Big', 'Small']);
    const ask = async (i: number) => (await run[i]!.model.complete(QUESTION, {})).text;
    expect([await ask(0), await ask(1)]).toEqual(['big', 'small']);

    models.lose('s', GONE);
    const waiting = ask(1);
    await expect.poll(() => stalls).toEqual([['s', 'Gone.']]);
    expect(await ask(0)).toBe('big');
    await described(models, 's', 'small');
    expect(await waiting).toBe('small');
    expect(stalls.at(-1)).toEqual(['s', undefined]);
  });

  it('are replaced one by one, and known by what the run began with', async () => {
    const { models, stalls, run } = await ofTwo();
    models.lose('b', GONE);
    const waiting = run[0]!.model.complete(QUESTION, {});
    await expect.poll(() => stalls).toEqual([['b', 'Gone.']]);
    await models.set(await portOf('third'), 't', 'b');
    expect(await waiting).toMatchObject({ text: 'third', model: 'third' });
    expect(run[0]!.model.id).toBe('big');
    expect(await run[1]!.model.complete(QUESTION, {})).toMatchObject({ text: 'small' });
  });

  it('of an earlier visit are waited for until each is loaded', async () => {
    const before = withListener();
    const big = await described(before.models, 'b', 'big');
    const third = await described(before.models, 't', 'third');
    const { models, stalls } = withListener();
    const replacement = { key: 't', name: 'Third', description: third };
    const [first] = models.forRun([{ key: 'b', name: 'Big', description: big, replacement }]);
    const waiting = first!.model.complete(QUESTION, {});
    await expect.poll(() => stalls).toEqual([['b', 'The run was on Third, which is not loaded.']]);
    // The model that was given up is no help.
    await described(models, 'b', 'big');
    expect(stalls).toHaveLength(1);
    await described(models, 't', 'third');
    expect(await waiting).toMatchObject({ text: 'third', model: 'third' });
  });
});

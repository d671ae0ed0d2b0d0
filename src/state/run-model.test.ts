/** Runs on models of the visitor's: joined before the run, lost and found during it. */
import { describe, expect, it } from 'vitest';
import type { ChosenModel, ModelFailure } from './models/model-client';
import { RunPlayer } from './run.svelte';
import { DESCRIPTION, FakeClient, SUMMARY } from './testing/fake-client';

const LOST: ModelFailure = {
  problem: 'device-lost',
  message: 'The GPU was lost.',
  advice: 'Load the model again.',
  lasting: true,
};

function loaded(name = 'big'): ChosenModel & { ports: number } {
  const model = {
    key: `key of ${name}`,
    name,
    source: { engine: 'prompt-api', model: 'built-in' },
    description: { ...DESCRIPTION, id: name },
    ports: 0,
    client: {
      connect: async () => void (model.ports += 1),
    } as unknown as ChosenModel['client'],
  } satisfies ChosenModel & { ports: number };
  return model;
}

function withFakes(choosesModels = false): { player: RunPlayer; client: () => FakeClient } {
  const clients: FakeClient[] = [];
  const player = new RunPlayer((listener) => {
    const client = new FakeClient(listener);
    client.present = { ...SUMMARY, choosesModels };
    clients.push(client);
    return client;
  });
  return { player, client: () => clients.at(-1)! };
}

/** A run on the first of these models, all of which are loaded. */
async function running(choosesModels: boolean, ...models: ChosenModel[]) {
  const { player, client } = withFakes(choosesModels);
  await player.modelsLoaded(models);
  player.useModel(models[0]);
  await player.run();
  client().listener.status('running');
  return { player, client };
}

const named = (player: RunPlayer) => player.models.map(({ name }) => name);

describe('a run on a model', () => {
  it('is joined to the model’s worker before it starts, and to no other', async () => {
    const [model, other] = [loaded(), loaded('small')];
    const { client } = await running(false, model, other);
    expect([model.ports, other.ports]).toEqual([1, 0]);
    expect(client().calls.slice(-2)).toEqual(['setModel big', 'start']);
    const [{ request, models }] = client().requests as [(typeof FakeClient.prototype.requests)[0]];
    expect([request.engine, models.map(({ name }) => name)]).toEqual(['model', ['big']]);
  });

  it('does not start where the model’s worker does not answer', async () => {
    const { player, client } = withFakes();
    const model = loaded();
    await player.modelsLoaded([model]);
    player.useModel(model);
    await player.connect();
    client().modelOutcome = { ok: false, failure: LOST };
    await player.run();
    expect(client().requests).toEqual([]);
    expect(player.status).toBe('failed');
    expect(player.problems[0]).toContain('The GPU was lost. Load the model again');
  });

  it('goes back to the reader', async () => {
    const { player, client } = withFakes();
    const model = loaded();
    await player.modelsLoaded([model]);
    player.useModel(model);
    player.useModel(undefined);
    await player.run();
    expect(client().requests[0]!.request.engine).toBe('reader');
    expect(client().calls.join()).not.toContain('setModel');
  });

  it('shows why it stands still, and takes its model once that is loaded anew', async () => {
    const model = loaded();
    const { player, client } = await running(false, model);
    await player.loseModel('key of another', LOST);
    expect(client().calls.at(-1)).toBe('start');
    await player.loseModel(model.key, LOST);
    expect(client().calls.at(-1)).toBe('loseModel key of big device-lost');
    client().listener.stalled(model.key, LOST);
    expect(player.stall).toEqual({ name: expect.objectContaining({ name: 'big' }), failure: LOST });
    // The same worker still: it leads nowhere.
    await player.modelsLoaded([model, loaded('small')]);
    expect([model.ports, client().calls.at(-1)]).toEqual([1, 'loseModel key of big device-lost']);
    const again = loaded();
    await player.modelsLoaded([again]);
    expect(again.ports).toBe(1);
    expect(client().calls.at(-1)).toBe('setModel big');
    client().listener.stalled(model.key, undefined);
    expect(player.stall).toBeUndefined();
    expect(player.status).toBe('running');
  });

  it('takes no other model while it needs none', async () => {
    const { player, client } = await running(false, loaded());
    const early = loaded('early');
    await player.modelsLoaded([early]);
    player.useModel(early);
    expect([early.ports, client().calls.at(-1), player.engine.other]).toEqual([
      0,
      'start',
      undefined,
    ]);
    // The next run does.
    client().listener.status('stopped');
    expect(named(player)).toEqual(['early']);
  });

  it('goes on with another model only when told to', async () => {
    const big = loaded();
    const { player, client } = await running(false, big);
    client().listener.stalled(big.key, LOST);
    const small = loaded('small');
    await player.modelsLoaded([big, small]);
    player.useModel(small);
    expect(small.ports).toBe(0);
    expect(player.engine.other?.name).toBe('small');
    expect(named(player)).toEqual(['big']);
    await player.goOnWithOther();
    expect(small.ports).toBe(1);
    expect(client().calls.at(-1)).toBe('setModel small instead of key of big');
    expect(named(player)).toEqual(['small']);
    client().listener.stalled(big.key, undefined);
    expect(player.engine.other).toBeUndefined();
    // What it is known by stays; what is lost later is the one in its place.
    await player.loseModel(small.key, LOST);
    expect(client().calls.at(-1)).toBe('loseModel key of small device-lost');
    client().listener.stalled(big.key, LOST);
    expect(player.stall?.name.name).toBe('small');
  });

  it('no longer offers another model that is gone itself', async () => {
    const big = loaded();
    const { player, client } = await running(false, big);
    client().listener.stalled(big.key, LOST);
    const small = loaded('small');
    await player.modelsLoaded([small]);
    player.useModel(small);
    await player.modelsLoaded([]);
    expect(player.engine.other).toBeUndefined();
    await player.goOnWithOther();
    expect(client().calls.at(-1)).toBe('start');
  });

  it('tells what the model writes while the run lasts', async () => {
    const { player, client } = await running(false, loaded());
    client().listener.writing('Paris');
    expect(player.writing).toBe('Paris');
    client().listener.status('stopped');
    expect(player.writing).toBeUndefined();
    await player.run();
    expect(player.writing).toBeUndefined();
  });

  it('is on the reader where the model was lost between runs', async () => {
    const { player, client } = withFakes();
    const model = loaded();
    await player.modelsLoaded([model]);
    player.useModel(model);
    expect(named(player)).toEqual(['big']);
    await player.modelsLoaded([]);
    await player.loseModel(model.key, LOST);
    expect(named(player)).toEqual([]);
    await player.run();
    expect(client().requests[0]!.request.engine).toBe('reader');
  });
});

describe('a chosen model that is gone', () => {
  it('leaves further runs to the reader until it is loaded again', async () => {
    const big = loaded();
    const { player, client } = await running(false, big);
    await player.loseModel(big.key, LOST);
    await player.modelsLoaded([]);
    await player.stop();
    client().listener.status('stopped');
    expect(named(player)).toEqual([]);
    await player.run();
    expect(client().requests[1]!.request.engine).toBe('reader');
    client().listener.status('stopped');
    const again = loaded();
    await player.modelsLoaded([again]);
    await player.run();
    expect([again.ports, client().requests[2]!.request.engine]).toEqual([1, 'model']);
  });
});

describe('a run of a system that chooses its models', () => {
  it('is offered all that are loaded, the chosen one first', async () => {
    const { player, client } = withFakes(true);
    const [big, small] = [loaded(), loaded('small')];
    await player.modelsLoaded([big, small]);
    await player.connect();
    expect(named(player)).toEqual([]);
    player.useModel(small);
    expect(named(player)).toEqual(['small', 'big']);
    await player.run();
    expect([big.ports, small.ports]).toEqual([1, 1]);
    expect(client().calls.slice(-3)).toEqual(['setModel small', 'setModel big', 'start']);
    expect(client().requests[0]!.models.map(({ name }) => name)).toEqual(['small', 'big']);
  });

  it('says which of them it waits for, and goes on with another in its place', async () => {
    const [big, small] = [loaded(), loaded('small')];
    const { player, client } = await running(true, big, small);
    client().listener.stalled(small.key, LOST);
    expect(player.stall?.name.name).toBe('small');
    const third = loaded('third');
    await player.modelsLoaded([big, small, third]);
    player.useModel(big);
    expect(player.engine.other).toBeUndefined();
    player.useModel(third);
    await player.goOnWithOther();
    expect(client().calls.at(-1)).toBe('setModel third instead of key of small');
    expect(named(player)).toEqual(['big', 'third']);
    client().listener.status('stopped');
    expect(named(player)[0]).toBe('third');
  });
});

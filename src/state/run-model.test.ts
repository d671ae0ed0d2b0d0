/** Runs on a model of the visitor's: joined before the run, lost and found during it. */
import { describe, expect, it } from 'vitest';
import type { ChosenModel, ModelFailure } from './models/model-client';
import { RunPlayer } from './run.svelte';
import { DESCRIPTION, FakeClient } from './testing/fake-client';

const LOST: ModelFailure = {
  problem: 'device-lost',
  message: 'The GPU was lost.',
  advice: 'Load the model again.',
  lasting: true,
};

function chosen(id = DESCRIPTION.id): ChosenModel & { ports: number } {
  const model = {
    key: `key of ${id}`,
    name: id,
    source: { engine: 'prompt-api', model: 'built-in' },
    description: { ...DESCRIPTION, id },
    ports: 0,
    client: {
      connect: async () => void (model.ports += 1),
    } as unknown as ChosenModel['client'],
  } satisfies ChosenModel & { ports: number };
  return model;
}

function withFakes(): { player: RunPlayer; client: () => FakeClient } {
  const clients: FakeClient[] = [];
  const player = new RunPlayer((listener) => {
    const client = new FakeClient(listener);
    clients.push(client);
    return client;
  });
  return { player, client: () => clients.at(-1)! };
}

describe('a run on a model', () => {
  it('is joined to the model’s worker before it starts', async () => {
    const { player, client } = withFakes();
    const model = chosen();
    await player.useModel(model);
    await player.run();
    expect(model.ports).toBe(1);
    expect(client().calls.slice(-2)).toEqual(['setModel', 'start']);
    expect(client().requests[0]!.request.engine).toBe('model');
  });

  it('does not start where the model’s worker does not answer', async () => {
    const { player, client } = withFakes();
    await player.useModel(chosen());
    await player.connect();
    client().modelOutcome = { ok: false, failure: LOST };
    await player.run();
    expect(client().requests).toEqual([]);
    expect(player.status).toBe('failed');
    expect(player.problems[0]).toContain('The GPU was lost. Load the model again');
  });

  it('goes back to the reader', async () => {
    const { player, client } = withFakes();
    await player.useModel(chosen());
    await player.useModel(undefined);
    await player.run();
    expect(client().requests[0]!.request.engine).toBe('reader');
    expect(client().calls).not.toContain('setModel');
  });

  it('shows why it stands still, hears of a lost worker, and hands over a model only while it waits', async () => {
    const { player, client } = withFakes();
    await player.useModel(chosen());
    await player.run();
    client().listener.status('running');
    await player.loseModel('key of another', LOST);
    expect(client().calls.at(-1)).toBe('start');
    await player.loseModel(`key of ${DESCRIPTION.id}`, LOST);
    expect(client().calls.at(-1)).toBe('loseModel device-lost');
    const early = chosen('early');
    await player.useModel(early);
    expect(early.ports).toBe(0);
    client().listener.stalled(LOST);
    expect(player.stall?.message).toBe('The GPU was lost.');

    const again = chosen();
    await player.useModel(again);
    expect(again.ports).toBe(1);
    expect(client().calls.at(-1)).toBe('setModel');
    client().listener.stalled(undefined);
    expect(player.stall).toBeUndefined();
    expect(player.status).toBe('running');
  });

  it('goes on with another model only when told to', async () => {
    const { player, client } = withFakes();
    await player.useModel(chosen());
    await player.run();
    client().listener.status('running');
    client().listener.stalled(LOST);
    const small = chosen('small');
    await player.useModel(small);
    expect(small.ports).toBe(0);
    expect(player.engine.other?.name).toBe('small');
    expect(player.engine.name?.name).toBe(DESCRIPTION.id);
    await player.goOnWithOther();
    expect(small.ports).toBe(1);
    expect(client().calls.at(-1)).toBe('setModel instead small');
    expect(player.engine.name?.name).toBe('small');
    client().listener.stalled(undefined);
    expect(player.engine.other).toBeUndefined();
  });

  it('no longer offers another model that is lost itself', async () => {
    const { player, client } = withFakes();
    await player.useModel(chosen());
    await player.run();
    client().listener.status('running');
    client().listener.stalled(LOST);
    await player.useModel(chosen('small'));
    await player.loseModel('key of small', LOST);
    expect(player.engine.other).toBeUndefined();
    await player.goOnWithOther();
    expect(client().calls.at(-1)).toBe('start');
  });

  it('tells what the model writes while the run lasts', async () => {
    const { player, client } = withFakes();
    await player.useModel(chosen());
    await player.run();
    client().listener.writing('Paris');
    expect(player.writing).toBe('Paris');
    client().listener.status('stopped');
    expect(player.writing).toBeUndefined();
    await player.run();
    expect(player.writing).toBeUndefined();
  });

  it('forgets a model that is lost between runs', async () => {
    const { player } = withFakes();
    await player.useModel(chosen());
    await player.loseModel(`key of ${DESCRIPTION.id}`, LOST);
    expect(player.engine.model).toBeUndefined();
  });
});

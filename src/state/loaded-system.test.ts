import { describe, expect, it } from 'vitest';
import type { References } from '../clients/run-client';
import { RunPlayer } from './run.svelte';
import { FakeClient, REFERENCES } from './testing/fake-client';

function withFakes(prepare: (client: FakeClient) => void = () => undefined) {
  const clients: FakeClient[] = [];
  const player = new RunPlayer((listener) => {
    const client = new FakeClient(listener);
    prepare(client);
    clients.push(client);
    return client;
  });
  return { player, client: () => clients[0]! };
}

/** One that the test settles. */
function later() {
  let settle!: (references: References | undefined) => void;
  let fail!: (error: Error) => void;
  const promise = new Promise<References | undefined>((resolve, reject) => {
    settle = resolve;
    fail = reject;
  });
  return { promise, settle, fail };
}

const turn = () => new Promise((resolve) => setTimeout(resolve));

const activity = {
  name: 'measuring references',
  done: 30,
  total: 120,
  unit: 'programs',
  elapsed: 1000,
} as const;

describe('reference scores of what is loaded', () => {
  it('hold nothing up, and are shown when they are measured', async () => {
    const { promise, settle } = later();
    const { player, client } = withFakes((fake) => (fake.measured = promise));
    await player.connect();
    expect([player.loading, player.loaded.references]).toEqual([false, undefined]);
    client().listener.measuring(activity);
    expect(player.loaded.measuring).toMatchObject({ amount: '30 of 120 programs', secondsLeft: 3 });
    settle(REFERENCES);
    await turn();
    expect(player.loaded.references).toBe(REFERENCES);
    expect(player.loaded.measuring).toBeUndefined();
  });

  it('are what a run that is being prepared waits for', async () => {
    const { player, client } = withFakes((fake) => (fake.measured = later().promise));
    await player.connect();
    client().listener.measuring(activity);
    expect(player.activity).toBeUndefined();
    await player.run();
    expect(player.activity?.share).toBe(0.25);
    client().listener.status('running');
    expect(player.activity).toBeUndefined();
  });

  it('say why they could not be measured', async () => {
    const { promise, fail } = later();
    const { player } = withFakes((fake) => (fake.measured = promise));
    await player.connect();
    fail(new Error('the sandbox could not be started'));
    await turn();
    expect(player.loaded.referenceProblem).toBe('the sandbox could not be started');
    expect(player.problems).toEqual([]);
    await player.useShippedData();
    expect(player.status).toBe('idle');
  });

  it('of data that were loaded before are dropped', async () => {
    const first = later();
    const { player, client } = withFakes((fake) => (fake.measured = first.promise));
    await player.connect();
    const second = later();
    client().measured = second.promise;
    const { summary } = player;
    client().outcome = { ok: true, summary: { ...summary! } };
    await player.useRows(new File([], 'mine.json'));
    first.settle(REFERENCES);
    await turn();
    expect(player.loaded.references).toBeUndefined();
    const own = { ...REFERENCES, chance: 0.5 };
    second.settle(own);
    await turn();
    expect(player.loaded.references).toBe(own);
  });
});

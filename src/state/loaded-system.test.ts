import { describe, expect, it } from 'vitest';
import type { References, SystemSummary } from '../clients/run-client';
import { RunPlayer } from './run.svelte';
import { FakeClient, REFERENCES, SUMMARY } from './testing/fake-client';

function withFakes(prepare: (client: FakeClient) => void = () => undefined) {
  const clients: FakeClient[] = [];
  const player = new RunPlayer((listener) => {
    const client = new FakeClient(listener);
    prepare(client);
    clients.push(client);
    return client;
  });
  return { player, clients, client: () => clients[0]! };
}

/** One that the test settles. */
function later<Value = References | undefined>() {
  let settle!: (value: Value) => void;
  let fail!: (error: Error) => void;
  const promise = new Promise<Value>((resolve, reject) => {
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

describe('what is loaded', () => {
  it('is the system that was chosen last, also where an earlier one is known later', async () => {
    const slow = later<SystemSummary>();
    const chosen = { ...SUMMARY, title: 'Chosen' };
    const { player } = withFakes((fake) => {
      fake.summary = (system) => (system === 'next-item' ? Promise.resolve(chosen) : slow.promise);
    });
    const connected = player.connect();
    player.set('system', 'next-item');
    await turn();
    slow.settle(SUMMARY);
    await connected;
    await expect.poll(() => player.summary?.title).toBe('Chosen');
    await turn();
    expect(player.summary?.title).toBe('Chosen');
    expect(player.loading).toBe(false);
  });

  it('follows a link that came before the first system was known', async () => {
    const { player, client } = withFakes();
    const connected = player.connect();
    player.applyHash('#system=next-item');
    await connected;
    await expect.poll(() => client().calls).toContain('summary next-item');
  });

  it('is the visitor’s file again before a run that follows a reset at once', async () => {
    const { player, clients } = withFakes();
    await player.useRows(new File([], 'mine.json'));
    const reading = later<undefined>();
    const reset = player.reset();
    const fresh = clients[1]!;
    const useRows = fresh.useRows.bind(fresh);
    fresh.useRows = async (rows) => {
      await reading.promise;
      return useRows(rows);
    };
    const running = player.run();
    await turn();
    expect(fresh.requests).toEqual([]);
    reading.settle(undefined);
    await Promise.all([reset, running]);
    expect(fresh.calls.filter((call) => /useRows|start/.test(call))).toEqual([
      'useRows mine.json',
      'start',
    ]);
  });

  it('says that a file was not taken whose workers were let go, and takes the next one', async () => {
    const { player, clients } = withFakes();
    await player.connect();
    const reading = later<never>();
    clients[0]!.useRows = () => reading.promise;
    const taken = player.useRows(new File([], 'mine.json'));
    await turn();
    expect(player.loading).toBe(true);
    clients[0]!.dispose = () => reading.fail(new Error('the workers were let go'));
    await player.reset();
    expect((await taken)?.message).toMatch(/started anew/);
    expect([player.loading, player.problems]).toEqual([false, []]);
    expect(clients[1]!.calls).not.toContain('useRows mine.json');
    expect(await player.useRows(new File([], 'other.json'))).toBeUndefined();
    expect(clients[1]!.calls).toContain('useRows other.json');
  });
});

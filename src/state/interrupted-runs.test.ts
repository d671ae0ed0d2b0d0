import { describe, expect, it } from 'vitest';
import type { InterruptedRun } from '../clients/run-client';
import { goesOn, settingsOf } from './interrupted-run';
import { overrides } from './run-choices';
import { DEFAULT_SETTINGS, parseHash } from './run-settings';
import { RunPlayer } from './run.svelte';
import type { ChosenModel } from './models/model-client';
import { DESCRIPTION, FakeClient, SUMMARY } from './testing/fake-client';

const NOW = Date.now();

const run = (parts: Partial<InterruptedRun['request']> = {}, at = NOW): InterruptedRun => ({
  id: 'one',
  request: {
    system: SUMMARY.name,
    engine: 'reader',
    seed: 3,
    budget: 200,
    mode: 'default',
    features: 'dense',
    options: { labels: 'soft', testExamples: 8 },
    ...parts,
  },
  models: [],
  events: 77,
  updatedAt: at,
});

describe('a run that broke off', () => {
  it('was started with settings that start it again', () => {
    const settings = settingsOf(run().request);
    expect(settings).toMatchObject({ seed: 3, budget: 200, labels: 'soft', test: 'n8' });
    expect(overrides(settings)).toEqual(run().request.options);
    const hash =
      '#system=next-item&seed=9&budget=64&mode=paper&validation=n16&acceptance=sequential';
    const other = parseHash(hash).settings;
    const { system, seed, budget, mode, features } = other;
    expect(
      settingsOf(run({ system, seed, budget, mode, features, options: overrides(other) }).request),
    ).toEqual(other);
  });

  it.each([
    ['', true],
    ['#view=models', true],
    ['#seed=3', true],
    ['#seed=3&budget=200&labels=soft&test=n8', true],
    ['#seed=4', false],
    ['#seed=3&budget=400', false],
    ['#mode=paper', false],
    ['#labels=soft&nonsense=1', false],
  ])('goes on by itself under the link "%s": %s', (hash, expected) => {
    expect(goesOn(run(), hash, NOW)).toBe(expected);
  });

  it('does not go on by itself a day later', () => {
    expect(goesOn(run({}, NOW - 24 * 3600 * 1000), '', NOW)).toBe(false);
  });
});

function opened(broken: readonly InterruptedRun[], hash = '') {
  const clients: FakeClient[] = [];
  const player = new RunPlayer((listener) => {
    const client = new FakeClient(listener);
    client.broken = clients.length === 0 ? broken : [];
    clients.push(client);
    return client;
  }, hash);
  return { player, clients };
}

describe('a page that is opened after its tab was killed', () => {
  it('takes the run up with its settings and says so', async () => {
    const { player, clients } = opened([run()]);
    await player.connect();
    expect(clients[0]!.calls.at(-1)).toBe('continueRun one');
    expect(player.status).toBe('preparing');
    const file = new File(['x'], 'mine.json');
    clients[0]!.listener.continued(run(), SUMMARY, file);
    expect(player.settings.seed).toBe(3);
    expect(player.notices[0]).toContain('on mine.json broke off');
    expect(player.interrupted.latest).toBeUndefined();
  });

  it('offers it where a link asks for something else', async () => {
    const { player, clients } = opened([run()], '#seed=8');
    await player.connect();
    expect(clients[0]!.calls).not.toContain('continueRun one');
    expect(player.interrupted.latest?.id).toBe('one');
    await player.discard(player.interrupted.latest!);
    expect(clients[0]!.calls.at(-1)).toBe('discard one');
    expect(player.interrupted.latest).toBeUndefined();
    expect(player.settings).toEqual({ ...DEFAULT_SETTINGS, seed: 8 });
  });

  it('ends a run for good when it is reset', async () => {
    const { player, clients } = opened([]);
    await player.run();
    await player.reset();
    expect(clients[0]!.calls.slice(-2)).toEqual(['stop', 'dispose']);
    expect(player.status).toBe('idle');
  });
});

describe('a run on a model that is taken up', () => {
  const model = {
    key: 'k',
    name: 'Small',
    source: { engine: 'prompt-api', model: 'built-in' },
  } as const;

  it('has its models loaded and joined while it goes its way back', async () => {
    const clients: FakeClient[] = [];
    const other = { ...model, key: 'o', name: 'Other' };
    const wishes: [string, boolean][] = [];
    const loaded: ChosenModel[] = [];
    let ports = 0;
    const player: RunPlayer = new RunPlayer(
      (listener) => {
        const client = new FakeClient(listener);
        client.broken = [{ ...run({ engine: 'model' }), models: [model, other] }];
        clients.push(client);
        return client;
      },
      '',
      async ({ key, name }, choose) => {
        wishes.push([key, choose]);
        const client = { connect: async () => void (ports += 1) };
        loaded.push({
          ...model,
          ...{ key, name, description: DESCRIPTION },
          client: client as unknown as ChosenModel['client'],
        });
        await player.modelsLoaded([...loaded]);
        return undefined;
      },
    );
    await player.connect();
    expect(ports).toBe(2);
    expect(wishes).toEqual([
      ['k', true],
      ['o', false],
    ]);
    expect(clients[0]!.calls.slice(-3)).toEqual([
      'continueRun one',
      'setModel Small',
      'setModel Other',
    ]);
    expect(player.models.map(({ name }) => name)).toEqual(['Small', 'Other']);
  });

  it('says why its model cannot be had', async () => {
    const failure = {
      problem: 'quota',
      message: 'Full.',
      advice: 'Free some.',
      lasting: true,
    } as const;
    const player = new RunPlayer(
      (listener) => {
        const client = new FakeClient(listener);
        client.broken = [{ ...run({ engine: 'model' }), models: [model] }];
        return client;
      },
      '',
      async () => failure,
    );
    await player.connect();
    expect(player.stall).toEqual({ name: model, failure });
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CardEvent } from './card-status';
import { ModelCard } from './model-card.svelte';
import { webllmEntry, type ModelEntry } from './model-entry';
import { DEAF } from './model-job';
import {
  DESCRIPTION,
  FAILURE,
  FakeModelClients,
  listing,
  SELF_TEST,
  settled,
} from './testing/fake-models';

const ID = 'Tiny-1B-q4f16_1-MLC';
const ENTRY = webllmEntry(listing(ID));
const SERVER: ModelEntry = {
  key: 'openai:x y',
  source: { engine: 'openai', baseUrl: 'http://x.example/v1', model: 'y' },
  name: 'y',
  place: 'server',
  origin: 'added',
  type: 'chat',
};

function withFakes(entry = ENTRY) {
  const clients = new FakeModelClients();
  const events: CardEvent[] = [];
  const card = new ModelCard(entry, clients, (_, event) => events.push(event));
  return { card, clients, events };
}

async function loaded() {
  const fakes = withFakes();
  void fakes.card.load();
  fakes.clients.last.loaded.resolve({ ok: true, value: DESCRIPTION });
  await settled();
  return { ...fakes, client: fakes.clients.last };
}

afterEach(() => vi.useRealTimers());

describe('what is on this machine', () => {
  it('is asked for, not guessed', async () => {
    const { card, clients } = withFakes();
    expect(card.status.name).toBe('unknown');
    await card.check();
    expect(card.status).toEqual({ name: 'absent' });
    clients.files.set(ID, { bytes: 5e6, complete: false });
    await card.check();
    expect(card.status).toEqual({ name: 'interrupted', bytes: 5e6 });
    clients.files.set(ID, { bytes: 9e6, complete: true });
    await card.check();
    expect(card.status).toEqual({ name: 'here', bytes: 9e6 });
  });

  it('is nothing where storage is forbidden or nobody answers', async () => {
    const { card, clients } = withFakes();
    clients.stored = () => Promise.reject(new Error('denied'));
    await card.check();
    expect(card.status.name).toBe('absent');
    vi.useFakeTimers();
    const other = withFakes();
    other.clients.stored = () => new Promise(() => undefined);
    const checking = other.card.check();
    await vi.advanceTimersByTimeAsync(10_000);
    await checking;
    expect(other.card.status.name).toBe('absent');
  });

  it('is not asked for a server, which needs nothing here', async () => {
    const { card, clients } = withFakes(SERVER);
    expect(card.status).toEqual({ name: 'here' });
    await card.check();
    await card.download();
    expect(clients.asked).toBe(0);
    expect(clients.opened).toEqual([]);
  });
});

describe('a download', () => {
  it('tells bytes, ends its worker and is then on this machine', async () => {
    const { card, clients, events } = withFakes();
    const downloading = card.download();
    const client = clients.last;
    client.report({ phase: 'downloading', bytes: 3e6, total: 10e6 });
    expect(card.status).toMatchObject({
      name: 'downloading',
      progress: { amount: '3.0 of 10.0 MB', share: 0.3 },
    });
    client.downloaded.resolve({ ok: true, value: { bytes: 10e6, complete: true } });
    await downloading;
    expect(card.status).toEqual({ name: 'here', bytes: 10e6 });
    expect(client.calls).toEqual(['download', 'dispose']);
    expect(events).toEqual(['downloaded']);
  });

  it('that is cancelled keeps what is there, and goes on in a fresh worker', async () => {
    const { card, clients, events } = withFakes();
    const downloading = card.download();
    clients.files.set(ID, { bytes: 4e6, complete: false });
    await card.cancel();
    await downloading;
    expect(card.status).toEqual({ name: 'interrupted', bytes: 4e6 });
    expect(events).toEqual(['stopped']);
    void card.download();
    expect(clients.opened).toHaveLength(2);
    expect(card.status.name).toBe('downloading');
  });

  it('says that it is stopping, and no later report takes that back', async () => {
    const { card, clients } = withFakes();
    void card.download();
    clients.last.hears = false;
    clients.last.report({ phase: 'downloading', bytes: 1, total: 2 });
    void card.cancel();
    clients.last.report({ phase: 'downloading', bytes: 2, total: 2 });
    expect(card.status).toMatchObject({ name: 'downloading', progress: { name: 'Stopping' } });
  });

  it('ends even where the worker is deaf', async () => {
    vi.useFakeTimers();
    const { card, clients, events } = withFakes();
    const downloading = card.download();
    clients.last.hears = false;
    void card.cancel();
    await vi.advanceTimersByTimeAsync(DEAF - 1);
    expect(card.status.name).toBe('downloading');
    await vi.advanceTimersByTimeAsync(1);
    await downloading;
    expect(card.status).toEqual({ name: 'absent' });
    expect(clients.last.calls.at(-1)).toBe('dispose');
    expect(events).toEqual(['stopped']);
  });

  it('that fails says why, and counts what is kept', async () => {
    const { card, clients, events } = withFakes();
    const downloading = card.download();
    clients.files.set(ID, { bytes: 4e6, complete: false });
    clients.last.downloaded.resolve({ ok: false, failure: FAILURE });
    await downloading;
    expect(card.status).toEqual({ name: 'failed', failure: FAILURE, during: 'download' });
    expect(card.storedBytes).toBe(4e6);
    expect(card.idle).toBe(true);
    expect(events).toEqual(['failed']);
  });

  it('does not begin twice', () => {
    const { card, clients } = withFakes();
    void card.download();
    void card.download();
    void card.load();
    expect(clients.opened).toHaveLength(1);
  });

  it('lets its rate sink while nothing comes', async () => {
    vi.useFakeTimers();
    const { card, clients } = withFakes();
    void card.download();
    clients.last.report({ phase: 'downloading', bytes: 0, total: 10e6 });
    await vi.advanceTimersByTimeAsync(900);
    clients.last.report({ phase: 'downloading', bytes: 4e6, total: 10e6 });
    const rate = (): string | undefined =>
      card.status.name === 'downloading' ? card.status.progress.rate : undefined;
    expect(rate()).toBe('4.4 MB a second');
    await vi.advanceTimersByTimeAsync(3000);
    expect(rate()).toMatch(/^1\.\d MB/);
  });
});

describe('a model', () => {
  it('is ready once it is loaded, and frees everything when it is unloaded', async () => {
    const { card, client, events, clients } = await loaded();
    expect(card.status).toEqual({ name: 'ready', description: DESCRIPTION });
    expect(card.client).toBe(client);
    clients.files.set(ID, { bytes: 9e6, complete: true });
    await card.unload();
    expect(client.calls).toEqual(['load', 'unload']);
    expect(card.client).toBeUndefined();
    expect(events).toEqual(['loaded', 'unloaded']);
  });

  it('that does not load lets its worker go and says why', async () => {
    const { card, clients } = withFakes();
    const loading = card.load();
    clients.last.loaded.resolve({ ok: false, failure: FAILURE });
    await loading;
    expect(card.status).toMatchObject({ name: 'failed', during: 'load' });
    expect(clients.last.calls).toEqual(['load', 'dispose']);
  });

  it('whose worker throws is a failure too', async () => {
    const { card, clients } = withFakes();
    clients.open = () => {
      throw new Error('workers are forbidden');
    };
    await card.load();
    expect(card.status).toMatchObject({
      name: 'failed',
      failure: { message: expect.stringContaining('workers are forbidden') as string },
    });
    expect(card.idle).toBe(true);
  });

  it('whose worker ends by itself says so, at work or in use', async () => {
    const { card, client, events } = await loaded();
    client.crash(FAILURE);
    expect(card.status).toEqual({ name: 'failed', failure: FAILURE, during: 'use' });
    expect(client.calls).toContain('dispose');
    expect(events).toEqual(['loaded', 'failed']);

    const { card: other, clients } = withFakes();
    const loading = other.load();
    clients.last.crash(FAILURE);
    await loading;
    expect(other.status).toMatchObject({ name: 'failed', during: 'load' });
  });

  it('hears nothing more of a worker that was let go', async () => {
    const { card, client } = await loaded();
    await card.unload();
    client.crash(FAILURE);
    client.report({ phase: 'loading', share: 0.5 });
    expect(card.status).toEqual({ name: 'absent' });
  });

  it('is tested once at a time, and keeps the result until it is unloaded', async () => {
    const { card, client, events } = await loaded();
    const testing = card.selfTest();
    void card.selfTest();
    client.share(0.4);
    expect(card.test).toEqual({ name: 'testing', share: 0.4 });
    client.tested.resolve({ ok: true, value: SELF_TEST });
    await testing;
    client.share(0.9);
    expect(card.test).toEqual({ name: 'tested', result: SELF_TEST });
    expect(client.calls.filter((call) => call === 'selfTest')).toHaveLength(1);
    expect(events).toEqual(['loaded', 'tested']);
    await card.unload();
    expect(card.test).toBeUndefined();
  });

  it('stays loaded when its test fails', async () => {
    const { card, client } = await loaded();
    const testing = card.selfTest();
    client.tested.resolve({ ok: false, failure: FAILURE });
    await testing;
    expect(card.test).toEqual({ name: 'failed', failure: FAILURE });
    expect(card.status.name).toBe('ready');
  });
});

describe('deleting', () => {
  it('takes the files away', async () => {
    const { card, clients, events } = withFakes();
    clients.files.set(ID, { bytes: 9e6, complete: true });
    await card.check();
    await card.remove();
    expect(card.status).toEqual({ name: 'absent' });
    expect(card.storedBytes).toBe(0);
    expect(events).toEqual(['deleted']);
  });

  it('that fails says so and counts what is left', async () => {
    const { card, clients } = withFakes();
    clients.files.set(ID, { bytes: 9e6, complete: true });
    clients.removal = { ok: false, failure: FAILURE };
    await card.check();
    await card.remove();
    expect(card.status).toMatchObject({ name: 'failed', during: 'delete' });
    expect(card.storedBytes).toBe(9e6);
  });

  it('leaves a loaded model alone', async () => {
    const { card } = await loaded();
    await card.remove();
    expect(card.status.name).toBe('ready');
  });
});

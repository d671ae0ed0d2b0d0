import { describe, expect, it } from 'vitest';
import { ggufEntry, serverEntry } from './added-entries';
import { browserModelAvailability } from './browser-model';
import type { ChosenModel } from './model-client';
import type { ModelEntry } from './model-entry';
import { ModelShelf, type ShelfPorts } from './model-shelf.svelte';
import {
  DESCRIPTION,
  FAILURE,
  FakeModelClients,
  listing,
  memoryStorage,
  settled,
  surroundings,
} from './testing/fake-models';

const BASE = 'https://site.example/app/';
const A = 'webllm:Alpha-1B-q4f16_1-MLC';
const B = 'webllm:Beta-2B-q4f16_1-MLC';
const LIST = [
  listing('Alpha-1B-q4f16_1-MLC'),
  listing('Beta-2B-q4f16_1-MLC', { vramMB: 2000 }),
  listing('Embed-q0f32-MLC', { type: 'embedding' }),
];

async function opened(change: Partial<ShelfPorts> = {}) {
  const clients = new FakeModelClients();
  const storage = memoryStorage();
  const chosen: (string | undefined)[] = [];
  const lost: string[] = [];
  const answering: string[][] = [];
  const shelf = new ModelShelf({
    clients,
    around: surroundings(),
    webllm: async () => LIST,
    fetchText: async () => undefined,
    storage: () => storage,
    base: BASE,
    onChosen: (model: ChosenModel | undefined) => void chosen.push(model?.key),
    onLoaded: (models) => void answering.push(models.map(({ key }) => key)),
    onLost: (key) => void lost.push(key),
    ...change,
  });
  await shelf.open();
  return { shelf, clients, storage, chosen, lost, answering };
}

async function load(shelf: ModelShelf, clients: FakeModelClients, key: string) {
  const card = shelf.card(key)!;
  void card.load();
  const client = clients.last;
  client.loaded.resolve({ ok: true, value: { ...DESCRIPTION, id: key } });
  await settled();
  return { card, client };
}

function entry(checked: ReturnType<typeof ggufEntry>): ModelEntry {
  if (!checked.ok) throw new Error(checked.problem);
  return checked.value;
}
const GGUF = entry(ggufEntry({ url: 'https://files.example/mine.gguf' }, BASE));

describe('opening', () => {
  it('asks nothing before, and once', async () => {
    let asked = 0;
    const { shelf, clients } = await opened({
      webllm: async () => {
        asked += 1;
        return LIST;
      },
    });
    await shelf.open();
    expect(asked).toBe(1);
    expect(clients.asked).toBe(3);
    expect(shelf.cards.map(({ status }) => status.name)).toEqual(['absent', 'absent', 'absent']);
    expect(shelf.recommendation?.picks.get(B)).toBe('Recommended');
  });

  it('lists the models of this site and the browser’s own', async () => {
    const { shelf } = await opened({
      fetchText: async (url) =>
        url === `${BASE}models/models.json`
          ? JSON.stringify([{ name: 'Small', file: 'small.gguf', bytes: 94e6 }])
          : undefined,
      promptApi: async () => 'downloadable',
    });
    expect(shelf.card(`wllama:${BASE}models/small.gguf`)?.entry.name).toBe('Small');
    expect(shelf.card('prompt-api:built-in')?.entry.browserDownloads).toBe(true);
  });

  it('goes on without a list, without a browser model, without storage', async () => {
    const { shelf } = await opened({
      webllm: () => Promise.reject(new Error('offline')),
      promptApi: () => Promise.reject(new Error('no')),
      storage: () => {
        throw new Error('denied');
      },
    });
    expect(shelf.cards).toEqual([]);
    shelf.add(GGUF);
    expect(shelf.cards).toHaveLength(1);
  });
});

describe('loaded models', () => {
  it('are there side by side, and one that breaks leaves the others alone', async () => {
    const { shelf, clients } = await opened();
    const first = await load(shelf, clients, A);
    const second = await load(shelf, clients, B);
    shelf.choose(first.card);
    second.client.crash(FAILURE);
    void second.card.load();
    clients.last.loaded.resolve({ ok: false, failure: FAILURE });
    await settled();
    expect(second.card.status.name).toBe('failed');
    expect(shelf.loaded).toEqual([first.card]);
    expect(first.client.calls).toEqual(['load']);
    expect(shelf.chosen?.client).toBe(first.client);
  });

  it('count when another is to be loaded beside them', async () => {
    const { shelf, clients } = await opened({ around: surroundings({ memoryGiB: 4 }) });
    const other = shelf.card(B)!;
    expect(shelf.fit(other, true).verdict).toBe('fits');
    await load(shelf, clients, A);
    expect(shelf.fit(other, true).reason).toMatch(/beside the loaded models/);
    expect(shelf.fit(other).verdict).toBe('fits');
  });
});

describe('the model for runs', () => {
  it('is the reader until a loaded one is chosen', async () => {
    const { shelf, clients, chosen } = await opened();
    expect(shelf.chosen).toBeUndefined();
    shelf.choose(shelf.card(A));
    expect(shelf.chosen).toBeUndefined();
    const { card, client } = await load(shelf, clients, A);
    shelf.choose(card);
    expect(shelf.chosen).toEqual({
      key: A,
      name: 'Alpha-1B',
      source: { engine: 'webllm', model: 'Alpha-1B-q4f16_1-MLC' },
      description: { ...DESCRIPTION, id: A },
      client,
    });
    shelf.choose(undefined);
    expect(chosen).toEqual([A, undefined]);
  });

  it('is never one for embeddings', async () => {
    const { shelf, clients } = await opened();
    const { card } = await load(shelf, clients, 'webllm:Embed-q0f32-MLC');
    shelf.choose(card);
    expect(shelf.chosen).toBeUndefined();
  });

  it('that breaks is told, and is in use again once it is loaded again', async () => {
    const { shelf, clients, chosen, lost } = await opened();
    const { card, client } = await load(shelf, clients, A);
    shelf.choose(card);
    client.crash(FAILURE);
    expect(shelf.chosen).toBeUndefined();
    expect(shelf.lost).toBe('Alpha-1B');
    expect(lost).toEqual([A]);
    await load(shelf, clients, A);
    expect(shelf.lost).toBeUndefined();
    expect(shelf.chosen?.client).toBe(clients.last);
    expect(chosen).toEqual([A]);
  });

  it('that is unloaded on purpose gives way to the reader', async () => {
    const { shelf, clients, chosen, lost } = await opened();
    const { card } = await load(shelf, clients, A);
    shelf.choose(card);
    await card.unload();
    expect(shelf.lost).toBeUndefined();
    expect(chosen).toEqual([A, undefined]);
    expect(lost).toEqual([]);
  });
});

describe('the models that are loaded', () => {
  it('are told whenever one comes or goes, without those for embeddings', async () => {
    const { shelf, clients, answering } = await opened();
    const alpha = await load(shelf, clients, A);
    await load(shelf, clients, 'webllm:Embed-q0f32-MLC');
    const beta = await load(shelf, clients, B);
    shelf.choose(alpha.card);
    beta.client.crash(FAILURE);
    await alpha.card.unload();
    expect(answering).toEqual([[A], [A], [A, B], [A], []]);
  });
});

describe('what the visitor adds', () => {
  it('is there again after a reload, and goes with its files', async () => {
    const { shelf, storage } = await opened();
    shelf.add(GGUF);
    const again = await opened({ storage: () => storage });
    again.clients.files.set('mine', { bytes: 5e6, complete: true });
    const card = again.shelf.card(GGUF.key)!;
    await card.check();
    expect(card.status).toEqual({ name: 'here', bytes: 5e6 });
    await again.shelf.forget(card);
    expect(again.clients.files.size).toBe(0);
    expect(again.shelf.card(GGUF.key)).toBeUndefined();
    expect((await opened({ storage: () => storage })).shelf.card(GGUF.key)).toBeUndefined();
  });

  it('stays while its files cannot be deleted', async () => {
    const { shelf, clients } = await opened();
    clients.files.set('mine', { bytes: 5e6, complete: true });
    clients.removal = { ok: false, failure: FAILURE };
    const card = shelf.add(GGUF);
    await settled();
    await shelf.forget(card);
    expect(shelf.card(GGUF.key)).toBe(card);
  });

  it('does not disturb a model that is loaded', async () => {
    const { shelf, clients } = await opened();
    shelf.add(GGUF);
    const { card } = await load(shelf, clients, GGUF.key);
    expect(shelf.add(GGUF)).toBe(card);
  });

  it('keeps a key out of the list, and takes up one that was kept', async () => {
    const server = { baseUrl: 'http://localhost:8080/v1', model: 'm', slots: 2 };
    const { shelf, storage } = await opened();
    const card = shelf.add(entry(serverEntry({ ...server, key: 'secret' }, BASE)));
    expect(card.entry.source).toMatchObject({ key: 'secret', slots: 2 });
    expect(JSON.stringify(storage.entries)).not.toContain('secret');
    shelf.keys.keep(server.baseUrl, 'kept');
    const again = await opened({ storage: () => storage });
    expect(again.shelf.card(card.entry.key)?.entry.source).toMatchObject({ key: 'kept' });
  });

  it('says what is wrong with a file', async () => {
    const { shelf } = await opened();
    expect(await shelf.addFile(new File(['<html>'], 'x.gguf'))).toMatch(/does not begin/);
    const card = await shelf.addFile(new File(['GGUF....'], 'mine.gguf'));
    expect(card).toMatchObject({ status: { name: 'here' }, entry: { name: 'mine' } });
  });
});

describe('builds that share their files', () => {
  it('are looked up again when one of them comes or goes', async () => {
    const url = 'https://models.example/shared';
    const { shelf, clients } = await opened({
      webllm: async () => [
        listing('Alpha-1B-q4f16_1-MLC', { url }),
        listing('Alpha-1B-q4f16_1-MLC-1k', { url }),
      ],
    });
    const both = { bytes: 7e6, complete: true };
    void shelf.card(A)!.download();
    clients.files.set('Alpha-1B-q4f16_1-MLC', both).set('Alpha-1B-q4f16_1-MLC-1k', both);
    clients.last.downloaded.resolve({ ok: true, value: both });
    await settled();
    expect(shelf.card(`${A}-1k`)?.status).toEqual({ name: 'here', bytes: 7e6 });
  });
});

describe('the browser’s own model', () => {
  it('is asked for where the browser knows of it', async () => {
    expect(await browserModelAvailability({})).toBe('unavailable');
    const LanguageModel = { availability: async () => 'available' as const };
    expect(await browserModelAvailability({ LanguageModel })).toBe('available');
  });
});

describe('announcements', () => {
  it('tell what became of a model, failures with what to do', async () => {
    const { shelf, clients } = await opened();
    const { client } = await load(shelf, clients, A);
    client.crash(FAILURE);
    expect(shelf.announcer.latest.map(({ text }) => text)).toEqual([
      'Alpha-1B is loaded.',
      'The GPU ran out of memory. Close other tabs or choose a smaller model.',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { ggufEntry } from './added-entries';
import { ModelShelf } from './model-shelf.svelte';
import { ShelfList } from './shelf-list.svelte';
import {
  adapter,
  DESCRIPTION,
  FakeModelClients,
  listing,
  memoryStorage,
  settled,
  surroundings,
} from './testing/fake-models';
import type { Surroundings } from './capabilities';

const MANY = [
  ...['SmolLM2-360M-Instruct', 'Llama-3.2-1B-Instruct', 'Qwen2.5-1.5B-Instruct'].map((id, i) =>
    listing(`${id}-q4f16_1-MLC`, { vramMB: 400 + 700 * i }),
  ),
  listing('Llama-3.1-70B-Instruct-q3f16_1-MLC', { vramMB: 31153 }),
  listing('Vision-4B-q4f32_1-MLC', { vramMB: 3000, type: 'vlm', licence: 'MIT' }),
  ...Array.from({ length: 20 }, (_, i) =>
    listing(`Odd${i}-1B-q4f32_1-MLC`, { vramMB: 1000 + i, family: 'Odd' }),
  ),
];

async function opened(around: Surroundings = surroundings()) {
  const clients = new FakeModelClients();
  clients.files.set('Odd7-1B-q4f32_1-MLC', { bytes: 1e6, complete: true });
  const storage = memoryStorage();
  const shelf = new ModelShelf({
    clients,
    around,
    webllm: async () => MANY,
    fetchText: async () => undefined,
    storage: () => storage,
    base: 'https://site.example/',
  });
  const list = new ShelfList(shelf);
  await shelf.open();
  return { shelf, list, clients };
}
const names = ({ shown }: ShelfList): string[] => shown.map(({ entry }) => entry.name);

describe('ShelfList', () => {
  it('shows what is here and what is recommended, and the rest when asked', async () => {
    const { list } = await opened();
    expect(names(list)).toEqual(['Odd7-1B', 'Qwen2.5-1.5B-Instruct', 'Llama-3.2-1B-Instruct']);
    expect(list.more).toBe(true);
    expect(list.count).toBe(MANY.length - 1);
    list.showAll(true);
    expect(list.shown).toHaveLength(MANY.length - 1);
    expect(names(list).slice(3, 6)).toEqual(['SmolLM2-360M-Instruct', 'Odd0-1B', 'Odd1-1B']);
  });

  it('hides what does not fit unless asked', async () => {
    const { list } = await opened();
    list.set({ query: '70b' });
    expect(names(list)).toEqual([]);
    expect(list.unfit).toBe(1);
    list.set({ fits: false });
    expect(list.unfit).toBe(0);
    expect(names(list)).toEqual(['Llama-3.1-70B-Instruct']);
  });

  it('searches all words in name, family, size and licence', async () => {
    const { list } = await opened();
    list.set({ query: 'vision mit' });
    expect(names(list)).toEqual(['Vision-4B']);
    list.set({ query: 'ODD f32' });
    expect(list.count).toBe(20);
    expect(list.shown).toHaveLength(12);
    list.set({ query: 'odd mit' });
    expect(list.count).toBe(0);
  });

  it('filters by family, type and what is on this machine', async () => {
    const { list } = await opened();
    expect(list.families).toEqual(['Llama', 'Odd', 'Qwen2.5', 'SmolLM2', 'Vision']);
    list.set({ family: 'Llama' });
    expect(names(list)).toEqual(['Llama-3.2-1B-Instruct']);
    list.set({ family: '', type: 'vision' });
    expect(names(list)).toEqual(['Vision-4B']);
    list.set({ type: '', here: true });
    expect(names(list)).toEqual(['Odd7-1B']);
    list.reset();
    expect(names(list)).toHaveLength(3);
  });

  it('moves no card because of what the card does', async () => {
    const { list, shelf, clients } = await opened();
    list.set({ family: 'Odd' });
    const before = names(list);
    const card = shelf.card('webllm:Odd19-1B-q4f32_1-MLC')!;
    void card.load();
    clients.last.loaded.resolve({ ok: true, value: DESCRIPTION });
    await settled();
    expect(card.status.name).toBe('ready');
    expect(names(list)).toEqual(before);
    list.set({ family: '', here: true });
    expect(names(list)).toEqual(['Odd7-1B', 'Odd19-1B']);
    await shelf.card('webllm:Odd7-1B-q4f32_1-MLC')!.remove();
    expect(names(list)).toEqual(['Odd7-1B', 'Odd19-1B']);
  });

  it('shows the card a button leads to, whatever the filters say, and points at it once', async () => {
    const { list } = await opened();
    const key = 'webllm:Llama-3.1-70B-Instruct-q3f16_1-MLC';
    list.reveal(key);
    expect(names(list)[0]).toBe('Llama-3.1-70B-Instruct');
    expect(list.spotlight).toEqual({ key });
    list.arrived();
    expect(list.spotlight).toBeUndefined();
    list.set({ query: 'smol' });
    expect(names(list)).toEqual(['SmolLM2-360M-Instruct']);
  });

  it('puts what the visitor adds first', async () => {
    const { list, shelf } = await opened();
    const added = ggufEntry({ url: 'https://a.example/mine.gguf' }, 'https://site.example/');
    if (added.ok) shelf.add(added.value);
    expect(names(list)[0]).toBe('mine');
  });

  it('shows none where nothing fits, and all with their reasons when asked', async () => {
    const { list } = await opened(
      surroundings({ gpu: { requestAdapter: async () => adapter({ software: true }) } }),
    );
    // What is here already is never hidden.
    expect(names(list)).toEqual(['Odd7-1B']);
    list.set({ fits: false });
    expect(list.count).toBe(MANY.length);
  });
});

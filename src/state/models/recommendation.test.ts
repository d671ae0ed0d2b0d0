import { describe, expect, it } from 'vitest';
import type { Capabilities } from './capabilities';
import { webllmEntry, type ModelEntry } from './model-entry';
import { recommend } from './recommendation';
import { listing, MACHINE } from './testing/fake-models';

const both = (id: string, mb: number): ModelEntry[] => [
  webllmEntry(listing(`${id}-q4f32_1-MLC`, { vramMB: mb * 1.3 })),
  webllmEntry(listing(`${id}-q4f16_1-MLC`, { vramMB: mb })),
];
const ENTRIES = [
  ...both('Llama-3.2-1B-Instruct', 879),
  ...both('Qwen2.5-1.5B-Instruct', 1630),
  ...both('Llama-3.2-3B-Instruct', 2264),
  ...both('SmolLM2-360M-Instruct', 376),
  ...both('Strange-2B', 1900),
];
const CPU: ModelEntry = {
  key: 'wllama:site',
  source: { engine: 'wllama', model: 'Small', file: { url: 'https://a.example/models/a.gguf' } },
  name: 'Small',
  place: 'download',
  origin: 'site',
  type: 'chat',
  downloadBytes: 94e6,
  memoryBytes: 113e6,
};
const { gpu: _, ...withoutGpu } = MACHINE;
const machine = (change: Partial<Capabilities>): Capabilities => ({ ...MACHINE, ...change });

describe('recommend', () => {
  it('takes the largest of the ladder that needs at most half, and its neighbours', () => {
    const { picks, reason } = recommend(ENTRIES, MACHINE);
    expect([...picks]).toEqual([
      ['webllm:Qwen2.5-1.5B-Instruct-q4f16_1-MLC', 'Recommended'],
      ['webllm:Llama-3.2-1B-Instruct-q4f16_1-MLC', 'Smaller and faster'],
      ['webllm:Llama-3.2-3B-Instruct-q4f16_1-MLC', 'Larger'],
    ]);
    expect(reason).toMatch(/1\.6 GB of about 4\.3 GB.*16-bit numbers, so the smaller build/);
  });

  it('takes 32-bit builds where the GPU has no 16-bit numbers', () => {
    const { picks, reason } = recommend(ENTRIES, machine({ gpu: { ...MACHINE.gpu!, f16: false } }));
    expect([...picks.keys()][0]).toBe('webllm:Qwen2.5-1.5B-Instruct-q4f32_1-MLC');
    expect(reason).toMatch(/32-bit build/);
  });

  it('goes down with the memory and with the largest block of the GPU', () => {
    const little = recommend(ENTRIES, machine({ memoryBytes: 2 * 2 ** 30 }));
    expect([...little.picks.keys()][0]).toBe('webllm:SmolLM2-360M-Instruct-q4f16_1-MLC');
    const phone = recommend(
      ENTRIES,
      machine({ gpu: { ...MACHINE.gpu!, maxBindingBytes: 2 ** 27 } }),
    );
    expect([...phone.picks.keys()][0]).toBe('webllm:SmolLM2-360M-Instruct-q4f16_1-MLC');
  });

  it('says so where even the smallest needs more than half', () => {
    const { reason } = recommend(ENTRIES, machine({ memoryBytes: 2 ** 30 }));
    expect(reason).toMatch(/SmolLM2-360M.*more than half, so close other tabs/);
  });

  it('is the same whoever made the GPU', () => {
    const named = (name: string) => recommend(ENTRIES, machine({ gpu: { ...MACHINE.gpu!, name } }));
    expect(named('nvidia ada')).toEqual(named('apple metal-3'));
  });

  it('takes no short context, nothing for embeddings and nothing the visitor added', () => {
    const odd = [
      webllmEntry(listing('Llama-3.2-1B-Instruct-q4f16_1-MLC-1k', { contextTokens: 1024 })),
      webllmEntry(listing('embed-q0f32-MLC', { type: 'embedding' })),
      { ...webllmEntry(listing('Mine-q4f16_1-MLC')), origin: 'added' } as const,
    ];
    expect(recommend(odd, MACHINE).picks.size).toBe(0);
  });

  it('takes any that fits where the list has none of the ladder', () => {
    const { picks } = recommend(both('Strange-2B', 1900), MACHINE);
    expect([...picks.keys()][0]).toBe('webllm:Strange-2B-q4f16_1-MLC');
  });

  it('takes the site’s own model where there is no GPU, and says on how many threads', () => {
    const { picks, reason } = recommend([...ENTRIES, CPU], withoutGpu);
    expect([...picks]).toEqual([['wllama:site', 'Recommended']]);
    expect(reason).toMatch(/no GPU to use.*with 4 threads/);
    const alone = recommend([...ENTRIES, CPU], { ...withoutGpu, isolated: false });
    expect(alone.reason).toMatch(/on one thread only/);
    const software = recommend([...ENTRIES, CPU], {
      ...MACHINE,
      gpu: { ...MACHINE.gpu!, software: true },
    });
    expect([...software.picks.keys()]).toEqual(['wllama:site']);
  });

  it('falls back to the reader, a file or a server', () => {
    const { picks, reason } = recommend(ENTRIES, withoutGpu);
    expect(picks.size).toBe(0);
    expect(reason).toMatch(/^This page has no GPU.*stay with the reader/);
  });
});

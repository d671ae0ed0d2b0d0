import { describe, expect, it } from 'vitest';
import { CallCache } from './call-cache.svelte';
import { computesRight } from './card-status';
import { MODEL_PROBLEMS } from '../../core/system/chat-model';
import { webllmEntry, type ModelEntry } from './model-entry';
import { nextSmaller, remedies } from './remedies';
import { FAILURE, listing, SELF_TEST } from './testing/fake-models';

const entries = [
  webllmEntry(listing('Big-8B-q4f16_1-MLC', { vramMB: 5000 })),
  webllmEntry(listing('Big-8B-q4f32_1-MLC', { vramMB: 6000 })),
  webllmEntry(listing('Odd-3B-q4f16_1-MLC', { vramMB: 3000 })),
  webllmEntry(listing('Llama-3.2-1B-Instruct-q4f16_1-MLC', { vramMB: 900 })),
  webllmEntry(listing('Llama-3.2-1B-Instruct-q4f32_1-MLC', { vramMB: 1200 })),
  webllmEntry(listing('embed-q0f32-MLC', { vramMB: 200, type: 'embedding' })),
];
const big = entries[0]!;
const all = { entries, fits: () => true };
const names = (entry: ModelEntry, problem: (typeof MODEL_PROBLEMS)[number], during = 'load') =>
  remedies(entry, { ...FAILURE, problem }, during as 'load', all).map(({ name }) => name);

describe('remedies', () => {
  it('offer a smaller model and the processor where memory is short', () => {
    expect(remedies(big, FAILURE, 'load', all)).toEqual([
      { name: 'retry' },
      { name: 'instead', key: 'webllm:Llama-3.2-1B-Instruct-q4f16_1-MLC' },
      { name: 'cpu' },
    ]);
  });

  it('offer the 32-bit build where 16-bit numbers are missing', () => {
    expect(remedies(big, { ...FAILURE, problem: 'no-f16' }, 'load', all)).toEqual([
      { name: 'instead', key: 'webllm:Big-8B-q4f32_1-MLC' },
      { name: 'cpu' },
    ]);
  });

  it('begin a broken download anew instead of trying with it again', () => {
    expect(names(big, 'wrong-checksum')).toEqual(['again']);
    expect(names(big, 'quota', 'download')[0]).toBe('tidy');
    expect(names(big, 'network', 'download')).toEqual(['retry']);
  });

  it('lead to the server’s details where a server refuses', () => {
    const server: ModelEntry = {
      key: 's',
      source: { engine: 'openai', baseUrl: 'http://a.example/v1', model: 'm' },
      name: 'm',
      place: 'server',
      origin: 'added',
      type: 'chat',
    };
    expect(names(server, 'refused-key')).toEqual(['retry', 'server']);
    expect(names(server, 'crashed')).toEqual(['retry']);
  });

  it('are there for every problem', () => {
    for (const problem of MODEL_PROBLEMS) expect(names(big, problem), problem).not.toEqual([]);
    expect(names(big, 'unknown', 'delete')).toEqual(['retry']);
  });
});

describe('nextSmaller', () => {
  it('is of the same type, clearly smaller, fits, and is a usual one if possible', () => {
    expect(nextSmaller(big, entries, () => true)?.name).toBe('Llama-3.2-1B-Instruct');
    expect(nextSmaller(big, entries, ({ name }) => name.startsWith('Odd'))?.name).toBe('Odd-3B');
    expect(nextSmaller(entries[3]!, entries, () => true)).toBeUndefined();
    expect(nextSmaller(big, entries, () => false)).toBeUndefined();
    const onCpu = { ...entries[3]!, usesGpu: false };
    expect(nextSmaller(big, [big, onCpu], () => true)).toBeUndefined();
  });
});

describe('computesRight', () => {
  it('tells rounding from wrong numbers', () => {
    const matrix = SELF_TEST.matrix!;
    expect(computesRight(SELF_TEST)).toBe(true);
    expect(computesRight({ ...SELF_TEST, matrix: { ...matrix, largestDifference: 0.5 } })).toBe(
      false,
    );
    expect(
      computesRight({ ...SELF_TEST, matrix: { ...matrix, largestDifference: Number.NaN } }),
    ).toBe(false);
  });
});

describe('CallCache', () => {
  it('shows the figures after each change, and says so where there are none', async () => {
    let entries = 3;
    const port = {
      stats: async () => ({ entries, bytes: 10, limitBytes: 100, hits: 1 }),
      clear: async () => void (entries = 0),
    };
    const cache = new CallCache(port);
    await cache.refresh();
    expect(cache.stats?.entries).toBe(3);
    await cache.clear();
    expect(cache.stats?.entries).toBe(0);
    port.stats = () => Promise.reject(new Error('denied'));
    await cache.refresh();
    expect(cache.problem).toMatch(/could not be read/);
  });
});

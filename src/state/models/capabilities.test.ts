import { afterEach, describe, expect, it, vi } from 'vitest';
import { detectCapabilities, detectStorage } from './capabilities';
import { Machine } from './machine.svelte';
import { adapter, surroundings } from './testing/fake-models';

afterEach(() => vi.useRealTimers());

describe('detectCapabilities', () => {
  it('tells what the browser tells', async () => {
    expect(await detectCapabilities(surroundings())).toEqual({
      gpu: {
        name: 'acme one',
        software: false,
        f16: true,
        maxBufferBytes: 2 ** 32,
        maxBindingBytes: 2 ** 31 - 4,
      },
      cores: 8,
      memoryBytes: 8 * 2 ** 30,
      isolated: true,
      storage: { quotaBytes: 50e9, usedBytes: 1e9, kept: false },
      wasm: { simd: true, threads: true, memory64: true },
    });
  });

  it('marks a software adapter, wherever the browser says so', async () => {
    const now = await detectCapabilities(
      surroundings({ gpu: { requestAdapter: async () => adapter({ software: true }) } }),
    );
    expect(now.gpu?.software).toBe(true);
    const { features, limits } = adapter({ f16: false });
    const before = await detectCapabilities(
      surroundings({
        gpu: { requestAdapter: async () => ({ features, limits, isFallbackAdapter: true }) },
      }),
    );
    expect(before.gpu).toMatchObject({ software: true, f16: false, name: '' });
  });

  it('says why there is no GPU', async () => {
    const { gpu: _, ...none } = surroundings();
    expect((await detectCapabilities(none)).noGpu).toMatch(/has no WebGPU/);
    expect((await detectCapabilities({ ...none, secure: false })).noGpu).toMatch(/https/);
    const nothing = surroundings({ gpu: { requestAdapter: async () => null } });
    expect((await detectCapabilities(nothing)).noGpu).toMatch(/found no GPU/);
    const broken = surroundings({ gpu: { requestAdapter: () => Promise.reject(new Error('no')) } });
    expect((await detectCapabilities(broken)).noGpu).toMatch(/gave none/);
  });

  it('does not wait for ever for a driver', async () => {
    vi.useFakeTimers();
    const around = surroundings({ gpu: { requestAdapter: () => new Promise(() => undefined) } });
    const detecting = detectCapabilities(around);
    await vi.advanceTimersByTimeAsync(8_000);
    expect((await detecting).noGpu).toMatch(/gave none/);
  });

  it('takes storage that refuses to answer for storage that is not told', async () => {
    const { storage } = surroundings();
    const refusing = { ...storage!, estimate: () => Promise.reject(new Error('denied')) };
    expect(await detectStorage({ storage: refusing })).toBeUndefined();
    expect(await detectStorage({})).toBeUndefined();
  });

  it('asks for the features of WebAssembly with modules that this engine can judge', async () => {
    const around = surroundings({ validates: (module) => WebAssembly.validate(module) });
    const { wasm } = await detectCapabilities(around);
    expect(wasm).toMatchObject({ simd: true, threads: true });
    const none = await detectCapabilities(surroundings({ validates: () => false }));
    expect(none.wasm).toEqual({ simd: false, threads: false, memory64: false });
  });
});

describe('Machine', () => {
  it('asks to keep the files, and says when the browser does not agree', async () => {
    let kept = false;
    const storage = {
      estimate: async () => ({ quota: 10, usage: 1 }),
      persisted: async () => kept,
      persist: async () => kept,
    };
    const machine = new Machine(surroundings({ storage }));
    await machine.detect();
    await machine.keepFiles();
    expect(machine.refused).toBe(true);
    expect(machine.capabilities?.storage?.kept).toBe(false);
    kept = true;
    await machine.keepFiles();
    expect(machine.refused).toBe(false);
    expect(machine.capabilities?.storage?.kept).toBe(true);
  });
});

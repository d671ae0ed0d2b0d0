import { describe, expect, it } from 'vitest';
import type { Capabilities } from './capabilities';
import { fitOf, hasGpu, memoryForModels } from './fit';
import { webllmEntry, type ModelEntry } from './model-entry';
import { listing, MACHINE } from './testing/fake-models';

const GIB = 2 ** 30;
const gpu = (change: Partial<Capabilities['gpu'] & object>): Capabilities => ({
  ...MACHINE,
  gpu: { ...MACHINE.gpu!, ...change },
});
const F16 = webllmEntry(listing('Tiny-1B-q4f16_1-MLC'));
const F32 = webllmEntry(listing('Tiny-1B-q4f32_1-MLC'));
const FILE: ModelEntry = {
  key: 'file:a',
  source: { engine: 'wllama', model: 'a', file: { url: 'https://a.example/a.gguf' } },
  name: 'a',
  place: 'file',
  origin: 'added',
  type: 'chat',
  memoryBytes: 1e9,
};

describe('memoryForModels', () => {
  it('is half of the memory, and on the GPU no more than eight of its largest blocks', () => {
    expect(memoryForModels(MACHINE, true)).toBe(4 * GIB);
    expect(memoryForModels(gpu({ maxBindingBytes: GIB / 8 }), true)).toBe(GIB);
    expect(memoryForModels(gpu({ maxBindingBytes: GIB / 8 }), false)).toBe(4 * GIB);
    expect(memoryForModels({ ...MACHINE, memoryBytes: 32 * GIB }, false)).toBe(4 * GIB);
  });

  it('is a cautious guess where the browser does not tell the memory', () => {
    const { memoryBytes: _, ...untold } = MACHINE;
    expect(memoryForModels(untold, true)).toBe(2 * GIB);
  });
});

describe('fitOf', () => {
  it('lets a model fit that has what it needs', () => {
    expect(fitOf(F16, MACHINE)).toEqual({ verdict: 'fits' });
  });

  it('takes a GPU that is computed by the processor, or too small, for none', () => {
    expect(hasGpu(MACHINE)).toBe(true);
    for (const machine of [gpu({ software: true }), gpu({ maxBindingBytes: 2 ** 26 })]) {
      expect(hasGpu(machine)).toBe(false);
      expect(fitOf(F32, machine).verdict).toBe('no');
    }
    const { gpu: _, ...without } = MACHINE;
    expect(fitOf(F32, { ...without, noGpu: 'There is none.' }).reason).toMatch(/There is none\.$/);
  });

  it('names the f32 build where 16-bit numbers are missing', () => {
    const machine = gpu({ f16: false });
    expect(fitOf(F16, machine, { all: [F16, F32] })).toEqual({
      verdict: 'no',
      reason:
        'It needs 16-bit numbers (f16), which this GPU lacks. The q4f32_1 build does without.',
      instead: F32.key,
    });
    expect(fitOf(F16, machine, { all: [F16] }).instead).toBeUndefined();
    expect(fitOf(F32, machine).verdict).toBe('fits');
  });

  it('holds a block that is known to the limit of the GPU', () => {
    const large = { ...F16, bufferBytes: 262_144_000 };
    expect(fitOf(large, gpu({ maxBindingBytes: 2 ** 28 })).verdict).toBe('fits');
    expect(fitOf(large, gpu({ maxBindingBytes: 2 ** 27 })).reason).toMatch(/262 MB.*134 MB/);
  });

  it('warns of memory and storage without forbidding', () => {
    const big = { ...F16, memoryBytes: 6e9 };
    expect(fitOf(big, MACHINE)).toMatchObject({ verdict: 'tight' });
    expect(fitOf(big, MACHINE).reason).toMatch(/6\.0 GB.*4\.3 GB/);
    const wide = { ...F16, downloadBytes: 9.5e9 };
    expect(fitOf(wide, MACHINE).reason).toMatch(/9\.5 GB of storage.*9\.0 GB more/);
    expect(fitOf(wide, MACHINE, { storedBytes: 1e9 }).verdict).toBe('fits');
  });

  it('counts what loaded models take', () => {
    expect(fitOf(F16, MACHINE, { loadedBytes: 3e9 }).verdict).toBe('fits');
    expect(fitOf(F16, MACHINE, { loadedBytes: 3.6e9 }).reason).toMatch(/beside the loaded/);
  });

  it('asks no GPU of a model on the processor, and nothing of a server', () => {
    const { gpu: _, ...without } = MACHINE;
    expect(fitOf(FILE, without).verdict).toBe('fits');
    expect(fitOf({ ...FILE, memoryBytes: 5e9 }, without).verdict).toBe('tight');
    expect(fitOf({ ...FILE, place: 'server' }, without).verdict).toBe('free');
  });
});

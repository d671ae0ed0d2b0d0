import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { requireGpu, watchDevices } from './gpu';
import { targetOf } from './source';
import { fakeBrowser, SOURCE, type FakeBrowser } from './testing/fake-browser';

let browser: FakeBrowser;
beforeEach(() => {
  browser = fakeBrowser();
});
afterEach(() => vi.unstubAllGlobals());

const target = targetOf(SOURCE);

describe('what a model needs of the GPU', () => {
  it('is there', async () => {
    await requireGpu(target, true);
  });

  it.each([
    ['no WebGPU', undefined, /does not have/],
    ['no adapter', { requestAdapter: async () => null }, /offers no graphics card/],
  ])('is missing with %s', async (_, gpu, words) => {
    vi.stubGlobal('navigator', { gpu });
    const refused = requireGpu(target, false);
    await expect(refused).rejects.toMatchObject({ problem: 'no-webgpu', lasting: true });
    await expect(refused).rejects.toThrow(words);
  });

  it('is missing on a site without https, which is said', async () => {
    vi.stubGlobal('navigator', {});
    vi.stubGlobal('isSecureContext', false);
    await expect(requireGpu(target, false)).rejects.toThrow(/https/);
  });

  it('names the twin where the adapter has no 16-bit floats', async () => {
    browser.features.clear();
    await requireGpu(target, false);
    const listed = targetOf({ model: 'Qwen2.5-0.5B-Instruct-q4f16_1-MLC' });
    await expect(requireGpu(listed, true)).rejects.toMatchObject({
      problem: 'no-f16',
      advice: expect.stringContaining('Qwen2.5-0.5B-Instruct-q4f32_1-MLC'),
    });
    await expect(requireGpu(target, true)).rejects.toMatchObject({
      problem: 'no-f16',
      advice: expect.stringContaining('f32'),
    });
  });

  it('is larger than the adapter allows', async () => {
    browser.limits['maxStorageBufferBindingSize'] = 1 << 27;
    await requireGpu(target, false);
    const large = targetOf({ model: 'gemma-2b-it-q4f32_1-MLC' });
    await expect(requireGpu(large, false)).rejects.toMatchObject({
      problem: 'unsupported',
      message: expect.stringContaining('maxStorageBufferBindingSize of 262144000'),
    });
  });
});

describe('a device', () => {
  interface Lost {
    reason: 'destroyed' | 'unknown';
    message: string;
  }

  function adapters() {
    const devices: { lose: (info: Lost) => void; destroyed: boolean }[] = [];
    class GPUAdapter {
      async requestDevice() {
        let lose: (info: Lost) => void = () => undefined;
        const lost = new Promise<Lost>((resolve) => (lose = resolve));
        const device = { lost, lose, destroyed: false, destroy: () => (device.destroyed = true) };
        devices.push(device);
        return device;
      }
    }
    vi.stubGlobal('GPUAdapter', GPUAdapter);
    return { devices, adapter: new GPUAdapter() };
  }

  it.each([
    ['unknown', 'device-lost'],
    // WebLLM destroys its device when it can't have a buffer.
    ['destroyed', 'out-of-memory'],
  ] as const)('that is lost (%s) ends what waits for it as %s', async (reason, problem) => {
    const { adapter, devices } = adapters();
    const watch = watchDevices('Tiny');
    await adapter.requestDevice();
    expect(watch.failure()).toBeUndefined();
    devices[0]!.lose({ reason, message: 'why' });
    await expect(watch.lost).rejects.toMatchObject({ problem, lasting: true });
    expect(watch.failure()).toMatchObject({ problem });
    watch.ignoreOthers();
  });

  it('is destroyed when the model is given up, and that is no loss', async () => {
    const { adapter, devices } = adapters();
    const watch = watchDevices('Tiny');
    await adapter.requestDevice();
    watch.ignoreOthers();
    await adapter.requestDevice();
    watch.release();
    devices[0]!.lose({ reason: 'destroyed', message: '' });
    await Promise.resolve();
    expect(devices.map(({ destroyed }) => destroyed)).toEqual([true, false]);
    expect(watch.failure()).toBeUndefined();
  });
});

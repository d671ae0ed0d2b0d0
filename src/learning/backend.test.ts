import { describe, expect, it } from 'vitest';
import { cpuBackend, pickBackend, type BackendCandidate } from './backend';

const broken: BackendCandidate = {
  name: 'webgpu',
  prepare: () => Promise.reject(new Error('no adapter here')),
};

describe('picking a backend', () => {
  it('measures the one that was asked for', async () => {
    const { backend, measured, reason } = await pickBackend([cpuBackend], 8);
    expect(backend).toBe('cpu');
    expect(measured['cpu']).toBeGreaterThan(0);
    expect(reason).toMatch(/^Asked for: cpu \d+\.\d ms a training step\.$/);
  });

  it('goes on with the next when one does not run, and says why', async () => {
    const { backend, measured, reason } = await pickBackend([broken, cpuBackend], 8);
    expect(backend).toBe('cpu');
    expect(Object.keys(measured)).toEqual(['cpu']);
    expect(reason).toContain('Not used: webgpu: no adapter here.');
  });

  it("lists every backend's reason when none runs", async () => {
    await expect(pickBackend([broken, { ...broken, name: 'wasm' }], 8)).rejects.toThrow(
      /webgpu: no adapter here; wasm: no adapter here/,
    );
  });
});

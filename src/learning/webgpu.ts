/** The WebGPU backend, loaded only where there is a real adapter. Browser only. */
import type { BackendCandidate } from './backend';

export const webgpuBackend: BackendCandidate = {
  name: 'webgpu',
  async prepare() {
    const adapter = await navigator.gpu?.requestAdapter();
    if (!adapter) throw new Error('no WebGPU adapter');
    // Measured on a software adapter: 156 ms a step where wasm takes 1.4 ms.
    if (adapter.info.isFallbackAdapter) throw new Error('only a software adapter');
    await import('@tensorflow/tfjs-backend-webgpu');
  },
};

/**
 * What this machine can run, as far as a browser tells. Nothing here asks who made it: a model
 * fits or does not because of limits.
 */
import { wasmFeatures, type WasmFeatures } from './wasm-features';
import { within } from './within';

export interface GpuCapabilities {
  /** For people; empty where the browser does not tell. */
  readonly name: string;
  /** Computed by the processor in place of a GPU: counts as no GPU. */
  readonly software: boolean;
  /** Computes with 16-bit floating point numbers (`shader-f16`). */
  readonly f16: boolean;
  readonly maxBufferBytes: number;
  /** The largest block that one computation can see (`maxStorageBufferBindingSize`). */
  readonly maxBindingBytes: number;
}

export interface StorageCapabilities {
  readonly quotaBytes: number;
  readonly usedBytes: number;
  /** Whether the browser promised not to evict the files. */
  readonly kept: boolean;
}

export interface Capabilities {
  readonly gpu?: GpuCapabilities;
  /** Where there is no adapter, why, as a sentence. */
  readonly noGpu?: string;
  readonly cores?: number;
  /** As the browser tells it: rounded, and often capped at 8 or 32. */
  readonly memoryBytes?: number;
  /** Cross-origin isolation, which threads in WebAssembly need. */
  readonly isolated: boolean;
  readonly storage?: StorageCapabilities;
  readonly wasm: WasmFeatures;
}

interface Adapter {
  readonly info?: Partial<GPUAdapterInfo>;
  /** Where browsers had it before it moved to `info`. */
  readonly isFallbackAdapter?: boolean;
  readonly features: Pick<ReadonlySet<string>, 'has'>;
  readonly limits: Pick<GPUSupportedLimits, 'maxBufferSize' | 'maxStorageBufferBindingSize'>;
}

/** The parts of the browser that are asked; a test brings its own. */
export interface Surroundings {
  readonly gpu?: { requestAdapter(options?: object): Promise<Adapter | null> };
  readonly cores?: number;
  /** `navigator.deviceMemory`, in GiB. */
  readonly memoryGiB?: number;
  readonly isolated: boolean;
  /** Opened over https or from this machine; browsers offer WebGPU and storage nowhere else. */
  readonly secure: boolean;
  readonly storage?: Pick<StorageManager, 'estimate' | 'persisted' | 'persist'>;
  readonly validates: (module: Uint8Array<ArrayBuffer>) => boolean;
}

/** How long a driver may take, in ms. */
const PATIENCE = 8_000;

export async function detectCapabilities(around: Surroundings): Promise<Capabilities> {
  const [gpu, storage] = await Promise.all([detectGpu(around), detectStorage(around)]);
  return {
    ...gpu,
    ...(around.cores !== undefined && { cores: around.cores }),
    ...(around.memoryGiB !== undefined && { memoryBytes: around.memoryGiB * 2 ** 30 }),
    isolated: around.isolated,
    ...(storage && { storage }),
    wasm: wasmFeatures(around.validates),
  };
}

/** @returns `undefined` where the browser does not tell, as in some private windows */
export async function detectStorage({
  storage,
}: Pick<Surroundings, 'storage'>): Promise<StorageCapabilities | undefined> {
  try {
    const [{ quota, usage } = {}, kept] = await Promise.all([
      storage?.estimate(),
      storage?.persisted(),
    ]);
    return quota === undefined
      ? undefined
      : { quotaBytes: quota, usedBytes: usage ?? 0, kept: kept ?? false };
  } catch {
    return undefined;
  }
}

async function detectGpu({
  gpu,
  secure,
}: Surroundings): Promise<Pick<Capabilities, 'gpu' | 'noGpu'>> {
  if (gpu === undefined) {
    return {
      noGpu: secure
        ? 'This browser has no WebGPU, which is how a page reaches the GPU.'
        : 'Browsers offer the GPU only to pages that are opened over https or from this machine.',
    };
  }
  try {
    const adapter = await within(
      PATIENCE,
      gpu.requestAdapter({ powerPreference: 'high-performance' }),
    );
    return adapter
      ? { gpu: described(adapter) }
      : { noGpu: 'This browser has WebGPU but found no GPU it can use.' };
  } catch {
    return { noGpu: 'The browser was asked for a GPU and gave none.' };
  }
}

function described({ info, isFallbackAdapter, features, limits }: Adapter): GpuCapabilities {
  const name = info?.description || [info?.vendor, info?.architecture].filter(Boolean).join(' ');
  return {
    name: name.slice(0, 80),
    software: info?.isFallbackAdapter ?? isFallbackAdapter ?? false,
    f16: features.has('shader-f16'),
    maxBufferBytes: limits.maxBufferSize,
    maxBindingBytes: limits.maxStorageBufferBindingSize,
  };
}

/** The browser the page runs in. */
export function browserSurroundings(): Surroundings {
  const { gpu, hardwareConcurrency, storage } = navigator as Navigator & {
    readonly gpu?: GPU;
    readonly storage?: StorageManager;
  };
  const { deviceMemory } = navigator as { readonly deviceMemory?: number };
  return {
    ...(gpu && { gpu }),
    ...(hardwareConcurrency > 0 && { cores: hardwareConcurrency }),
    ...(deviceMemory !== undefined && { memoryGiB: deviceMemory }),
    isolated: globalThis.crossOriginIsolated,
    secure: globalThis.isSecureContext,
    ...(storage && { storage }),
    validates: (module) => WebAssembly.validate(module),
  };
}

/** What a model needs of WebGPU, asked before gigabytes are downloaded, and whether it is lost. */
import { ModelError } from '../../core/system/chat-model';
import { f32Twin } from './prebuilt';
import { models } from './models';
import type { Target } from './source';

/** What WebLLM asks of every adapter (`detectGPUDevice`); less ends in an error after the download. */
const LIMITS = {
  maxComputeWorkgroupStorageSize: 32 << 10,
  maxStorageBuffersPerShaderStage: 10,
  maxStorageBufferBindingSize: 1 << 27,
  maxBufferSize: 1 << 28,
} as const;

const OTHER = 'choose a model that runs on the CPU';

/** @throws ModelError when there is no adapter, or not one this model can run on */
export async function requireGpu(
  { name, listed }: Target,
  needsF16: boolean,
  gpu: GPU | undefined = (globalThis.navigator as Navigator | undefined)?.gpu,
): Promise<void> {
  if (gpu === undefined) {
    throw new ModelError(
      'no-webgpu',
      `${name} needs WebGPU, which this browser does not have${insecure() ? ' for sites that are not served over https' : ''}.`,
      `Use a current Chrome, Edge, Safari or Firefox, or ${OTHER}.`,
      true,
    );
  }
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) {
    throw new ModelError(
      'no-webgpu',
      `${name} needs WebGPU; this browser has it, but offers no graphics card.`,
      `Turn on hardware acceleration in its settings and update the graphics driver, or ${OTHER}.`,
      true,
    );
  }
  if (needsF16 && !adapter.features.has('shader-f16')) {
    const twin = f32Twin(name, models);
    throw new ModelError(
      'no-f16',
      `${name} computes in 16-bit floats, which this browser or graphics card does not offer.`,
      twin
        ? `Choose ${twin.id}: the same model in 32-bit floats, and larger.`
        : 'Choose a model with f32 in its name.',
      true,
    );
  }
  const needed = { ...LIMITS, maxStorageBufferBindingSize: listed?.bufferBytes ?? 1 << 27 };
  for (const [limit, least] of Object.entries(needed) as [keyof typeof LIMITS, number][]) {
    if (adapter.limits[limit] >= least) continue;
    throw new ModelError(
      'unsupported',
      `${name} needs ${limit} of ${least}; this graphics card offers ${adapter.limits[limit]}.`,
      `Choose a smaller model, or ${OTHER}.`,
      true,
    );
  }
}

function insecure(): boolean {
  return (globalThis as { isSecureContext?: boolean }).isSecureContext === false;
}

export interface DeviceWatch {
  /** Rejects with a ModelError when a device is lost that was not given up on purpose. */
  readonly lost: Promise<never>;
  /** The same once it has happened. */
  failure(): ModelError | undefined;
  /** No further devices are watched; those that are, stay so. */
  ignoreOthers(): void;
  /** Destroys the devices: WebLLM leaves its own behind when a load fails. */
  release(): void;
}

/**
 * WebLLM keeps its device to itself, and when it is lost disposes the model under whatever runs:
 * the call then fails with the first object it misses, or waits for ever. So the devices asked for
 * while a model is loaded are listened to here.
 */
export function watchDevices(name: string): DeviceWatch {
  let failure: ModelError | undefined;
  let released = false;
  const devices: GPUDevice[] = [];
  let reject: (error: ModelError) => void = () => undefined;
  const lost = new Promise<never>((_, no) => (reject = no));
  // Often nobody waits at that moment.
  lost.catch(() => undefined);
  const hear = ({ reason, message }: GPUDeviceLostInfo): void => {
    if (released) return;
    failure ??= lostDevice(name, reason, message);
    reject(failure);
  };
  const adapters = (globalThis as { GPUAdapter?: { prototype: GPUAdapter } }).GPUAdapter?.prototype;
  const own = adapters?.requestDevice;
  if (adapters && own) {
    adapters.requestDevice = async function (this: GPUAdapter, ...given) {
      const device = await own.apply(this, given);
      devices.push(device);
      void device.lost.then(hear);
      return device;
    };
  }
  return {
    lost,
    failure: () => failure,
    ignoreOthers() {
      if (adapters && own) adapters.requestDevice = own;
    },
    release() {
      released = true;
      for (const device of devices) device.destroy();
    },
  };
}

/** WebLLM destroys its own device when a buffer could not be had; a driver that fails does not. */
function lostDevice(name: string, reason: GPUDeviceLostReason, message: string): ModelError {
  const cause = { cause: new Error(`device lost (${reason}): ${message}`) };
  return reason === 'destroyed'
    ? new ModelError(
        'out-of-memory',
        `${name} did not fit into the memory of the graphics card.`,
        'Choose a smaller model or one with a shorter context, and close other tabs that use the GPU.',
        true,
        cause,
      )
    : new ModelError(
        'device-lost',
        `${name} lost the graphics card: its driver failed, or its memory was full.`,
        'Load the model again; if that happens again, choose a smaller one.',
        true,
        cause,
      );
}

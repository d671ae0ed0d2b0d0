/**
 * Whether a model fits this machine, and if not, why. Browsers do not tell how much memory a GPU
 * has and guess at storage, so neither forbids anything: it is `tight`, and the visitor may try.
 */
import type { Capabilities } from './capabilities';
import { f32Twin, type ModelEntry } from './model-entry';
import { size } from './sizes';

export interface Fit {
  /** `free`: nothing of this machine is needed, or nothing is known of what is. */
  readonly verdict: 'fits' | 'free' | 'tight' | 'no';
  /** One or two sentences where it does not fit. */
  readonly reason?: string;
  /** Key of the model to take in its place. */
  readonly instead?: string;
}

/** What else is to be known beside the machine. */
export interface FitContext {
  /** Bytes of the model that are on this machine already. */
  readonly storedBytes?: number;
  /** Memory that loaded models take. */
  readonly loadedBytes?: number;
  /** The models of the page, for a twin to take in its place. */
  readonly all?: Iterable<ModelEntry>;
}

/** A machine that does not tell its memory is taken for one with this much. */
const ASSUMED_MEMORY = 4 * 2 ** 30;
/** A model's largest block is about an eighth of its memory (embeddings of its vocabulary). */
const BLOCKS = 8;
/** WebLLM starts on no GPU with less. */
const LEAST_BINDING = 2 ** 27;
const LEAST_BUFFER = 2 ** 28;
/** What 32-bit WebAssembly can address. */
const WASM_MEMORY = 4 * 2 ** 30;

/**
 * Bytes that models may take together, estimated: half of the machine's memory, and on the GPU
 * no more than eight times the largest block it can take.
 */
export function memoryForModels(machine: Capabilities, onGpu: boolean): number {
  const half = (machine.memoryBytes ?? ASSUMED_MEMORY) / 2;
  const most = onGpu ? BLOCKS * (machine.gpu?.maxBindingBytes ?? 0) : WASM_MEMORY;
  return Math.min(half, most);
}

/** A GPU that models can use: one computed by the processor is none. */
export function hasGpu({ gpu }: Capabilities): boolean {
  return (
    gpu !== undefined &&
    !gpu.software &&
    gpu.maxBindingBytes >= LEAST_BINDING &&
    gpu.maxBufferBytes >= LEAST_BUFFER
  );
}

export function fitOf(entry: ModelEntry, machine: Capabilities, context: FitContext = {}): Fit {
  if (entry.place === 'server' || entry.place === 'browser') return { verdict: 'free' };
  return (
    (entry.usesGpu ? gpuProblem(entry, machine, context) : undefined) ??
    storageProblem(entry, machine, context) ??
    memoryProblem(entry, machine, context) ?? {
      verdict: entry.memoryBytes === undefined ? 'free' : 'fits',
    }
  );
}

function gpuProblem(
  entry: ModelEntry,
  machine: Capabilities,
  { all = [] }: FitContext,
): Fit | undefined {
  const { gpu } = machine;
  if (gpu === undefined) {
    return no(`It needs a GPU. ${machine.noGpu ?? 'This page has none to use.'}`);
  }
  if (gpu.software) {
    return no('It needs a GPU. The one this browser offers is computed by the processor.');
  }
  if (!hasGpu(machine)) {
    return no(
      `It needs a GPU that takes blocks of ${size(LEAST_BINDING)}; this one takes ${size(gpu.maxBindingBytes)}.`,
    );
  }
  if (entry.needsF16 && !gpu.f16) {
    const twin = f32Twin(entry, all);
    return {
      ...no(
        `It needs 16-bit numbers (f16), which this GPU lacks.${twin ? ` The ${twin.quantisation ?? 'f32'} build does without.` : ''}`,
      ),
      ...(twin && { instead: twin.key }),
    };
  }
  if (entry.bufferBytes !== undefined && entry.bufferBytes > gpu.maxBindingBytes) {
    return no(
      `It has a block of ${size(entry.bufferBytes)}; this GPU takes blocks up to ${size(gpu.maxBindingBytes)}.`,
    );
  }
  return undefined;
}

function storageProblem(
  { place, downloadBytes }: ModelEntry,
  { storage }: Capabilities,
  { storedBytes = 0 }: FitContext,
): Fit | undefined {
  if (place !== 'download' || downloadBytes === undefined || storage === undefined)
    return undefined;
  const missing = Math.max(0, downloadBytes - storedBytes);
  const free = Math.max(0, storage.quotaBytes - storage.usedBytes);
  return missing > free
    ? {
        verdict: 'tight',
        reason: `It needs ${size(missing)} of storage; the browser gives this site ${size(free)} more. Delete another model first.`,
      }
    : undefined;
}

function memoryProblem(
  { memoryBytes, usesGpu = false }: ModelEntry,
  machine: Capabilities,
  { loadedBytes = 0 }: FitContext,
): Fit | undefined {
  if (memoryBytes === undefined) return undefined;
  const all = memoryForModels(machine, usesGpu);
  if (memoryBytes > all) {
    return {
      verdict: 'tight',
      reason: `It needs ${size(memoryBytes)} of memory; by what the browser tells, about ${size(all)} can be used here. It may fail to load.`,
    };
  }
  const left = Math.max(0, all - loadedBytes);
  return memoryBytes > left
    ? {
        verdict: 'tight',
        reason: `It needs ${size(memoryBytes)} of memory; beside the loaded models about ${size(left)} is left. Unload one first.`,
      }
    : undefined;
}

function no(reason: string): Fit {
  return { verdict: 'no', reason };
}

/** What the browser tells of this machine, in words that need no manual. */
import type { Capabilities } from '../../../state/models/capabilities';
import { hasGpu, memoryForModels } from '../../../state/models/fit';
import { size } from '../../../state/models/sizes';

export interface MachineFact {
  readonly name: string;
  readonly value: string;
  /** What it means for models. */
  readonly note: string;
}

export function machineFacts(machine: Capabilities): readonly MachineFact[] {
  const { gpu } = machine;
  return [
    gpuFact(machine),
    ...(gpu && !gpu.software
      ? [
          {
            name: '16-bit numbers (f16)',
            value: gpu.f16 ? 'yes' : 'no',
            note: gpu.f16 ? 'The smaller builds work.' : 'Only the f32 builds work.',
          },
          {
            name: 'Largest GPU block',
            value: size(gpu.maxBindingBytes),
            note: `One table of a model must fit in it. Buffers: up to ${size(gpu.maxBufferBytes)}.`,
          },
        ]
      : []),
    memoryFact(machine),
    {
      name: 'Processor',
      value: machine.cores === undefined ? 'not told' : `${machine.cores} cores`,
      note: wasmNote(machine),
    },
    {
      name: 'Cross-origin isolated',
      value: machine.isolated ? 'yes' : 'no',
      note: machine.isolated
        ? 'Models on the processor may use several threads.'
        : 'Models on the processor use one thread: the web server sends no isolation headers.',
    },
    storageFact(machine),
  ];
}

function gpuFact({ gpu, noGpu }: Capabilities): MachineFact {
  const name = 'GPU';
  if (gpu === undefined) return { name, value: 'none', note: noGpu ?? '' };
  return gpu.software
    ? {
        name,
        value: 'software only',
        note: `${gpu.name || 'The adapter'} is computed by the processor, so it counts as none.`,
      }
    : { name, value: gpu.name || 'yes', note: 'Reached by WebGPU.' };
}

function memoryFact(machine: Capabilities): MachineFact {
  const { memoryBytes } = machine;
  const all = memoryForModels(machine, hasGpu(machine));
  return {
    name: 'Memory for models',
    value: `about ${size(all)}`,
    note:
      memoryBytes === undefined
        ? 'A cautious guess: this browser does not tell the memory.'
        : `An estimate. The browser tells of ${Math.round(memoryBytes / 2 ** 30)} GB, which may be rounded down.`,
  };
}

function storageFact({ storage }: Capabilities): MachineFact {
  const name = 'Storage';
  return storage === undefined
    ? { name, value: 'not told', note: 'Private windows often give none.' }
    : {
        name,
        value: `${size(Math.max(0, storage.quotaBytes - storage.usedBytes))} free`,
        note: `This site uses ${size(storage.usedBytes)} of ${size(storage.quotaBytes)}.`,
      };
}

function wasmNote({ wasm }: Capabilities): string {
  const has = [
    wasm.simd && 'SIMD (several numbers at a time)',
    wasm.threads && 'threads',
    wasm.memory64 && '64-bit memory',
  ].filter(Boolean);
  return has.length > 0 ? `WebAssembly has ${has.join(', ')}.` : 'WebAssembly is basic here: slow.';
}

/**
 * An entry of WebLLM's own list with what a person chooses by. Derived at build time
 * (`models-plugin.ts`), so that nothing of the 2 MB package is needed to show the list.
 */
import type { ModelRecord } from '@mlc-ai/web-llm';
import { familyOf } from './families.ts';

export interface WebllmModel {
  readonly id: string;
  /** The repository of its files, which is also its page. */
  readonly url: string;
  /** Address of its compiled kernels (`.wasm`). */
  readonly library: string;
  readonly type: 'llm' | 'embedding' | 'vlm';
  readonly family: string;
  readonly licence: string;
  /** Number of parameters; absent where neither the id nor our table says it. */
  readonly parameters?: number;
  /** For example `q4f16_1`: 4-bit weights, computed in 16-bit floats. */
  readonly quantisation: string;
  /**
   * An estimate, from parameters and bits: bytes of the weights. Tokenizer and library come on top
   * (5 to 40 MB).
   */
  readonly estimatedBytes?: number;
  /** GPU memory it needs, as WebLLM states it; not the download's size. */
  readonly vramMB?: number;
  /** Stated to run on devices with little memory. */
  readonly lowResource: boolean;
  /** Its kernels compute in 16-bit floats, which the adapter must offer (`shader-f16`). */
  readonly needsF16: boolean;
  /** Tokens of prompt and answer together. */
  readonly contextTokens?: number;
  /** Storage buffer that one of its tensors needs, where that is stated. */
  readonly bufferBytes?: number;
  /** What WebLLM lays over the model's own configuration. */
  readonly overrides?: Readonly<Record<string, number>>;
  /** File that says where its parts are, for the models that have one. */
  readonly manifest?: string;
}

/** `ModelType` of WebLLM, by number: the enum itself would bring the package along. */
export const MODEL_TYPES = ['llm', 'embedding', 'vlm'] as const;

export function webllmModel(record: ModelRecord): WebllmModel {
  const { model_id: id, overrides, vram_required_MB, buffer_size_required_bytes } = record;
  const quantisation = /-(q\d+f\d+(?:_\d+)?)/.exec(id)?.[1] ?? 'unknown';
  const { name, licence } = familyOf(id);
  const parameters = parametersOf(id);
  const bits = bitsPerParameter(quantisation);
  const context = overrides?.context_window_size ?? contextOf(record.model_lib);
  return {
    id,
    url: record.model,
    library: record.model_lib,
    type: MODEL_TYPES[record.model_type ?? 0],
    family: name,
    licence,
    ...(parameters !== undefined && { parameters }),
    quantisation,
    ...(parameters !== undefined &&
      bits !== undefined && { estimatedBytes: Math.round((parameters * bits) / 8) }),
    ...(vram_required_MB !== undefined && { vramMB: vram_required_MB }),
    lowResource: record.low_resource_required ?? false,
    // The list asks for the feature in 30 entries only; the kernels of all q*f16 use it.
    needsF16: /f16/.test(quantisation) || (record.required_features ?? []).includes('shader-f16'),
    ...(context !== undefined && { contextTokens: context }),
    ...(buffer_size_required_bytes !== undefined && { bufferBytes: buffer_size_required_bytes }),
    ...(overrides && { overrides: overrides as Record<string, number> }),
    ...(record.model_manifest !== undefined && { manifest: record.model_manifest }),
  };
}

/** From our table, else from the id itself: `SmolLM2-135M`, `stablelm-2-zephyr-1_6b`. */
export function parametersOf(id: string): number | undefined {
  const [, digits, unit] = /(\d+(?:[._]\d+)?)([bm])(?=-|$)/i.exec(id) ?? [];
  const size = digits?.replace('_', '.') ?? '';
  const known = familyOf(id).sizes?.[size];
  if (known !== undefined) return known * 1e9;
  if (size === '') return undefined;
  return Number(size) * (unit?.toLowerCase() === 'm' ? 1e6 : 1e9);
}

/**
 * Bits of a weight with its share of the scale: groups of 32 weights (40 for 3 bits, ten of which
 * fill 32 bits) have one scale in the float of the computation.
 */
export function bitsPerParameter(quantisation: string): number | undefined {
  const [, weight, float] = /^q(\d+)f(\d+)/.exec(quantisation) ?? [];
  if (weight === undefined || float === undefined) return undefined;
  if (weight === '0') return Number(float);
  if (weight === '3') return 32 / 10 + Number(float) / 40;
  return Number(weight) + Number(float) / 32;
}

/** The same model without the need of `shader-f16`, where the list has it. */
export function f32Twin(id: string, models: readonly WebllmModel[]): WebllmModel | undefined {
  const twin = id.replace(/-q(\d+)f16(_\d+)?/, '-q$1f32$2');
  return twin === id ? undefined : models.find((model) => model.id === twin);
}

/** Embedding models have no overrides; their library's name says it: `…-ctx512_cs512_batch4-…`. */
function contextOf(library: string): number | undefined {
  const found = /ctx(\d+)(k?)/.exec(library);
  return found ? Number(found[1]) * (found[2] === 'k' ? 1024 : 1) : undefined;
}

/** How llama.cpp is set up, and what of it was measured. */
import type { LoadModelParams } from '@wllama/wllama/esm/index.js';

export interface LoadOptions {
  readonly threads: number;
  readonly slots: number;
  /** Of a slot. */
  readonly contextTokens: number;
  readonly embeddings: boolean;
}

/**
 * Tokens of a prompt that are read at once, and with them the time an abort takes: on one slow core
 * half a second of SmolLM2-135M. 512 read a prompt less than a tenth faster.
 */
const BATCH_TOKENS = 32;

/**
 * Attention is not fused, and keys and values are 32-bit numbers. That is faster in WebAssembly,
 * which has no 16-bit ones: at 400 tokens 35 ms a token instead of 65 (SmolLM2-135M Q8_0, one
 * thread, Chromium 156, November 2026). And it is exact: every number is computed alike whatever is
 * beside it, so that neither the size of a batch, nor the threads, nor a part of a prompt that is
 * known from before, nor the other slots change a bit of an answer; fused, all but the second do.
 * Held in Q4_0, Q4_1, Q5_1, Q8_0, F16 and a mix of Q4_K, Q5_K and Q6_K.
 */
export function loadParameters(options: LoadOptions): LoadModelParams {
  const { threads, slots, contextTokens, embeddings } = options;
  // A text is embedded in one batch or not at all.
  const batch = embeddings ? contextTokens : BATCH_TOKENS;
  return {
    n_ctx: contextTokens * slots,
    // Every slot has a context of its own: in a shared one neighbours change what stands where.
    kv_unified: false,
    n_parallel: slots,
    n_batch: batch,
    n_ubatch: batch,
    n_threads: threads,
    n_gpu_layers: 0,
    flash_attn: false,
    cache_type_k: 'f32',
    cache_type_v: 'f32',
    cache_idle_slots: false,
    jinja: true,
    // Thoughts before the answer take minutes on a processor, and nobody would see them.
    reasoning: false,
    ...(embeddings && { embeddings: true, pooling_type: 'mean' as const }),
  };
}

const CONTEXT_TOKENS = 4096;
/** Memory for embeddings grows with the square of this. */
const EMBEDDED_TOKENS = 1024;
/** More threads than this wait for each other. */
const MOST_THREADS = 8;

/** @param trained tokens of context that the model was trained for, where known */
export function contextTokensOf(
  wanted: number | undefined,
  trained: number | undefined,
  embeddings: boolean,
): number {
  return Math.min(wanted ?? (embeddings ? EMBEDDED_TOKENS : CONTEXT_TOKENS), trained ?? Infinity);
}

/**
 * Half the cores: threads spin while they wait for each other, so that one which has to share its
 * core holds up all. Without cross-origin isolation there is only one.
 */
export function threadsOf(wanted: number | undefined): number {
  if (!globalThis.crossOriginIsolated) return 1;
  const half = Math.floor((globalThis.navigator?.hardwareConcurrency ?? 2) / 2);
  return wanted ?? Math.max(1, Math.min(MOST_THREADS, half));
}

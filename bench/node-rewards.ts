/** The reward model in Node: tfjs on WebAssembly, or on plain JavaScript where asked for. */
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { FEATURE_COUNT } from '../src/core/reward/features';
import type { RewardModel } from '../src/core/reward/reward-model';
import { cpuBackend, pickBackend, wasmBackend } from '../src/learning/backend';
import { RewardHeads } from '../src/learning/reward-heads';

export const NODE_BACKENDS = ['wasm', 'cpu'] as const;
export type NodeBackend = (typeof NODE_BACKENDS)[number];

export async function nodeRewards(
  components: readonly string[],
  backend: NodeBackend,
): Promise<RewardModel> {
  const folder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
  const candidate = backend === 'wasm' ? wasmBackend(join(folder, '/')) : cpuBackend;
  const description = await pickBackend([candidate], FEATURE_COUNT);
  return new RewardHeads(components, FEATURE_COUNT, description);
}

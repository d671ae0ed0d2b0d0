import { describe, expect, it } from 'vitest';
import { randomStream } from '../src/core/random/stream';
import { FEATURE_COUNT } from '../src/core/reward/features';
import type { FeaturePair } from '../src/core/reward/reward-model';
import { nodeRewards, type NodeBackend } from './node-rewards';

/** Pairs whose winner has the larger first feature. */
function pairs(count: number, fold: number): FeaturePair[] {
  const random = randomStream('pairs', fold);
  const vector = (first: number): Float32Array =>
    Float32Array.from({ length: FEATURE_COUNT }, (_, j) => (j === 0 ? first : random.uniform()));
  return Array.from({ length: count }, (_, i): FeaturePair => {
    const low = random.uniform();
    const gap = 0.1 + random.uniform();
    const component = i % 2 === 0 ? 'a' : 'b';
    return { component, winner: vector(low + gap), loser: vector(low), gap, fold };
  });
}

async function trained(backend: NodeBackend) {
  const model = await nodeRewards(['a', 'b'], backend);
  const given = [0, 1, 2].flatMap((fold) => pairs(50, fold));
  const { losses } = await model.fit(given, { seed: 3 });
  const probe = pairs(10, 0).map(({ winner }) => winner);
  return { name: (await model.describe()).backend, losses, scores: await model.score('a', probe) };
}

describe('the reward model in Node', () => {
  it('trains on WebAssembly as on plain JavaScript', async () => {
    const cpu = await trained('cpu');
    const wasm = await trained('wasm');
    expect([cpu.name, wasm.name]).toEqual(['cpu', 'wasm']);
    expect(wasm.losses).toHaveLength(cpu.losses.length);
    cpu.losses.forEach((loss, i) => {
      expect(Math.abs(wasm.losses[i]! - loss)).toBeLessThan(1e-4);
    });
    cpu.scores.forEach((score, i) => {
      expect(Math.abs(wasm.scores[i]! - score)).toBeLessThan(1e-3);
    });
  });

  it('gives bit-equal losses and scores on WebAssembly for equal seeds', async () => {
    expect(await trained('wasm')).toEqual(await trained('wasm'));
  });
});

/**
 * Which tfjs backend trains the heads: measured, not assumed. For heads this small a GPU is often
 * slower than WebAssembly, and a software GPU always is.
 */
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { RewardModelDescription } from '../core/reward/reward-model';

export type BackendName = 'webgpu' | 'wasm' | 'cpu';

export interface BackendCandidate {
  readonly name: BackendName;
  /** Loads what the backend needs. @throws Error with the reason when it can't run here. */
  prepare(): Promise<void>;
}

/** @param paths file name → address, or the folder that holds tfjs's .wasm files */
export function wasmBackend(paths: string | Record<string, string>): BackendCandidate {
  return {
    name: 'wasm',
    async prepare() {
      // Threaded wasm breaks in minified builds under cross-origin isolation, and setBackend then
      // hangs for ever.
      tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
      setWasmPaths(paths);
    },
  };
}

export const cpuBackend: BackendCandidate = { name: 'cpu', prepare: () => Promise.resolve() };

/** Median time of this many steps decides, after two to warm up. */
const STEPS = 7;

/** @throws Error that lists every backend's reason when none of them runs. */
export async function pickBackend(
  candidates: readonly BackendCandidate[],
  d: number,
): Promise<RewardModelDescription> {
  tf.enableProdMode();
  const measured: Record<string, number> = {};
  const refused: string[] = [];
  for (const { name, prepare } of candidates) {
    try {
      await prepare();
      if (!(await tf.setBackend(name))) throw new Error('the backend did not start');
      measured[name] = await medianStep(d);
    } catch (error) {
      refused.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const [fastest] = Object.entries(measured).sort(([, a], [, b]) => a - b);
  if (fastest === undefined) {
    throw new Error(`no tfjs backend runs here (${refused.join('; ')})`);
  }
  await tf.setBackend(fastest[0]);
  const times = Object.entries(measured)
    .map(([name, ms]) => `${name} ${ms.toFixed(1)} ms`)
    .join(', ');
  const others = refused.length > 0 ? ` Not used: ${refused.join('; ')}.` : '';
  return {
    backend: fastest[0],
    measured,
    reason: `${candidates.length > 1 ? 'Fastest' : 'Asked for'}: ${times} a training step.${others}`,
  };
}

/** Median ms of a training step of the heads' shape: 64 pairs, d–16–5. */
async function medianStep(d: number): Promise<number> {
  const hidden = 16;
  const trunk = tf.variable(tf.fill([d, hidden], 0.01));
  const heads = tf.variable(tf.fill([hidden, 5], 0.01));
  const x = tf.fill([64, d], 0.5) as tf.Tensor2D;
  const optimizer = tf.train.adam(0.01, 0.9, 0.999, 1e-7);
  const times: number[] = [];
  for (let step = 0; step < STEPS + 2; step++) {
    const start = performance.now();
    const cost = optimizer.minimize(
      () => {
        const layer = tf.tanh(tf.matMul(x, trunk as tf.Tensor2D)) as tf.Tensor2D;
        const margin = tf.matMul(layer, heads as tf.Tensor2D);
        return tf.mean(tf.softplus(tf.neg(margin))) as tf.Scalar;
      },
      true,
      [trunk, heads],
    )!;
    await cost.data();
    cost.dispose();
    if (step >= 2) times.push(performance.now() - start);
  }
  tf.dispose([trunk, heads, x]);
  optimizer.dispose();
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)]!;
}

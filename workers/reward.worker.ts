/** Trains and asks the local reward heads, off the page and off the run. */
import * as Comlink from 'comlink';
import wasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import type { RewardModelDescription } from '../src/core/reward/reward-model';
import { cpuBackend, pickBackend, wasmBackend } from '../src/learning/backend';
import { RewardHeads } from '../src/learning/reward-heads';
import { webgpuBackend } from '../src/learning/webgpu';
import type { RewardConnect, RewardWorkerApi } from './reward-protocol';

const candidates = [
  webgpuBackend,
  wasmBackend({
    'tfjs-backend-wasm.wasm': wasmUrl,
    'tfjs-backend-wasm-simd.wasm': simdUrl,
    'tfjs-backend-wasm-threaded-simd.wasm': threadedUrl,
  }),
  cpuBackend,
];

let picked: Promise<RewardModelDescription> | undefined;
let heads: RewardHeads | undefined;

function opened(): RewardHeads {
  if (heads === undefined) throw new Error('the reward worker was not opened');
  return heads;
}

const api: RewardWorkerApi = {
  async open(components, d) {
    picked ??= pickBackend(candidates, d);
    const description = await picked;
    heads?.dispose();
    heads = new RewardHeads(components, d, description);
    return description;
  },
  fit: (pairs, options) => opened().fit(pairs, options),
  score: (component, vectors) => opened().score(component, vectors),
  scoreHeldOut: (component, vectors, fold) => opened().scoreHeldOut(component, vectors, fold),
};

addEventListener('message', (event: MessageEvent<RewardConnect>) => {
  const [port] = event.ports;
  if (event.data?.type === 'connect' && port !== undefined) Comlink.expose(api, port);
});

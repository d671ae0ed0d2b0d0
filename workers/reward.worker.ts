/** Trains and asks the local reward heads and policies, and embeds sentences, off page and run. */
import * as Comlink from 'comlink';
import wasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import { cpuBackend, wasmBackend } from '../src/learning/backend';
import { TensorPolicyTrainer } from '../src/learning/policy-trainer';
import { RewardHeads } from '../src/learning/reward-heads';
import { webgpuBackend } from '../src/learning/webgpu';
import { BackendChoice } from './backend-choice';
import { EncoderHost } from './encoder-host';
import type { RewardConnect, RewardWorkerApi } from './reward-protocol';
import type { Activity } from './run-protocol';

const candidates = [
  webgpuBackend,
  wasmBackend({
    'tfjs-backend-wasm.wasm': wasmUrl,
    'tfjs-backend-wasm-simd.wasm': simdUrl,
    'tfjs-backend-wasm-threaded-simd.wasm': threadedUrl,
  }),
  cpuBackend,
];

const backend = new BackendChoice(candidates);
const policies = new TensorPolicyTrainer();
let report: (activity: Activity | undefined) => void = () => undefined;
const encoder = new EncoderHost(
  async (signal, bytes) => {
    const { fetchSentenceEncoder } = await import('../src/learning/sentence-encoder/assets');
    return fetchSentenceEncoder(signal, bytes);
  },
  (activity) => report(activity),
);
let heads: RewardHeads | undefined;

function opened(): RewardHeads {
  if (heads === undefined) throw new Error('the reward worker was not opened');
  return heads;
}

const api: RewardWorkerApi = {
  async listen(listener) {
    report = listener;
  },
  async open(components, d, forEncoder, busy) {
    encoder.cancel();
    heads?.dispose();
    heads = undefined;
    const description = await backend.set(d, forEncoder, busy);
    heads = new RewardHeads(components, d, description);
    return description;
  },
  fit: (pairs, options) => opened().fit(pairs, options),
  score: (component, vectors) => opened().score(component, vectors),
  scoreHeldOut: (component, vectors, fold) => opened().scoreHeldOut(component, vectors, fold),
  snapshot: () => opened().snapshot(),
  restore: (snapshot) => opened().restore(snapshot),
  improve: (...args) => policies.improve(...args),
  async loadEncoder() {
    try {
      await encoder.load();
      return { ok: true };
    } catch (error) {
      return { ok: false, reason: error instanceof Error ? error.message : String(error) };
    }
  },
  embed: (texts) => encoder.embed(texts),
  cancel: async () => encoder.cancel(),
};

addEventListener('message', (event: MessageEvent<RewardConnect>) => {
  const [port] = event.ports;
  if (event.data?.type === 'connect' && port !== undefined) Comlink.expose(api, port);
});

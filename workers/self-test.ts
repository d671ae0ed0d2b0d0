/**
 * Whether a loaded model can be believed: a small matrix product on the GPU beside the same on the
 * CPU (drivers that compute nonsense exist), then a few tokens with their pace.
 */
import { ModelError } from '../src/core/system/chat-model';
import type { LoadedModel } from '../src/engines/loaded-model';
import type { SelfTest } from './model-protocol';

/** Rows and columns: 4 million products, far under a second on a CPU. */
const SIZE = 160;
const TOKENS = 8;
/** Sums of 160 products of numbers in [−1, 1] in single precision differ by some 1e-5. */
const TOLERANCE = 1e-3;

export async function selfTest(
  model: LoadedModel,
  report: (share: number) => void,
  signal: AbortSignal,
): Promise<SelfTest> {
  report(0);
  const matrix = model.usesGpu ? await compareMatrixProduct() : undefined;
  report(0.3);
  let written = 0;
  let firstAt: number | undefined;
  const start = performance.now();
  const { text, usage } = await model.complete(
    [{ role: 'user', content: 'Count from one to ten in words.' }],
    { temperature: 0, maxTokens: TOKENS },
    signal,
    () => {
      firstAt ??= performance.now();
      written += 1;
      report(Math.min(0.3 + (0.7 * written) / TOKENS, 1));
    },
  );
  const end = performance.now();
  const tokens = usage.completionTokens;
  if (tokens === 0) {
    throw new ModelError(
      'unknown',
      'The model wrote nothing.',
      'Try the self-test again, or choose another model.',
      false,
    );
  }
  // The first token waits for the prompt to be read; the pace is that of the others.
  const first = firstAt ?? end;
  const seconds = (end - first) / 1000;
  report(1);
  return {
    ...(matrix && { matrix }),
    text,
    tokens,
    tokensPerSecond:
      tokens > 1 && seconds > 0 ? (tokens - 1) / seconds : tokens / ((end - start) / 1000),
    firstTokenMilliseconds: first - start,
  };
}

/** Multiplies two fixed matrices both ways. @throws ModelError when the GPU is wrong or missing */
export async function compareMatrixProduct(
  gpu: GPU | undefined = (globalThis.navigator as Navigator | undefined)?.gpu,
): Promise<NonNullable<SelfTest['matrix']>> {
  const adapter = await gpu?.requestAdapter();
  if (!adapter) {
    throw new ModelError(
      'no-webgpu',
      'This browser gives no access to a GPU.',
      'Choose a model that runs on the CPU.',
      true,
    );
  }
  const device = await adapter.requestDevice();
  try {
    const a = filled(1);
    const b = filled(2);
    const startCpu = performance.now();
    const expected = product(a, b);
    const cpuMilliseconds = performance.now() - startCpu;
    // The first pass compiles the kernel; the second is what it costs.
    await productOnGpu(device, a, b);
    const startGpu = performance.now();
    const found = await productOnGpu(device, a, b);
    const gpuMilliseconds = performance.now() - startGpu;
    const largestDifference = found.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - expected[i]!)),
      0,
    );
    if (!(largestDifference <= TOLERANCE)) {
      throw new ModelError(
        'unknown',
        `The GPU computes a matrix product that is off by ${largestDifference.toPrecision(2)}.`,
        'Update the browser or the graphics driver, or choose a model that runs on the CPU.',
        true,
      );
    }
    return { size: SIZE, largestDifference, gpuMilliseconds, cpuMilliseconds };
  } finally {
    device.destroy();
  }
}

/** Numbers in [−1, 1] without a pattern a wrong kernel could hide behind. */
function filled(salt: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: SIZE * SIZE }, (_, i) => Math.sin(12.9898 * (i + 1) * salt));
}

function product(a: Float32Array, b: Float32Array): Float32Array {
  const c = new Float32Array(SIZE * SIZE);
  for (let row = 0; row < SIZE; row++) {
    for (let column = 0; column < SIZE; column++) {
      let sum = 0;
      for (let k = 0; k < SIZE; k++) sum += a[row * SIZE + k]! * b[k * SIZE + column]!;
      c[row * SIZE + column] = sum;
    }
  }
  return c;
}

const KERNEL = /* wgsl */ `
@group(0) @binding(0) var<storage, read> a: array<f32>;
@group(0) @binding(1) var<storage, read> b: array<f32>;
@group(0) @binding(2) var<storage, read_write> c: array<f32>;
@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let size = ${SIZE}u;
  if (id.x >= size || id.y >= size) { return; }
  var sum = 0.0;
  for (var k = 0u; k < size; k++) { sum += a[id.y * size + k] * b[k * size + id.x]; }
  c[id.y * size + id.x] = sum;
}`;

async function productOnGpu(
  device: GPUDevice,
  a: Float32Array<ArrayBuffer>,
  b: Float32Array<ArrayBuffer>,
): Promise<Float32Array> {
  const buffer = (usage: number): GPUBuffer => device.createBuffer({ size: a.byteLength, usage });
  const { STORAGE, COPY_DST, COPY_SRC, MAP_READ } = GPUBufferUsage;
  const inputs = [a, b].map((values) => {
    const input = buffer(STORAGE | COPY_DST);
    device.queue.writeBuffer(input, 0, values);
    return input;
  });
  const output = buffer(STORAGE | COPY_SRC);
  const result = buffer(MAP_READ | COPY_DST);
  const pipeline = await device.createComputePipelineAsync({
    layout: 'auto',
    compute: { module: device.createShaderModule({ code: KERNEL }), entryPoint: 'main' },
  });
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(
    0,
    device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: [...inputs, output].map((each, binding) => ({
        binding,
        resource: { buffer: each },
      })),
    }),
  );
  pass.dispatchWorkgroups(Math.ceil(SIZE / 8), Math.ceil(SIZE / 8));
  pass.end();
  encoder.copyBufferToBuffer(output, 0, result, 0, a.byteLength);
  device.queue.submit([encoder.finish()]);
  await result.mapAsync(GPUMapMode.READ);
  const found = new Float32Array(result.getMappedRange().slice(0));
  for (const each of [...inputs, output, result]) each.destroy();
  return found;
}

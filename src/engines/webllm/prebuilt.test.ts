import { gzipSync } from 'node:zlib';
import { prebuiltAppConfig } from '@mlc-ai/web-llm';
import { describe, expect, it } from 'vitest';
import { webllmModels } from './models-plugin';
import { bitsPerParameter, f32Twin, parametersOf, webllmModel } from './prebuilt';

const models = prebuiltAppConfig.model_list.map(webllmModel);
const find = (id: string) => models.find((model) => model.id === id)!;

describe("WebLLM's list of models", () => {
  it('has all records, each with what a person chooses by', () => {
    expect(models).toHaveLength(prebuiltAppConfig.model_list.length);
    expect(models.length).toBeGreaterThanOrEqual(165);
    for (const model of models) {
      expect(model.url).toMatch(/^https:\/\/huggingface\.co\/mlc-ai\//);
      expect(model.library).toMatch(/^https:.*\.wasm$/);
      expect(model.quantisation).toMatch(/^q\d+f(16|32)/);
      expect(model.family).not.toBe('');
      expect(model.licence).not.toBe('');
      expect(model.contextTokens).toBeGreaterThan(500);
      expect(model.parameters).toBeGreaterThan(3e7);
      // All weights must be in the GPU's memory, and nothing else comes with the download.
      expect(model.estimatedBytes).toBeLessThan(model.vramMB! * 2 ** 20);
    }
  });

  it('tells the kinds of models apart', () => {
    expect(find('snowflake-arctic-embed-s-q0f32-MLC-b4')).toMatchObject({
      type: 'embedding',
      contextTokens: 512,
      lowResource: false,
    });
    expect(find('Phi-3.5-vision-instruct-q4f16_1-MLC').type).toBe('vlm');
    expect(find('gemma-4-E2B-it-q4f16_1-MLC')).toMatchObject({
      type: 'llm',
      manifest: 'mlc-model-manifest.json',
      bufferBytes: 201326592,
      contextTokens: 4096,
    });
    expect(find('Mistral-7B-Instruct-v0.3-q4f32_1-MLC').overrides).toEqual({
      context_window_size: 4096,
      sliding_window_size: -1,
    });
  });

  it('knows that kernels in 16-bit floats need them, which the list says of 30 models only', () => {
    expect(find('Llama-3.2-1B-Instruct-q4f16_1-MLC').needsF16).toBe(true);
    expect(find('Llama-3.2-1B-Instruct-q4f32_1-MLC').needsF16).toBe(false);
    for (const record of prebuiltAppConfig.model_list) {
      if (record.required_features) expect(find(record.model_id).needsF16).toBe(true);
    }
  });

  it.each([
    // Bytes of all parameters that the libraries of these models declare.
    ['Qwen2-0.5B-Instruct-q4f16_1-MLC', 277_996_288],
    ['Qwen2.5-0.5B-Instruct-q4f32_1-MLC', 309_011_968],
    ['Qwen2-0.5B-Instruct-q0f32-MLC', 1_976_131_072],
    ['Qwen2.5-1.5B-Instruct-q4f16_1-MLC', 868_547_584],
    ['Qwen2-7B-Instruct-q4f32_1-MLC', 4_760_885_248],
    ['Llama-3.2-1B-Instruct-q0f16-MLC', 2_471_628_800],
    ['Mistral-7B-Instruct-v0.3-q4f16_1-MLC', 4_077_395_968],
    ['Phi-3.5-mini-instruct-q4f32_1-MLC', 2_388_848_640],
    ['Phi-4-mini-instruct-q4f32_1-MLC', 2_782_310_400],
    ['gemma-2-2b-it-q4f16_1-MLC', 1_470_915_072],
    ['gemma-2b-it-q4f32_1-MLC', 1_566_613_504],
    ['stablelm-2-zephyr-1_6b-q4f16_1-MLC', 925_540_352],
    ['phi-1_5-q4f16_1-MLC', 797_545_762],
    ['snowflake-arctic-embed-m-q0f32-MLC-b4', 435_566_592],
    ['snowflake-arctic-embed-s-q0f32-MLC-b32', 132_848_640],
  ])('estimates the download of %s to within one per cent', (id, bytes) => {
    expect(Math.abs(find(id).estimatedBytes! / bytes - 1)).toBeLessThan(0.01);
  });

  it('reads sizes it has no table for out of the id', () => {
    expect(parametersOf('SomeModel-125M-q4f16_1-MLC')).toBe(125e6);
    expect(parametersOf('other-2_7b-q4f16_1-MLC')).toBe(2.7e9);
    expect(parametersOf('nameless-q4f16_1-MLC')).toBeUndefined();
    expect(bitsPerParameter('q3f16_1')).toBeCloseTo(3.6);
    expect(bitsPerParameter('unknown')).toBeUndefined();
  });

  it('names the twin that needs no 16-bit floats, where there is one', () => {
    expect(f32Twin('Llama-3.2-1B-Instruct-q4f16_1-MLC', models)?.id).toBe(
      'Llama-3.2-1B-Instruct-q4f32_1-MLC',
    );
    expect(f32Twin('SmolLM2-135M-Instruct-q0f16-MLC', models)?.id).toBe(
      'SmolLM2-135M-Instruct-q0f32-MLC',
    );
    expect(f32Twin('gemma3-1b-it-q4f16_1-MLC', models)).toBeUndefined();
    expect(f32Twin('Llama-3.2-1B-Instruct-q4f32_1-MLC', models)).toBeUndefined();
  });
});

describe('the virtual module', () => {
  it('carries the whole list in less than 8 KiB gzip', async () => {
    const { resolveId, load } = webllmModels() as unknown as {
      resolveId(id: string): string | undefined;
      load(id: string): Promise<string | undefined>;
    };
    const id = resolveId('virtual:webllm-models')!;
    const code = (await load(id))!;
    expect(gzipSync(code).byteLength).toBeLessThan(8 * 1024);
    const module = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
      models: unknown;
      libraryVersion: string;
    };
    expect(module.models).toEqual(models);
    expect(module.libraryVersion).toMatch(/^v0_2_86/);
    expect(resolveId('another')).toBeUndefined();
    expect(await load('another')).toBeUndefined();
  });
});

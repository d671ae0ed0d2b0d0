import { createRequire } from 'node:module';
import { MLCEngine, type ModelRecord } from '@mlc-ai/web-llm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ModelError } from '../../core/system/chat-model';
import { webllmFailure } from './errors';
import { fakeBrowser, FOLDER, LIBRARY } from './testing/fake-browser';

afterEach(() => vi.unstubAllGlobals());

const named = (name: string, message: string) => Object.assign(new Error(message), { name });
const of = (error: unknown) => {
  const { problem, lasting, message, advice } = webllmFailure(error, 'Tiny');
  expect(message).toMatch(/^Tiny .*[^.]\.?$/s);
  expect(advice).toMatch(/\.$/);
  return { problem, lasting, message };
};

describe('what WebLLM throws', () => {
  it.each([
    // Texts of 0.2.86, as `lib/index.js` has them.
    [
      'ContextWindowSizeExceededError',
      'Prompt tokens exceed context window size: number of prompt tokens: 5000; context window size: 4096\nConsider shortening the prompt, or increase `context_window_size`, or using sliding window via `sliding_window_size`.',
      'too-long',
      false,
    ],
    [
      'EmbeddingExceedContextWindowSizeError',
      'The embedding model you are using only supports up to 512 context size.However, an input in the batch has size 700.',
      'too-long',
      false,
    ],
    [
      'WebGPUNotAvailableError',
      'WebGPU is not supported in your current environment, but it is necessary to run the WebLLM engine. …',
      'no-webgpu',
      true,
    ],
    ['WebGPUNotFoundError', 'Cannot find WebGPU in the environment', 'no-webgpu', true],
    [
      'Error',
      "Unable to find a compatible GPU. This issue might be because your computer doesn't have a GPU, …",
      'no-webgpu',
      true,
    ],
    [
      'ShaderF16SupportError',
      'This model requires WebGPU extension shader-f16, which is not enabled in this browser. …',
      'no-f16',
      true,
    ],
    [
      'FeatureSupportError',
      'This model requires feature subgroups, which is not yet supported by this browser.',
      'unsupported',
      true,
    ],
    [
      'Error',
      'Cannot initialize runtime because of requested maxComputeWorkgroupStorageSize exceeds limit. requested=32768, limit=16384. ',
      'unsupported',
      true,
    ],
    [
      'DeviceLostError',
      'The WebGPU device was lost while loading the model. This issue often occurs due to running out of memory (OOM). …',
      'out-of-memory',
      true,
    ],
    [
      'AbortError',
      "Failed to execute 'mapAsync' on 'GPUBuffer': A valid external Instance reference no longer exists.",
      'device-lost',
      true,
    ],
    ['RangeError', 'Array buffer allocation failed', 'out-of-memory', true],
    ['Error', 'Cannot allocate 65536 bytes in Wasm memory', 'out-of-memory', true],
    ['QuotaExceededError', 'Quota exceeded.', 'quota', true],
    ['ModelNotFoundError', 'Cannot find model record in appConfig for x.', 'not-found', true],
    [
      'IntegrityError',
      'Integrity verification failed for https://me.test/a.wasm\n  Expected: sha256-a\n  Actual: sha256-b',
      'wrong-checksum',
      true,
    ],
    [
      'Error',
      'tensor-cache record range [0, 68067328) exceeds shard size 34033664',
      'truncated',
      true,
    ],
    [
      'LinkError',
      'WebAssembly.instantiate(): Import #2 "env" "x": function import requires a callable',
      'library-mismatch',
      true,
    ],
    [
      'Error',
      'Cannot find TVMWasmAllocSpace,TVMWasmFreeSpace in exports',
      'library-mismatch',
      true,
    ],
    [
      'Error',
      'Cannot find required VM function `apply_penalty_inplace`. Available candidate functions: decode',
      'library-mismatch',
      true,
    ],
    ['Error', 'Cannot find global function vm.builtin.x', 'library-mismatch', true],
    [
      'CompileError',
      'WebAssembly.instantiate(): expected magic word 00 61 73 6d, found 3c 21 64 6f @+0',
      'html',
      true,
    ],
    [
      'CompileError',
      'WebAssembly.instantiate(): expected magic word 00 61 73 6d, found 6e 6f @+0',
      'not-a-model',
      true,
    ],
    ['SyntaxError', 'Unexpected token \'<\', "<!doctype "... is not valid JSON', 'html', true],
    ['SyntaxError', 'Expected property name in JSON at position 1', 'not-a-model', true],
    [
      'UnsupportedTokenizerFilesError',
      'Cannot handle tokenizer files vocab.json',
      'not-a-model',
      true,
    ],
    [
      'GrammarMatcherInitError',
      'Failed to initialize the grammar matcher for response format `json_object`: x',
      'bad-request',
      false,
    ],
    ['Error', 'Grammar matcher rejected the newly sampled token.', 'not-json', false],
    [
      'MessageOrderError',
      'Last message should be from either `user` or `tool`.',
      'bad-request',
      false,
    ],
    ['RangeError', 'Make sure 0 < top_p <= 1.', 'bad-request', false],
    ['TypeError', 'Failed to fetch', 'network', false],
    ['TypeError', "Failed to execute 'add' on 'Cache': Request failed", 'network', false],
    ['Error', 'Object has already been disposed', 'not-loaded', true],
    ['ModelNotLoadedError', 'Model not loaded before trying to complete …', 'not-loaded', true],
    ['RuntimeError', 'unreachable', 'crashed', true],
    ['RuntimeError', 'memory access out of bounds', 'crashed', true],
    ['Error', 'something new', 'unknown', true],
  ])('%s: %s', (name, message, problem, lasting) => {
    expect(of(named(name, message))).toMatchObject({ problem, lasting });
  });

  it('keeps the figures of a prompt that is too long', () => {
    const text =
      'Prompt tokens exceed context window size: number of prompt tokens: 5000; context window size: 4096';
    expect(of(new Error(text)).message).toBe(
      'Tiny was given a prompt of 5000 tokens, but has room for 4096.',
    );
  });

  it('leaves an error in words alone, and takes what is no error at all', () => {
    const own = new ModelError('html', 'A page.', 'Look.', true);
    expect(webllmFailure(own, 'Tiny')).toBe(own);
    expect(of('just a text').message).toContain('just a text');
  });
});

describe('what the installed package throws', () => {
  const record: ModelRecord = { model: FOLDER, model_id: 'Tiny', model_lib: LIBRARY };

  async function reloaded(model: string, prepare: (folder: string) => void = () => undefined) {
    vi.stubGlobal('location', { origin: 'https://me.test' });
    // What its runtime asks for where it sees Node.
    vi.stubGlobal('__dirname', '/');
    vi.stubGlobal('require', createRequire(import.meta.url));
    prepare(`${FOLDER}resolve/main/`);
    const engine = new MLCEngine({ appConfig: { model_list: [record] }, logLevel: 'SILENT' });
    const error = await engine.reload(model).then(
      () => 'no error',
      (reason: unknown) => reason,
    );
    return of(error);
  }

  it('for an id that is not in the list', async () => {
    expect(await reloaded('other')).toMatchObject({ problem: 'not-found', lasting: true });
  });

  it('for a page in place of the configuration', async () => {
    const found = await reloaded('Tiny', (folder) =>
      fakeBrowser().put('webllm/config', `${folder}mlc-chat-config.json`, '<!doctype html>'),
    );
    expect(found).toMatchObject({ problem: 'html' });
  });

  it.each([
    ['<!doctype html>', 'html'],
    ['no library', 'not-a-model'],
  ])('for %j in place of the library', async (body, problem) => {
    const found = await reloaded('Tiny', (folder) => {
      const browser = fakeBrowser();
      browser.put('webllm/config', `${folder}mlc-chat-config.json`, '{"tokenizer_files":[]}');
      browser.put('webllm/wasm', LIBRARY, body);
    });
    expect(found).toMatchObject({ problem });
  });
});

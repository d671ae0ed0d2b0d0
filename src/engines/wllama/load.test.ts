import { afterEach, describe, expect, it, vi } from 'vitest';
import { loadWllama } from '.';
import { fakeEngine } from './testing/fake-engine';
import { ggufBytes, ggufFile, LLAMA } from './testing/gguf-bytes';
import { loaded } from './testing/loaded';

const ignore = (): void => undefined;
const never = new AbortController().signal;

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('a load', () => {
  it('gives each slot the context, at most what the model was trained for', async () => {
    const { model, engine } = await loaded({}, { slots: 3 });
    expect(engine.loads[0]!.parameters).toMatchObject({
      n_ctx: 3 * 2048,
      n_parallel: 3,
      kv_unified: false,
      n_gpu_layers: 0,
      jinja: true,
    });
    expect(model).toMatchObject({ contextTokens: 2048, slots: 3, usesGpu: false });
    expect((await loaded({}, { contextTokens: 512 })).model.contextTokens).toBe(512);
    const unknown = ggufFile({ 'general.architecture': 'llama' });
    expect((await loaded({}, { file: unknown })).model.contextTokens).toBe(4096);
  });

  it('computes exactly: a fused attention depends on what is beside it', async () => {
    const { engine } = await loaded();
    expect(engine.loads[0]!.parameters).toMatchObject({
      flash_attn: false,
      cache_type_k: 'f32',
      cache_type_v: 'f32',
    });
  });

  it('embeds a text in one batch', async () => {
    const { engine } = await loaded({}, { embeddings: true });
    expect(engine.loads[0]!.parameters).toMatchObject({
      embeddings: true,
      pooling_type: 'mean',
      n_ctx: 1024,
      n_batch: 1024,
      n_ubatch: 1024,
    });
  });

  it('takes half the cores where threads are possible, else one', async () => {
    vi.stubGlobal('navigator', { hardwareConcurrency: 12 });
    const threads = async (wanted?: number): Promise<unknown> => {
      const { engine } = await loaded({}, wanted === undefined ? {} : { threads: wanted });
      return engine.loads[0]!.parameters.n_threads;
    };
    expect([await threads(), await threads(4)]).toEqual([1, 1]);
    vi.stubGlobal('crossOriginIsolated', true);
    expect([await threads(), await threads(4)]).toEqual([6, 4]);
  });

  it('is named by its file and by what changes answers', async () => {
    const id = async (source: Parameters<typeof loaded>[1]): Promise<string> =>
      (await loaded({}, source)).model.id;
    const own = await id({});
    expect(own).toMatch(/^wllama:Small@[0-9a-f]{12}\/b1\/2048$/);
    expect(await id({ file: ggufFile() })).toBe(own);
    expect(await id({ file: ggufFile({ ...LLAMA, 'general.name': 'B' }) })).not.toBe(own);
    expect(await id({ contextTokens: 1024 })).not.toBe(own);
    expect(await id({ slots: 2 })).not.toBe(own);
  });

  it('tells how much of the file was read', async () => {
    const engine = fakeEngine();
    engine.script = {
      load: async () => {
        const [blob] = engine.loads[0]!.blobs;
        expect(await blob!.slice(0, 4).text()).toBe('GGUF');
        for (let i = 0; i < 3; i++) blob!.slice(0, blob!.size);
      },
    };
    const reports: unknown[] = [];
    const source = { model: 'Small', file: ggufFile() };
    const report = (progress: unknown): number => reports.push(progress);
    await loadWllama(source, report, never, { createEngine: engine.create });
    const total = ggufBytes().length;
    expect(reports).toEqual([
      { phase: 'loading', bytes: 4, total },
      { phase: 'loading', bytes: total, total },
    ]);
  });
});

describe('a load that fails', () => {
  const load = (
    script: Parameters<typeof loaded>[0],
    source: Parameters<typeof loaded>[1] = {},
    options: Parameters<typeof loaded>[2] = {},
  ): Promise<unknown> => loaded(script, source, options).then(() => 'loaded');

  it('is told though wllama counts a refused model as loaded', async () => {
    const prints = [
      "llama_model_load: error loading model: tensor 'a' data is not within the file bounds, model is corrupted or incomplete",
      'srv load_model: failed to load model',
    ];
    await expect(load({ vocabulary: 0, prints })).rejects.toMatchObject({
      problem: 'truncated',
      lasting: true,
    });
  });

  it.each([
    [
      'out-of-memory',
      'ggml_backend_cpu_buffer_type_alloc_buffer: failed to allocate buffer of size 9',
    ],
    ['unsupported', "llama_model_load: error loading model: unknown model architecture: 'x'"],
    ['not-a-model', 'gguf_init_from_reader: failed to read header'],
    ['truncated', 'gguf_init_from_reader: failed to read key-value pairs'],
    ['unknown', 'something else'],
  ])('is %s by what llama.cpp prints', async (problem, line) => {
    await expect(load({ vocabulary: 0, prints: [line] })).rejects.toMatchObject({ problem });
  });

  it('says why where nobody knows', async () => {
    await expect(load({ vocabulary: 0, prints: ['the first', 'the last'] })).rejects.toThrow(
      'Small could not be loaded: the first.',
    );
  });

  it('starts no engine for a file that is no GGUF, or one part of several', async () => {
    const text = new File(['hello'], 'a.gguf');
    await expect(load({}, { file: text })).rejects.toMatchObject({ problem: 'not-a-model' });
    const part = ggufFile(LLAMA, 'a-00001-of-00002.gguf');
    await expect(load({}, { file: part })).rejects.toMatchObject({ problem: 'unsupported' });
  });

  it('frees what it took', async () => {
    const engine = fakeEngine({ vocabulary: 0 });
    const source = { model: 'Small', file: ggufFile() };
    await expect(
      loadWllama(source, ignore, never, { createEngine: engine.create }),
    ).rejects.toThrow();
    expect(engine.ended).toBe(1);
  });

  it('ends with an abort, of which wllama knows nothing', async () => {
    const abort = new AbortController();
    const engine = fakeEngine({
      load: async () => {
        abort.abort(new Error('enough'));
        await new Promise(() => undefined);
      },
    });
    const source = { model: 'Small', file: ggufFile() };
    await expect(
      loadWllama(source, ignore, abort.signal, { createEngine: engine.create }),
    ).rejects.toThrow('enough');
    expect(engine.ended).toBe(1);
  });

  it('ends when the engine breaks, or reads nothing any more', async () => {
    const engine = fakeEngine({
      load: async () => {
        engine.watch.broke(new Error('worker'));
        await new Promise(() => undefined);
      },
    });
    const source = { model: 'Small', file: ggufFile() };
    await expect(
      loadWllama(source, ignore, never, { createEngine: engine.create }),
    ).rejects.toMatchObject({ problem: 'crashed', lasting: true });
    const silent = load({ load: () => new Promise(() => undefined) }, {}, { silentSeconds: 0.02 });
    await expect(silent).rejects.toMatchObject({ problem: 'hung' });
  });

  it('says that the engine itself did not come', async () => {
    const createEngine = async (): Promise<never> => {
      throw new TypeError('Failed to fetch dynamically imported module');
    };
    const source = { model: 'Small', file: ggufFile() };
    await expect(loadWllama(source, ignore, never, { createEngine })).rejects.toMatchObject({
      problem: 'crashed',
      lasting: true,
    });
  });
});

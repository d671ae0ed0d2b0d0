import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ModelError } from '../../core/system/chat-model';
import type { LoadProgress } from '../loaded-model';
import { loadWebllm, type WebllmOptions } from '.';
import {
  fakeBrowser,
  FOLDER,
  serveModel,
  SHARDS,
  SOURCE,
  type FakeBrowser,
} from './testing/fake-browser';
import { fakeEngine, type Script } from './testing/fake-engine';

let browser: FakeBrowser;
beforeEach(() => {
  browser = fakeBrowser();
  serveModel(browser);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const whole = () => new AbortController().signal;
const quiet = () => undefined;

async function loaded(script: Script = {}, options: WebllmOptions = {}) {
  const fake = fakeEngine(script);
  const model = await loadWebllm(SOURCE, quiet, whole(), { createEngine: fake.create, ...options });
  fake.log.length = 0;
  return { ...fake, fake, model };
}
const hi = [{ role: 'user', content: 'hi' }] as const;

describe('a load', () => {
  it('downloads, hands WebLLM the one model, and tells each phase', async () => {
    const heard: LoadProgress[] = [];
    const fake = fakeEngine({
      loadReports: [
        { text: 'Start to fetch params', progress: 0 },
        {
          text: 'Loading model from cache[1/2]: 1MB loaded. 66% completed, 0 secs elapsed.',
          progress: 2 / 3,
        },
        { text: 'Loading GPU shader modules[1/2]: 50% completed, 0 secs elapsed.', progress: 0.5 },
        { text: 'Finish loading on WebGPU - test', progress: 1 },
      ],
    });
    const model = await loadWebllm(SOURCE, (progress) => heard.push(progress), whole(), {
      createEngine: fake.create,
    });
    expect(fake.config?.appConfig).toEqual({
      cacheBackend: 'cache',
      model_list: [
        {
          model: `${FOLDER}resolve/main/../../`,
          model_id: 'tiny',
          model_lib: SOURCE.library,
          model_type: 0,
        },
      ],
    });
    expect(fake.log).toEqual(['reload tiny']);
    expect(heard.map(({ phase }) => phase).filter((phase, i, all) => phase !== all[i - 1])).toEqual(
      ['downloading', 'loading', 'compiling'],
    );
    expect(heard).toContainEqual({ phase: 'loading', bytes: 1000, total: 1500, share: 2 / 3 });
    expect(model).toMatchObject({
      id: expect.stringMatching(/^webllm:tiny:[0-9a-f]{16}$/),
      deterministic: true,
      writesPrompts: true,
      slots: 1,
      usesGpu: true,
      contextTokens: 2048,
    });
    expect(model.embed).toBeUndefined();
  });

  it('asks for the GPU before anything is downloaded', async () => {
    vi.stubGlobal('navigator', {});
    await expect(loaded()).rejects.toMatchObject({ problem: 'no-webgpu' });
    expect(browser.asked).toEqual([]);
  });

  it('finds out about 16-bit floats from the configuration, before the weights', async () => {
    browser.features.clear();
    serveModel(browser, { quantization: 'q4f16_1' });
    await expect(loaded()).rejects.toMatchObject({ problem: 'no-f16' });
    expect(browser.asked.filter((url) => url.includes('shard'))).toEqual([]);
  });

  it('says in words what WebLLM throws', async () => {
    const loadFails = new Error('Cannot find TVMWasmAllocSpace in exports');
    await expect(loaded({ loadFails })).rejects.toMatchObject({
      problem: 'library-mismatch',
      cause: loadFails,
    });
  });

  it('hears why TVM gave up, which it prints and does not throw', async () => {
    const printed = vi.spyOn(console, 'error').mockImplementation(quiet);
    const fake = fakeEngine({ loadFails: { name: 'ExitStatus', message: 'exit(1)' } as Error });
    const createEngine: WebllmOptions['createEngine'] = (config) => {
      // As Emscripten does: whatever is there now is kept.
      const print = console.error.bind(console);
      queueMicrotask(() =>
        print(
          '[FATAL] /home/me/tvm/web/../src/x.cc:340: ValueError: Cannot find parameter in cache: w',
        ),
      );
      return fake.create(config);
    };
    await expect(loadWebllm(SOURCE, quiet, whole(), { createEngine })).rejects.toMatchObject({
      problem: 'library-mismatch',
    });
    expect(printed).toHaveBeenCalledOnce();
    expect(console.error).toBe(printed);
    printed.mockRestore();
  });

  it('calls it a crash where TVM said nothing', async () => {
    const loadFails = { name: 'ExitStatus', message: 'exit(1)' } as Error;
    await expect(loaded({ loadFails })).rejects.toMatchObject({ problem: 'crashed' });
  });

  it('looks for a spoilt weight file behind an error that may mean anything', async () => {
    const loadFails = new Error('something new');
    await expect(loaded({ loadFails })).rejects.toMatchObject({ problem: 'unknown' });
    browser.put('webllm/model', `${FOLDER}params_shard_0.bin`, SHARDS[0].slice().fill(3, 400));
    await expect(loaded({ loadFails })).rejects.toMatchObject({
      problem: 'wrong-checksum',
      message: expect.stringMatching(/params_shard_0/),
    });
  });

  it('ends at once when it is aborted, and lets go of the model when WebLLM is through', async () => {
    const abort = new AbortController();
    let go: () => void = () => undefined;
    const fake = fakeEngine({ loadWaits: new Promise<void>((resolve) => (go = resolve)) });
    const loading = loadWebllm(SOURCE, quiet, abort.signal, { createEngine: fake.create });
    await vi.waitFor(() => expect(fake.log).toEqual(['reload tiny']));
    abort.abort(new Error('enough'));
    await expect(loading).rejects.toThrow('enough');
    expect(fake.log).toEqual(['reload tiny']);
    go();
    await vi.waitFor(() => expect(fake.log).toEqual(['reload tiny', 'unload']));
  });

  it('takes a sliding window for the context where there is no other', async () => {
    serveModel(browser, { context_window_size: -1, sliding_window_size: 1024 });
    expect((await loaded()).model.contextTokens).toBe(1024);
  });
});

describe('a call', () => {
  it('answers with text, usage and why it ended, piece by piece', async () => {
    const { model, fake, log, requests } = await loaded({ pieces: ['Hel', 'lo'] });
    const heard: string[] = [];
    const answer = await model.complete(hi, { maxTokens: 5 }, undefined, (piece) =>
      heard.push(piece),
    );
    expect(answer).toEqual({
      text: 'Hello',
      finishReason: 'stop',
      usage: { promptTokens: 7, completionTokens: 2 },
    });
    expect(heard).toEqual(['Hel', 'lo']);
    expect(requests[0]).toMatchObject({ stream: true, max_tokens: 5 });
    // Nothing of an earlier call is gone on with.
    expect(log).toEqual(['reset']);
    fake.script = { finish: 'length' };
    expect(await model.complete(hi, {})).toMatchObject({ finishReason: 'length' });
  });

  it('leaves out the beginning of a text that ended the answer', async () => {
    const { model } = await loaded({ pieces: ['yes', '\n'], message: 'yes' });
    expect((await model.complete(hi, { stop: ['\n\n'] })).text).toBe('yes');
  });

  it('leaves out the empty thought of a model that was told not to think', async () => {
    serveModel(browser, { model_type: 'qwen3' });
    const { model, requests } = await loaded({ pieces: ['<think>\n\n</think>\n\nye', 's'] });
    const heard: string[] = [];
    const { text } = await model.complete(hi, {}, undefined, (piece) => heard.push(piece));
    expect(requests[0]!.extra_body).toEqual({ enable_thinking: false });
    expect(text).toBe('yes');
    expect(heard).toEqual(['ye', 's']);
  });

  it('checks and repairs JSON', async () => {
    const { model, fake } = await loaded({ pieces: ['{"b": 1, "a"', ': "x",}'] });
    const json = { type: 'object', required: ['a'] };
    expect((await model.complete(hi, { json })).text).toBe('{"a":"x","b":1}');
    fake.script = { pieces: ['no'] };
    await expect(model.complete(hi, { json })).rejects.toMatchObject({
      problem: 'not-json',
      lasting: false,
    });
    // That call failed, the model did not.
    fake.script = { pieces: ['yes'] };
    expect((await model.complete(hi, {})).text).toBe('yes');
  });

  it('waits for the one before it', async () => {
    const { model, log } = await loaded({ pieces: ['a', 'b'] });
    await Promise.all([model.complete(hi, {}), model.complete(hi, {})]);
    expect(log).toEqual(['reset', 'reset']);
  });

  it('that is too long fails alone', async () => {
    const { model, fake } = await loaded({
      fails: new Error(
        'Prompt tokens exceed context window size: number of prompt tokens: 9; context window size: 4',
      ),
    });
    await expect(model.complete(hi, {})).rejects.toMatchObject({ problem: 'too-long' });
    fake.script = {};
    expect((await model.complete(hi, {})).text).toBe('yes');
  });

  it('that breaks the engine makes the following ones fail at once', async () => {
    const { model, requests } = await loaded({ fails: new Error('unreachable') });
    await expect(model.complete(hi, {})).rejects.toMatchObject({ problem: 'crashed' });
    await expect(model.complete(hi, {})).rejects.toMatchObject({ problem: 'crashed' });
    expect(requests).toHaveLength(1);
  });
});

describe('an abort', () => {
  it('interrupts WebLLM, ends with the reason, and leaves the engine to the next call', async () => {
    const { model, fake, log } = await loaded({ pieces: ['a', 'wait', 'b'] });
    const abort = new AbortController();
    const heard: string[] = [];
    const aborted = model.complete(hi, {}, abort.signal, (piece) => {
      heard.push(piece);
      abort.abort(new Error('enough'));
    });
    await expect(aborted).rejects.toThrow('enough');
    fake.script = { pieces: ['next'] };
    expect((await model.complete(hi, {})).text).toBe('next');
    expect(heard).toEqual(['a']);
    expect(log).toContain('interrupt');
  });

  it('before its turn costs nothing', async () => {
    const { model, requests } = await loaded({ pieces: ['a', 'b'] });
    const abort = new AbortController();
    const first = model.complete(hi, {});
    const second = model.complete(hi, {}, abort.signal);
    abort.abort(new Error('enough'));
    await expect(second).rejects.toThrow('enough');
    await first;
    await expect(model.complete(hi, {}, abort.signal)).rejects.toThrow('enough');
    expect(requests).toHaveLength(1);
  });

  it('that WebLLM does not hear is told to the next call as a hang', async () => {
    const { model } = await loaded({ pieces: ['a', 'stuck'] }, { interruptSeconds: 0.05 });
    const abort = new AbortController();
    const aborted = model.complete(hi, {}, abort.signal, () => abort.abort(new Error('enough')));
    await expect(aborted).rejects.toThrow('enough');
    await expect(model.complete(hi, {})).rejects.toMatchObject({ problem: 'hung', lasting: true });
  });
});

describe('a silence', () => {
  it('longer than allowed is a hang', async () => {
    const { model } = await loaded({ pieces: ['a', 'stuck'] }, { silentSeconds: 0.05 });
    const hung = model.complete(hi, {});
    await expect(hung).rejects.toMatchObject({ problem: 'hung', lasting: true });
    await expect(hung).rejects.toBeInstanceOf(ModelError);
    await expect(model.complete(hi, {})).rejects.toMatchObject({ problem: 'hung' });
  });

  it('of a lost device ends the call at once', async () => {
    let lose: (info: object) => void = () => undefined;
    class GPUAdapter {
      async requestDevice() {
        return { lost: new Promise((resolve) => (lose = resolve)), destroy: () => undefined };
      }
    }
    vi.stubGlobal('GPUAdapter', GPUAdapter);
    const fake = fakeEngine({ pieces: ['a', 'stuck'] });
    const createEngine: WebllmOptions['createEngine'] = async (config) => {
      await new GPUAdapter().requestDevice();
      return fake.create(config);
    };
    const model = await loadWebllm(SOURCE, quiet, whole(), { createEngine });
    const call = model.complete(hi, {}, undefined, () => lose({ reason: 'unknown', message: '' }));
    await expect(call).rejects.toMatchObject({ problem: 'device-lost', lasting: true });
    await expect(model.complete(hi, {})).rejects.toMatchObject({ problem: 'device-lost' });
  });
});

describe('an embedding model', () => {
  beforeEach(() => serveModel(browser, { model_type: 'bert', context_window_size: 512 }));

  it('gives one vector a text, a few texts at once', async () => {
    const { model, fake, log } = await loaded();
    expect(fake.config?.appConfig?.model_list[0]?.model_type).toBe(1);
    const vectors = await model.embed!(['a', '', 'ccc', 'dd', 'eeeee']);
    expect(vectors).toEqual([1, 1, 3, 2, 5].map((length) => Float32Array.of(length, 1)));
    expect(log).toEqual(['embed ["a"," ","ccc","dd"]', 'embed ["eeeee"]']);
    expect(await model.embed!([])).toEqual([]);
  });

  it('writes no text, and says so', async () => {
    const { model } = await loaded();
    expect(model.writesPrompts).toBe(false);
    await expect(model.complete(hi, {})).rejects.toMatchObject({ problem: 'unsupported' });
  });

  it('stops between texts when it is aborted', async () => {
    const { model, log } = await loaded();
    const abort = new AbortController();
    const aborted = model.embed!(['a', 'b', 'c', 'd', 'e'], abort.signal);
    abort.abort(new Error('enough'));
    await expect(aborted).rejects.toThrow('enough');
    await model.embed!(['z']);
    expect(log.at(-1)).toBe('embed ["z"]');
  });
});

describe('unloading', () => {
  it('frees the engine once, and the model answers no further call', async () => {
    const { model, log } = await loaded();
    await Promise.all([model.unload(), model.unload()]);
    expect(log).toEqual(['unload']);
    await expect(model.complete(hi, {})).rejects.toMatchObject({ problem: 'not-loaded' });
  });

  it('ends a call under way first', async () => {
    const { model, log } = await loaded({ pieces: ['a', 'wait'] });
    const call = model.complete(hi, {});
    call.catch(() => undefined);
    await vi.waitFor(() => expect(log).toEqual(['reset']));
    await model.unload();
    await expect(call).rejects.toMatchObject({ problem: 'not-loaded' });
    expect(log).toContain('interrupt');
    expect(log.at(-1)).toBe('unload');
  });

  it('does not wait for ever for an engine that is stuck', async () => {
    const { model } = await loaded({ pieces: ['stuck'] }, { interruptSeconds: 0.05 });
    model.complete(hi, {}).catch(() => undefined);
    await model.unload();
  });
});

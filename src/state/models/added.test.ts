/** What is typed, kept and read back: none of it is trusted. */
import { describe, expect, it } from 'vitest';
import { checkedServer, fileEntry, ggufEntry, selfHostedEntry, serverEntry } from './added-entries';
import { AddedModels } from './added-models';
import { f32Twin, parameterWords, shortName, webAddress, webllmEntry } from './model-entry';
import { ServerKeys } from './server-keys';
import { siteModels } from './site-models';
import { listing, memoryStorage } from './testing/fake-models';

const BASE = 'https://site.example/app/index.html';
const problem = (checked: { ok: boolean; problem?: string }): string | undefined =>
  checked.ok ? undefined : checked.problem;

describe('a GGUF address', () => {
  it('becomes an entry with a name', () => {
    expect(ggufEntry({ url: ' https://a.example/x/My%20model.GGUF?download=1 ' }, BASE)).toEqual({
      ok: true,
      value: expect.objectContaining({
        name: 'My model',
        source: {
          engine: 'wllama',
          model: 'My model',
          file: { url: 'https://a.example/x/My%20model.GGUF?download=1' },
        },
      }) as unknown,
    });
    expect(ggufEntry({ url: 'files/a.gguf' }, BASE)).toMatchObject({
      value: { key: 'wllama:https://site.example/app/files/a.gguf' },
    });
  });

  it.each([
    ['', /Type an address/],
    ['javascript:alert(1)//x.gguf', /https:\/\/ or http:\/\//],
    ['https://user:word@a.example/x.gguf', /user name/],
    ['https://a.example/x.bin', /\.gguf/],
    [`https://a.example/${'x'.repeat(3000)}.gguf`, /too long/],
    ['https://', /not an address/],
  ])('refuses %s', (url, reason) => {
    expect(problem(ggufEntry({ url }, BASE))).toMatch(reason);
  });

  it('takes a checksum only if it is one', () => {
    const url = 'https://a.example/x.gguf';
    expect(problem(ggufEntry({ url, sha256: 'abc' }, BASE))).toMatch(/64 digits/);
    const sha256 = 'A'.repeat(64);
    expect(ggufEntry({ url, sha256 }, BASE)).toMatchObject({
      value: { source: { file: { sha256: 'a'.repeat(64) } } },
    });
  });
});

describe('a WebLLM model of one’s own', () => {
  it('needs a folder and a library', () => {
    const typed = { url: 'https://a.example/m/Tiny-q4f16_1', library: 'https://a.example/l.wasm' };
    expect(selfHostedEntry(typed, BASE)).toMatchObject({
      value: {
        name: 'Tiny-q4f16_1',
        needsF16: true,
        source: { url: 'https://a.example/m/Tiny-q4f16_1/', library: 'https://a.example/l.wasm' },
      },
    });
    expect(problem(selfHostedEntry({ ...typed, url: '' }, BASE))).toMatch(/^Model folder/);
    expect(problem(selfHostedEntry({ ...typed, library: 'https://a.example/l.js' }, BASE))).toMatch(
      /\.wasm/,
    );
  });
});

describe('a server', () => {
  it.each([
    ['http://localhost:8080/v1/', 'http://localhost:8080/v1'],
    ['http://localhost:8080/v1/chat/completions', 'http://localhost:8080/v1'],
    ['https://a.example/v1?key=x#y', 'https://a.example/v1'],
    ['HTTP://A.example', 'http://a.example'],
  ])('%s has the base %s', (typed, base) => {
    expect(checkedServer(typed, BASE)).toEqual({ ok: true, value: base });
  });

  it.each(['localhost:8080/v1', '/v1', 'ftp://a.example', 'a.example/v1'])('is not %s', (typed) => {
    expect(problem(checkedServer(typed, BASE))).toMatch(/must begin with/);
  });

  it('needs a model and a number of requests', () => {
    const typed = { baseUrl: 'http://a.example/v1', model: 'm', slots: 4 };
    expect(serverEntry(typed, BASE).ok).toBe(true);
    expect(problem(serverEntry({ ...typed, model: ' ' }, BASE))).toMatch(/model’s name/);
    for (const slots of [0, 65, 1.5, Number.NaN, undefined as unknown as number]) {
      expect(problem(serverEntry({ ...typed, slots }, BASE))).toMatch(/from 1 to 64/);
    }
  });
});

describe('a file', () => {
  it('is told by its first bytes, not by its name', async () => {
    expect(problem(await fileEntry(new File(['GIF89a'], 'x.gguf')))).toMatch(/letters GGUF/);
    expect(await fileEntry(new File(['GGUF..'], 'x.gguf'))).toMatchObject({
      value: { place: 'file', downloadBytes: 6 },
    });
    const gone = new File(['GGUF'], 'x.gguf');
    gone.slice = () => ({ text: () => Promise.reject(new Error('gone')) }) as unknown as Blob;
    expect(problem(await fileEntry(gone))).toMatch(/could not be read/);
  });
});

describe('AddedModels', () => {
  it('reads back what it wrote, without keys and files', async () => {
    const storage = memoryStorage();
    const added = new AddedModels(() => storage, BASE);
    const file = await fileEntry(new File(['GGUF'], 'x.gguf'));
    const entries = [
      ggufEntry({ url: 'https://a.example/x.gguf', sha256: 'a'.repeat(64) }, BASE),
      selfHostedEntry(
        { url: 'https://a.example/m/', library: 'https://a.example/l.wasm', name: 'mine' },
        BASE,
      ),
      serverEntry({ baseUrl: 'http://a.example/v1', model: 'm', slots: 3, key: 'secret' }, BASE),
      file,
    ].map((checked) => (checked.ok ? checked.value : undefined)!);
    added.write([...entries, webllmEntry(listing('Tiny-q4f16_1-MLC'))]);
    const read = added.read();
    expect(read.map(({ key }) => key)).toEqual(entries.slice(0, 3).map(({ key }) => key));
    expect(read.slice(0, 2)).toEqual(entries.slice(0, 2));
    expect(storage.entries['optimas-web.models']).not.toContain('secret');
  });

  it.each([
    'not json',
    '{"engine":"wllama"}',
    'null',
    '[null,1,"x",[],{"engine":"wllama","url":"javascript:0"},{"engine":"openai"},{"engine":"?"}]',
  ])('takes %s for nothing', (text) => {
    const storage = memoryStorage({ 'optimas-web.models': text });
    expect(new AddedModels(() => storage, BASE).read()).toEqual([]);
  });
});

describe('ServerKeys', () => {
  it('gives a key to the address it was kept for alone, until it is forgotten', () => {
    const storage = memoryStorage();
    const keys = new ServerKeys(() => storage);
    keys.keep('http://a.example', 'k');
    expect(new ServerKeys(() => storage).get('http://a.example')).toBe('k');
    expect(keys.get('http://b.example')).toBeUndefined();
    expect(keys.get('toString')).toBeUndefined();
    keys.forget('http://a.example');
    expect(storage.entries).toEqual({});
  });
});

describe('the models of this site', () => {
  const row = { name: 'Small', file: 'small.gguf', bytes: 94e6, sha256: 'a'.repeat(64) };
  const read = (text: string | undefined) => siteModels(async () => text, BASE);

  it('are read from models/models.json beside the page', async () => {
    const asked: string[] = [];
    const [entry] = await siteModels(async (url) => {
      asked.push(url);
      return JSON.stringify([
        { ...row, licence: 'Apache-2.0', page: 'https://a.example', parameters: 135e6 },
      ]);
    }, BASE);
    expect(asked).toEqual(['https://site.example/app/models/models.json']);
    expect(entry).toMatchObject({
      source: { file: { url: 'https://site.example/app/models/small.gguf', sha256: row.sha256 } },
      downloadBytes: 94e6,
      licence: 'Apache-2.0',
      parameters: '135M',
    });
  });

  it('are none where there is no list, or a page in its place', async () => {
    expect(await read(undefined)).toEqual([]);
    expect(await read('<!doctype html>')).toEqual([]);
    expect(await read('{"name":"x"}')).toEqual([]);
    expect(await siteModels(() => Promise.reject(new Error('offline')), BASE)).toEqual([]);
  });

  it('leave out rows that are no models or lead elsewhere, and keep the others', async () => {
    const rows = [
      null,
      { ...row, bytes: 'many' },
      { ...row, file: 'https://evil.example/x.gguf' },
      { ...row, file: '../x.gguf' },
      { ...row, file: 'http://[' },
      { ...row, sha256: 'short' },
    ];
    const entries = await read(JSON.stringify(rows));
    expect(entries).toHaveLength(1);
    expect(entries[0]!.source).toEqual({
      engine: 'wllama',
      model: 'Small',
      file: { url: 'https://site.example/app/models/small.gguf' },
    });
  });
});

describe('entries', () => {
  it('have short names, and a twin in 32-bit numbers', () => {
    expect(shortName('Llama-3.1-8B-Instruct-q4f16_1-MLC-1k', 'q4f16_1')).toBe(
      'Llama-3.1-8B-Instruct-1k',
    );
    const [f16, f32] = ['q4f16_1', 'q4f32_1'].map((q) => webllmEntry(listing(`Tiny-${q}-MLC`)));
    expect(f32Twin(f16!, [f16!, f32!])).toBe(f32);
    expect(f32Twin(f32!, [f16!, f32!])).toBeUndefined();
    expect(parameterWords(1.236e9)).toBe('1.2B');
    expect(parameterWords(8.03e9)).toBe('8B');
    expect(parameterWords(135e6)).toBe('135M');
  });

  it('link to http and https only', () => {
    expect(webAddress('https://a.example/x')).toBe('https://a.example/x');
    for (const bad of ['javascript:alert(1)', 'data:text/html,x', '//a.example', '', undefined]) {
      expect(webAddress(bad)).toBeUndefined();
    }
  });
});

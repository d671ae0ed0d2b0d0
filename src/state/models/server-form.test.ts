import { describe, expect, it } from 'vitest';
import type { ModelOutcome } from './model-client';
import { ServerForm } from './server-form.svelte';
import { ServerKeys } from './server-keys';
import { memoryStorage, settled } from './testing/fake-models';

const URL_A = 'http://localhost:8080/v1';
const CORS = {
  problem: 'cors',
  message: 'The server does not allow this page.',
  advice: 'Start it with --cors.',
  lasting: true,
} as const;

function withServer() {
  const asked: { baseUrl: string; key?: string; signal: AbortSignal }[] = [];
  const answers: ((outcome: ModelOutcome<readonly string[]>) => void)[] = [];
  const storage = memoryStorage();
  const form = new ServerForm(
    (server, signal) => {
      asked.push({ ...server, signal });
      return new Promise((resolve) => answers.push(resolve));
    },
    new ServerKeys(() => storage),
    'https://site.example/',
  );
  return { form, asked, answers, storage };
}

describe('ServerForm', () => {
  it('asks the server and offers its models, each once', async () => {
    const { form, asked, answers } = withServer();
    form.setBaseUrl(`${URL_A}/`);
    form.key = 'k';
    const listing = form.listModels();
    expect(form.listing).toBe(true);
    expect(asked[0]).toMatchObject({ baseUrl: URL_A, key: 'k' });
    answers[0]!({ ok: true, value: ['b', 'a', 'b', '', 'x'.repeat(300), 7 as unknown as string] });
    await listing;
    expect(form.models).toEqual(['b', 'a']);
    expect(form.model).toBe('b');
    expect(form.listing).toBe(false);
  });

  it('tells why a server cannot be asked', async () => {
    const { form, answers, asked } = withServer();
    form.setBaseUrl('localhost:8080');
    await form.listModels();
    expect(form.problem).toMatch(/must begin with/);
    expect(asked).toEqual([]);
    form.setBaseUrl(URL_A);
    expect(form.problem).toBeUndefined();
    const listing = form.listModels();
    answers[0]!({ ok: false, failure: CORS });
    await listing;
    expect(form.failure).toEqual(CORS);
    expect(form.models).toBeUndefined();
  });

  it('stops asking, and hears nothing of a server that is asked no more', async () => {
    const { form, asked, answers } = withServer();
    form.setBaseUrl(URL_A);
    const listing = form.listModels();
    form.setBaseUrl('http://other.example/v1');
    expect(asked[0]!.signal.aborted).toBe(true);
    expect(form.listing).toBe(false);
    answers[0]!({ ok: true, value: ['a'] });
    await listing;
    expect(form.models).toBeUndefined();
  });

  it('keeps a key only if asked to, and forgets it at once', () => {
    const { form, storage } = withServer();
    form.setBaseUrl(URL_A);
    form.key = 'secret';
    form.model = 'm';
    expect(form.entry()?.source).toMatchObject({ key: 'secret', slots: 4 });
    expect(storage.entries).toEqual({});
    form.setKeepKey(true);
    form.entry();
    expect(JSON.stringify(storage.entries)).toContain('secret');
    form.setKeepKey(false);
    expect(storage.entries).toEqual({});
  });

  it('takes up a kept key with its address, and shows it to no other', () => {
    const { form, storage } = withServer();
    new ServerKeys(() => storage).keep(URL_A, 'kept');
    form.setBaseUrl(URL_A);
    expect(form.key).toBe('kept');
    expect(form.keepKey).toBe(true);
    form.setBaseUrl(`${URL_A}.evil.example`);
    expect(form.key).toBe('');
    expect(form.keepKey).toBe(false);
  });

  it('says what is wrong with what was typed', async () => {
    const { form } = withServer();
    form.setBaseUrl(URL_A);
    expect(form.entry()).toBeUndefined();
    expect(form.problem).toMatch(/model’s name/);
    form.model = 'm';
    form.slots = 0;
    expect(form.entry()).toBeUndefined();
    expect(form.problem).toMatch(/Parallel requests/);
    await settled();
  });
});

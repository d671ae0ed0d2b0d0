import { describe, expect, it } from 'vitest';
import { DataImport, type DataProblem, type UsedFile } from './data-import.svelte';
import { FakeImportClient, IMPORTED, INSPECTION } from './testing/fake-import-client';

const FILE = new File(['x'], 'mine.csv');

function scene(take: (used: UsedFile) => Promise<DataProblem | undefined> = async () => undefined) {
  const clients: FakeImportClient[] = [];
  const used: UsedFile[] = [];
  const data = new DataImport(
    () => {
      const client = new FakeImportClient();
      clients.push(client);
      return client;
    },
    (file) => {
      used.push(file);
      return take(file);
    },
  );
  return { data, clients, used, client: () => clients.at(-1)! };
}

/** A scene in which the file was looked at. */
async function inspected(inspection = INSPECTION, take?: Parameters<typeof scene>[0]) {
  const made = scene(take);
  const open = made.data.open(FILE, 'multihop-qa');
  made.client().last.answer({ ok: true, value: { ...IMPORTED, ...inspection } });
  await open;
  return made;
}

describe('a file of one’s own', () => {
  it('is looked at with progress, then shown', async () => {
    const { data, client } = scene();
    expect(data.phase).toBe('idle');
    const open = data.open(FILE, 'multihop-qa');
    expect([data.phase, data.busy, data.usable]).toEqual(['inspecting', true, false]);
    expect(client().last).toMatchObject({ file: FILE, request: { system: 'multihop-qa' } });
    client().last.report({ done: 5, total: 10, rows: 2 });
    expect(data.progress).toEqual({ done: 5, total: 10, rows: 2 });
    client().last.answer({ ok: true, value: { ...IMPORTED, ...INSPECTION } });
    await open;
    expect([data.phase, data.busy, data.usable]).toEqual(['preview', false, true]);
    expect(data.inspection?.columns).toEqual(INSPECTION.columns);
    expect(data.mapping).toEqual(INSPECTION.mapping);
    expect(data.progress).toBeUndefined();
  });

  it('that cannot be read is refused with the reason', async () => {
    const { data, client } = scene();
    const open = data.open(FILE, 'multihop-qa');
    const problem = { message: 'cut off', line: 3 };
    client().last.answer({ ok: false, problem });
    await open;
    expect([data.phase, data.problem]).toEqual(['refused', problem]);
    await data.use();
    expect(client().calls).toHaveLength(1);
  });

  it('that cannot be used as it stands is shown with the reason', async () => {
    const refusal = { message: 'too few' };
    const { data, used } = await inspected({ ...INSPECTION, refusal });
    expect([data.phase, data.problem, data.usable]).toEqual(['preview', refusal, false]);
    await data.use();
    expect(used).toEqual([]);
  });

  it('is used only when the user says so', async () => {
    const { data, client, used, clients } = await inspected();
    expect(used).toEqual([]);
    const use = data.use();
    expect([data.phase, client().last.what]).toEqual(['reading', 'read']);
    client().last.answer({ ok: true, value: IMPORTED });
    await use;
    expect(used).toEqual([
      { file: FILE, system: 'multihop-qa', mapping: INSPECTION.mapping, data: IMPORTED },
    ]);
    expect([data.phase, data.file]).toEqual(['idle', undefined]);
    expect(clients[0]!.disposed).toBe(1);
  });

  it('in its published form goes without a mapping', async () => {
    const { data, client, used } = await inspected({ ...INSPECTION, published: true });
    const use = data.use();
    client().last.answer({ ok: true, value: { ...IMPORTED, published: true } });
    await use;
    expect(used[0]).not.toHaveProperty('mapping');
  });

  it('stays in the preview when it could not be taken', async () => {
    const { data, client } = await inspected(INSPECTION, async () => ({ message: 'no passages' }));
    const use = data.use();
    client().last.answer({ ok: true, value: IMPORTED });
    await use;
    expect([data.phase, data.problem]).toEqual(['preview', { message: 'no passages' }]);
    const thrown = await inspected(INSPECTION, () => Promise.reject(new Error('a bug')));
    const again = thrown.data.use();
    thrown.client().last.answer({ ok: true, value: IMPORTED });
    await again;
    expect(thrown.data.problem?.message).toMatch(/could not be used: a bug/);
  });
});

describe('columns', () => {
  it('can be chosen, and the file is looked at again', async () => {
    const { data, client } = await inspected();
    const map = data.map('answer', 'Text');
    expect(data.phase).toBe('inspecting');
    expect(data.mapping).toEqual({ question: 'Query', answer: 'Text' });
    expect(client().last.request.mapping).toEqual(data.mapping);
    // What was found before stays in sight.
    expect(data.inspection).toBeDefined();
    client().last.answer({
      ok: true,
      value: { ...IMPORTED, mapping: { question: 'Query', answer: 'Text' } },
    });
    await map;
    const use = data.use();
    expect(client().last.request.mapping).toEqual({ question: 'Query', answer: 'Text' });
    client().last.answer({ ok: true, value: IMPORTED });
    await use;
  });

  it('that were chosen quickly one after the other both hold', async () => {
    const { data, client } = await inspected();
    const first = data.map('answer', 'Text');
    const overtaken = client().last;
    const second = data.map('question', '');
    expect(client().last.request.mapping).toEqual({ question: '', answer: 'Text' });
    overtaken.answer({ ok: false, aborted: true });
    await first;
    expect(data.phase).toBe('inspecting');
    client().last.answer({ ok: true, value: { ...IMPORTED, mapping: data.mapping } });
    await second;
    expect(data.mapping).toEqual({ question: '', answer: 'Text' });
  });

  it('of another data set can be taken as proposed', async () => {
    const refusal = { message: 'This looks like PubMedQA' };
    const { data, client } = await inspected({
      ...INSPECTION,
      mismatch: refusal.message,
      refusal,
    });
    const map = data.mapAnyway();
    expect(client().last.request.mapping).toEqual(INSPECTION.mapping);
    client().last.answer({ ok: true, value: { ...IMPORTED, mismatch: refusal.message } });
    await map;
    expect(data.usable).toBe(true);
  });
});

describe('giving up', () => {
  it('ends what is under way, and its answer is not heard', async () => {
    const { data, clients, client } = scene();
    const open = data.open(FILE, 'multihop-qa');
    const { last } = client();
    data.cancel();
    expect([data.phase, data.file, clients[0]!.cancelled]).toEqual(['idle', undefined, 1]);
    last.report({ done: 1, rows: 1 });
    last.answer({ ok: true, value: IMPORTED });
    await open;
    expect([data.phase, data.inspection, data.progress]).toEqual(['idle', undefined, undefined]);
  });

  it('while the rows are read uses nothing', async () => {
    const { data, client, used } = await inspected();
    const use = data.use();
    const { last } = client();
    data.cancel();
    last.answer({ ok: true, value: IMPORTED });
    await use;
    expect(used).toEqual([]);
    expect(data.phase).toBe('idle');
  });

  it('happens when another file is opened', async () => {
    const { data, client } = scene();
    const first = data.open(FILE, 'multihop-qa');
    const overtaken = client().last;
    const other = new File(['y'], 'other.csv');
    const second = data.open(other, 'next-item');
    overtaken.answer({ ok: false, problem: { message: 'bad' } });
    await first;
    expect([data.phase, data.file]).toEqual(['inspecting', other]);
    client().last.answer({ ok: true, value: IMPORTED });
    await second;
    expect(data.system).toBe('next-item');
  });

  it('of a worker that broke lets the next file have a new one', async () => {
    const { data, clients, client } = scene();
    const open = data.open(FILE, 'multihop-qa');
    client().last.fail(new Error('gone'));
    await open;
    expect([data.phase, data.problem?.message]).toEqual([
      'refused',
      'the file could not be read: gone',
    ]);
    expect(clients[0]!.disposed).toBe(1);
    void data.open(FILE, 'multihop-qa');
    expect(clients).toHaveLength(2);
    data.dispose();
    expect(clients[1]!.disposed).toBe(1);
  });
});

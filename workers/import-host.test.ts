import { describe, expect, it } from 'vitest';
import { ImportHost } from './import-host';
import type { ImportProgress } from './import-protocol';

const nothing = (): void => undefined;
const row = (i: number): string =>
  JSON.stringify({ query: `Which ${i}?`, answer_ids: [i, i + 1] }) + '\n';
const file = (rows: number): Blob => new Blob(Array.from({ length: rows }, (_, i) => row(i)));
const STARK = { system: 'entity-ranking' };

describe('the import worker', () => {
  it('looks at a file, and its answer can be sent to the page', async () => {
    const outcome = await new ImportHost().inspect(file(15), STARK, nothing);
    if (!outcome.ok) throw new Error('it was not read');
    expect(outcome.value).toMatchObject({ published: true, columns: ['query', 'answer_ids'] });
    expect(structuredClone(outcome)).toEqual(outcome);
    expect(outcome.value).not.toHaveProperty('rows');
  });

  it('reads its rows', async () => {
    const outcome = await new ImportHost().read(file(15), STARK, nothing);
    if (!outcome.ok) throw new Error('it was not read');
    expect(outcome.value.rows[3]).toEqual({
      line: 4,
      value: { query: 'Which 3?', answer_ids: [3, 4] },
    });
  });

  it('does not read again what it has just looked at', async () => {
    const host = new ImportHost();
    const seen = file(15);
    let reads = 0;
    const { stream } = seen;
    seen.stream = () => {
      reads += 1;
      return stream.call(seen);
    };
    await host.inspect(seen, STARK, nothing);
    expect(await host.read(seen, STARK, nothing)).toMatchObject({ ok: true });
    expect(reads).toBe(1);
    const mapping = { query: 'query', answer_ids: 'answer_ids' };
    await host.read(seen, { ...STARK, mapping }, nothing);
    expect(reads).toBe(2);
  });

  it('gives what is wrong with a file as a value', async () => {
    const host = new ImportHost();
    expect(await host.inspect(new Blob(['[1,\n2']), STARK, nothing)).toEqual({
      ok: false,
      problem: {
        line: 2,
        message: 'the file ends in the middle of the JSON text; it was probably cut off',
      },
    });
    expect(await host.read(file(5), STARK, nothing)).toMatchObject({
      ok: false,
      problem: { message: expect.stringMatching(/5 rows, at least 12/) as string },
    });
  });

  it('says so when the file cannot be read any more', async () => {
    const gone = file(1);
    gone.stream = () => {
      throw new Error('not found');
    };
    expect(await new ImportHost().inspect(gone, STARK, nothing)).toMatchObject({
      ok: false,
      problem: { message: expect.stringMatching(/\(not found\); choose it again/) as string },
    });
  });

  /** Grows without end until it is cancelled. */
  const endless = (): Blob => {
    const blob = file(1);
    const bytes = new TextEncoder().encode(row(1).repeat(200));
    blob.stream = () =>
      new ReadableStream({
        pull: (controller) => controller.enqueue(bytes),
      });
    return blob;
  };

  it('can be cancelled, though the file is always at hand', async () => {
    const host = new ImportHost();
    const told: ImportProgress[] = [];
    const open = host.inspect(endless(), STARK, (progress) => told.push(progress));
    setTimeout(() => void host.cancel(), 350);
    expect(await open).toEqual({ ok: false, aborted: true });
    expect(told.length).toBeGreaterThanOrEqual(1);
    expect(told.length).toBeLessThanOrEqual(4);
    expect(told.at(-1)!.rows).toBeGreaterThan(0);
  });

  it('ends the last file when a new one comes', async () => {
    const host = new ImportHost();
    const first = host.inspect(endless(), STARK, nothing);
    const second = host.inspect(file(15), STARK, nothing);
    expect(await first).toEqual({ ok: false, aborted: true });
    expect((await second).ok).toBe(true);
    // What is over leaves nothing to cancel.
    await host.cancel();
    expect((await host.inspect(file(15), STARK, nothing)).ok).toBe(true);
  });
});

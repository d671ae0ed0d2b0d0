import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ByteStream } from './byte-stream';
import { readRecords } from './stream';
import { bytesOf, cutAt, streamOf } from './testing/pieces';
import { rowsOf } from './testing/rows';

it('ends a record without end before memory does', async () => {
  const endless = (start: string): ByteStream => {
    const piece = bytesOf('x'.repeat(1_000_000));
    let count = 0;
    return {
      getReader: () => ({
        read: async () => ({ done: false, value: count++ === 0 ? bytesOf(start) : piece }),
        cancel: async () => undefined,
      }),
    };
  };
  for (const [start, line] of [
    ['a,b\n"1,2\n', 2],
    ['[\n{"a": "', 2],
    ['{"a": "', 1],
    ['{"a":1}\n{"a": "', 2],
  ] as const) {
    await expect(rowsOf(endless(start))).rejects.toThrow(
      new RegExp(`^line ${line}: the (row|record|line).*more than 16 million characters`),
    );
  }
});

it('takes a long line of many records, in one piece too', async () => {
  const row = `{"a":"${'x'.repeat(9_990)}"}`;
  const rows = await rowsOf(
    streamOf(`[${Array.from({ length: 2000 }, () => row).join(',')}]`, 1e9),
  );
  expect(rows).toHaveLength(2000);
});

describe('how a file is cut into pieces', () => {
  const places = fc.array(fc.nat(100_000), { maxLength: 30 });
  const outcome = async (stream: ByteStream): Promise<unknown> => {
    try {
      return await rowsOf(stream);
    } catch (error) {
      return String(error);
    }
  };
  const same = async (text: string, cuts: readonly number[]): Promise<void> => {
    const bytes = bytesOf(text);
    expect(await outcome(cutAt(bytes, cuts))).toEqual(await outcome(cutAt(bytes, [])));
  };

  it('changes nothing, whatever the text', async () => {
    const parts = ['"', ',', '\n', '\r', '\r\n', ' ', '{', '}', '[', ']', ':', '""', '\\', 'ä😀'];
    const piece = fc.oneof(fc.constantFrom(...parts), fc.constantFrom('a', '1', '{"a":1}', 'null'));
    const texts = fc.tuple(
      fc.constantFrom('', '\ufeff', 'a,b\n', 'a;b\r\n', '[', '{"a":1}\n', '{\n', '{"x":{"a":1},'),
      fc.array(piece, { maxLength: 40 }),
    );
    await fc.assert(
      fc.asyncProperty(texts, places, ([start, rest], cuts) => same(start + rest.join(''), cuts)),
      { numRuns: 500 },
    );
  });

  it('changes nothing in tables, and they are read as they were written', async () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'ß', '"', ',', '\n', ' ', '😀'),
      maxLength: 8,
    });
    const rows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 12 });
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(rows, places, fc.boolean(), async (table, cuts, carriage) => {
        const end = carriage ? '\r\n' : '\n';
        const text = [['q', 'a'], ...table].map((row) => row.map(quoted).join(',') + end).join('');
        const values = (await rowsOf(cutAt(bytesOf(text), cuts))).map(([, value]) => value);
        const filled = table.filter((row) => row.some((field) => field.trim() !== ''));
        expect(values).toEqual(filled.map(([q, a]) => ({ q, a })));
      }),
    );
  });

  it('changes nothing in JSON, and it is read as it was written', async () => {
    const values = fc.array(fc.object({ maxDepth: 2 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(values, places, fc.nat(2), async (records, cuts, indent) => {
        const text = JSON.stringify(records, null, indent);
        const read = await rowsOf(cutAt(bytesOf(text), cuts));
        expect(read.map(([, value]) => value)).toEqual(JSON.parse(text));
      }),
    );
  });
});

describe('reading', () => {
  it('stops at the signal, with its reason, and lets the file go', async () => {
    const controller = new AbortController();
    let cancelled = false;
    const stream: ByteStream = {
      getReader: () => ({
        read: async () => ({ done: false, value: bytesOf('{"a":1}\n') }),
        cancel: async () => void (cancelled = true),
      }),
    };
    const all = async (): Promise<void> => {
      let pieces = 0;
      for await (const _ of readRecords(stream, { signal: controller.signal })) {
        pieces += 1;
        if (pieces === 3) controller.abort(new Error('enough'));
      }
    };
    await expect(all()).rejects.toThrow('enough');
    expect(cancelled).toBe(true);
  });
});

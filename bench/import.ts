/** Importing a large file: 100 000 rows, 200 MB of JSON lines, beside a bare loop that only counts lines. */
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importFile } from '../src/data/import-file';
import type { Figure } from './timing';

const ROWS = 100_000;
const ROW_BYTES = 2040;
/** Rows written at once. */
const BLOCK = 1000;

export async function benchImport(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'import-'));
  try {
    const path = join(folder, 'rows.jsonl');
    const bytes = await write(path);
    const bare = await seconds(() => countLines(path));
    let peak = 0;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
    let rows = 0;
    const took = await seconds(async () => {
      const file = await open(path);
      const stream = file.readableWebStream({ type: 'bytes' });
      const imported = await importFile(stream, { system: 'multihop-qa', total: bytes });
      rows = imported.preview.rows;
      await file.close();
    });
    clearInterval(watch);
    return [
      { name: 'file', value: bytes / 2 ** 20, unit: 'MiB' },
      { name: 'rows', value: rows, unit: 'rows' },
      { name: 'import', value: took, unit: 's' },
      { name: 'bare count of its lines', value: bare, unit: 's' },
      { name: 'peak memory of the process', value: peak / 2 ** 20, unit: 'MiB' },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function write(path: string): Promise<number> {
  const file = await open(path, 'w');
  let bytes = 0;
  for (let start = 0; start < ROWS; start += BLOCK) {
    const rows = Array.from({ length: BLOCK }, (_, i) => row(start + i)).join('');
    bytes += Buffer.byteLength(rows);
    await file.write(rows);
  }
  await file.close();
  return bytes;
}

function row(i: number): string {
  const text = `Passage ${i} tells of river ${i}. `;
  const sentences = Array.from({ length: Math.floor(ROW_BYTES / text.length) }, () => text);
  const context = [[`River ${i}`, sentences]];
  return `${JSON.stringify({ id: `q${i}`, question: `Which river is number ${i}?`, answer: `River ${i}`, context })}\n`;
}

async function countLines(path: string): Promise<void> {
  const file = await open(path);
  let lines = 0;
  for await (const piece of file.readableWebStream({ type: 'bytes' })) {
    for (const byte of piece as Uint8Array) if (byte === 10) lines += 1;
  }
  await file.close();
  if (lines !== ROWS) throw new Error(`expected ${ROWS} lines, counted ${lines}`);
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

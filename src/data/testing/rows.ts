/** What a test wants to know of the records of a stream. */
import type { ByteStream } from '../byte-stream';
import { readRecords } from '../stream';

export type Rows = (readonly [line: number, value: unknown])[];

/** Lines and values; of what cannot be read the message in place of the value. */
export async function rowsOf(stream: ByteStream): Promise<Rows> {
  const rows: Rows = [];
  for await (const records of readRecords(stream)) {
    for (const record of records) {
      rows.push([record.line, 'problem' in record ? record.problem.message : record.value]);
    }
  }
  return rows;
}

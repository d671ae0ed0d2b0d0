/** What a test wants to know of the records of a stream. */
import type { ByteStream } from '../byte-stream';
import type { LocatedRecord } from '../records';
import { readRecords } from '../stream';
import { streamOf } from './pieces';

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

/** The records of a text, as an import would read them. @throws DataError of the first that is broken */
export async function recordsOf(text: string): Promise<LocatedRecord[]> {
  const all: LocatedRecord[] = [];
  for await (const records of readRecords(streamOf(text))) {
    for (const record of records) {
      if ('problem' in record) throw record.problem;
      all.push(record);
    }
  }
  return all;
}

/**
 * Records of a data file of any size, as it is read: CSV, JSON or JSON Lines, told apart by how the
 * text begins. The whole text is never held, and how the bytes are cut into pieces changes nothing.
 */
import { piecesOf, type ByteStream } from './byte-stream';
import { DataError } from './data-error';
import { isObject } from './values';
import { CsvParser, sniffDelimiter } from './stream-csv';
import { DocumentParser } from './stream-json';
import { LineParser } from './stream-lines';
import type { RecordParser, StreamedRecord } from './stream-parser';
import { TextPieces } from './text-decoding';

/** Characters that tell how a table separates its fields. */
const TABLE_HEAD = 65_536;
/** Longest first line, in characters, that is looked at to tell JSON Lines from one document. */
const LINE_HEAD = 4_000_000;

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Hears every piece of the file before it is read. */
  readonly onBytes?: ((piece: Uint8Array) => void) | undefined;
}

/**
 * The records of each piece, in the file's order.
 * @throws DataError that names the line from which on nothing can be read; the signal's reason
 */
export async function* readRecords(
  stream: ByteStream,
  { signal, onBytes }: ReadOptions = {},
): AsyncGenerator<readonly StreamedRecord[], void, undefined> {
  const text = new TextPieces();
  const records = new Records();
  for await (const piece of piecesOf(stream, signal)) {
    onBytes?.(piece);
    yield records.push(text.push(piece));
  }
  yield records.push(text.end());
  yield records.end();
}

/** Holds the beginning back until it tells which parser to use. */
class Records {
  #parser: RecordParser | undefined;
  #head: string[] = [];
  #length = 0;
  #needed = 1;

  push(text: string): readonly StreamedRecord[] {
    if (text === '') return [];
    if (this.#parser) return this.#parser.push(text);
    this.#head.push(text);
    this.#length += text.length;
    if (this.#length < this.#needed) return [];
    const head = this.#head.join('');
    this.#parser = parserFor(head, false);
    this.#head = [head];
    this.#needed = 2 * head.length;
    return this.#parser?.push(head) ?? [];
  }

  end(): readonly StreamedRecord[] {
    if (this.#parser) return this.#parser.end();
    const head = this.#head.join('');
    const parser = parserFor(head, true);
    if (!parser) {
      throw new DataError('the file is empty, expected CSV, JSON or one JSON record a line', 1);
    }
    return [...parser.push(head), ...parser.end()];
  }
}

/** `undefined` while the head is too short to tell, and at the end when there is nothing. */
function parserFor(head: string, whole: boolean): RecordParser | undefined {
  const start = head.search(/\S/);
  if (start < 0) return undefined;
  if (head[start] === '[') return new DocumentParser();
  if (head[start] === '{') {
    const newline = head.indexOf('\n', start);
    const end = newline < 0 ? head.length : newline;
    if (end - start >= LINE_HEAD) return new DocumentParser();
    if (newline < 0 && !whole) return undefined;
    return oneRecord(head.slice(start, end).trim()) ? new LineParser() : new DocumentParser();
  }
  return whole || head.length >= TABLE_HEAD
    ? new CsvParser(sniffDelimiter(head.slice(0, TABLE_HEAD)))
    : undefined;
}

/** Whether a first line is a record by itself, also a broken one, and not the beginning of more. */
function oneRecord(line: string): boolean {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return line.endsWith('}');
  }
  const inner = Object.values(value as object);
  return inner.length === 0 || !inner.every(isObject);
}

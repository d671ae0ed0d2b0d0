/** One JSON record a line (JSON Lines, NDJSON). A broken line spoils no other. */
import { DataError } from './data-error';
import { MAX_RECORD, type RecordParser, type StreamedRecord } from './stream-parser';

export class LineParser implements RecordParser {
  /** Of the line that is not complete yet: joined only once, however many pieces it has. */
  #pieces: string[] = [];
  #length = 0;
  #line = 0;

  push(text: string): StreamedRecord[] {
    const records: StreamedRecord[] = [];
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      this.#keep(text.slice(start, end));
      this.#close(records);
      start = end + 1;
    }
    this.#keep(text.slice(start));
    return records;
  }

  end(): StreamedRecord[] {
    const records: StreamedRecord[] = [];
    this.#close(records);
    return records;
  }

  #keep(piece: string): void {
    if (piece === '') return;
    this.#pieces.push(piece);
    this.#length += piece.length;
    if (this.#length > MAX_RECORD) {
      throw new DataError(
        `the line has more than ${MAX_RECORD / 1e6} million characters; expected one JSON record a line`,
        this.#line + 1,
      );
    }
  }

  #close(records: StreamedRecord[]): void {
    const content = this.#pieces.length === 1 ? this.#pieces[0]! : this.#pieces.join('');
    this.#pieces = [];
    this.#length = 0;
    this.#line += 1;
    if (content.trim() === '') return;
    const line = this.#line;
    try {
      records.push({ line, value: JSON.parse(content) as unknown });
    } catch (error) {
      const problem = new DataError(`this is not valid JSON (${parserMessage(error)})`, line);
      records.push({ line, problem });
    }
  }
}

/** The engine's reason without its quotation of the text and its offsets. */
function parserMessage(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message
    .replace(/, *\.{0,3}"[\s\S]*" *\.{0,3} is not valid JSON/, '')
    .replace(/ (in JSON )?at (position|line)[\s\S]*/, '')
    .replace(/^JSON\.parse: /, '');
}

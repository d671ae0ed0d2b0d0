/** Tables with a header row: CSV as in RFC 4180, also with semicolons, tabs or bars between fields. */
import Papa from 'papaparse';
import { DataError } from './data-error';
import { MAX_RECORD, type RecordParser, type StreamedRecord } from './stream-parser';
import { newlines } from './text-decoding';

const DELIMITERS = [',', '\t', ';', '|'];

/** @param head the beginning of the text; its last row may be cut off */
export function sniffDelimiter(head: string): string {
  const { meta, errors } = Papa.parse<string[]>(head, {
    delimitersToGuess: DELIMITERS,
    newline: '\n',
    preview: 10,
    skipEmptyLines: true,
  });
  if (errors.every(({ code }) => code !== 'UndetectableDelimiter')) return meta.delimiter;
  // Rows of different lengths: the header tells.
  const [header = ''] = head.trimStart().split('\n', 1);
  const uses = DELIMITERS.map((delimiter) => header.split(delimiter).length);
  return DELIMITERS[uses.indexOf(Math.max(...uses))]!;
}

export class CsvParser implements RecordParser {
  readonly #parser: Papa.Parser;
  #header: readonly string[] | undefined;
  #records: StreamedRecord[] = [];
  /** Text behind the last complete row. */
  #rest = '';
  #later: string[] = [];
  #laterLength = 0;
  /** Line on which `#rest` begins, and how far its rows were read. */
  #line = 1;
  #cursor = 0;

  constructor(delimiter: string) {
    this.#parser = new Papa.Parser({
      delimiter,
      newline: '\n',
      step: (row: Papa.ParseStepResult<string[] | string[][]>) => this.#row(row),
    });
  }

  push(text: string): StreamedRecord[] {
    this.#later.push(text);
    this.#laterLength += text.length;
    // A row that began long ago is read again only when as much has come as there was.
    if (this.#laterLength < this.#rest.length) return [];
    return this.#parse(true);
  }

  end(): StreamedRecord[] {
    return this.#parse(false);
  }

  #parse(more: boolean): StreamedRecord[] {
    this.#rest += this.#later.join('');
    this.#later = [];
    this.#laterLength = 0;
    this.#cursor = 0;
    this.#records = [];
    this.#parser.parse(this.#rest, 0, more);
    this.#rest = this.#rest.slice(this.#cursor);
    if (this.#rest.length > MAX_RECORD) {
      throw new DataError(
        `the row that begins here has more than ${MAX_RECORD / 1e6} million characters; is a quote not closed?`,
        this.#line,
      );
    }
    return this.#records;
  }

  #row({ data, errors, meta }: Papa.ParseStepResult<string[] | string[][]>): void {
    const cells = (Array.isArray(data[0]) ? data[0] : data) as string[];
    const line = this.#line;
    const text = this.#rest;
    this.#line += newlines(text, this.#cursor, meta.cursor);
    this.#cursor = meta.cursor;
    if (errors.some(({ code }) => code === 'MissingQuotes')) {
      throw new DataError(
        'a quoted field that begins in this row is never closed; close it, or double the quotes inside a field',
        line,
      );
    }
    if (cells.every((cell) => cell.trim() === '')) return;
    if (this.#header === undefined) {
      this.#header = columnNames(cells, line);
      return;
    }
    const problem = this.#problemOf(cells, errors.length > 0);
    if (problem !== undefined) {
      this.#records.push({ line, problem: new DataError(problem, line) });
      return;
    }
    const value = Object.fromEntries(this.#header.map((name, i) => [name, cells[i]]));
    this.#records.push({ line, value });
  }

  #problemOf(cells: readonly string[], badQuotes: boolean): string | undefined {
    if (badQuotes) return 'a quote inside a quoted field must be doubled ("")';
    const { length } = this.#header!;
    return cells.length === length
      ? undefined
      : `the row has ${cells.length} fields, the header has ${length}`;
  }
}

function columnNames(cells: readonly string[], line: number): readonly string[] {
  if (cells.length < 2) {
    throw new DataError(
      'this is neither JSON nor a table: expected JSON, one JSON record a line, or CSV with the names of at least two columns in its first row',
      line,
    );
  }
  const names = new Set<string>();
  for (const [i, cell] of cells.entries()) {
    const name = cell.trim() === '' ? `column ${i + 1}` : cell.trim();
    let own = name;
    for (let n = 2; names.has(own); n++) own = `${name} (${n})`;
    names.add(own);
  }
  return [...names];
}

/**
 * One JSON document of any size: a list of records, or an object of id → record, which gets its key
 * as `id`. Only one record at a time is held.
 */
import { Tokenizer, TokenParser, TokenType } from '@streamparser/json';
import { DataError } from './data-error';
import { isObject } from './values';
import { MAX_RECORD, type RecordParser, type StreamedRecord } from './stream-parser';

const MORE = 'there is more text after the end of the JSON text';
const CUT = 'the file ends in the middle of the JSON text; it was probably cut off';
/** Characters that are read at once, so that the length of a record is known about as well. */
const PIECE = 65_536;
const OPENING: readonly TokenType[] = [TokenType.LEFT_BRACE, TokenType.LEFT_BRACKET];
const CLOSING: readonly TokenType[] = [TokenType.RIGHT_BRACE, TokenType.RIGHT_BRACKET];

export class DocumentParser implements RecordParser {
  readonly #tokenizer = new Tokenizer({ stringBufferSize: 64 * 1024 });
  readonly #values = new TokenParser({ paths: ['$.*'], keepStack: false });
  #records: StreamedRecord[] = [];
  #line = 1;
  /** Line on which the present record begins. */
  #start = 1;
  #depth = 0;
  #list = true;
  /** Characters since the present record began, at most a piece too many. */
  #length = 0;
  #done = false;

  constructor() {
    this.#tokenizer.onError = (error) => {
      throw error instanceof DataError ? error : this.#broken(error);
    };
    this.#values.onError = this.#tokenizer.onError.bind(this.#tokenizer);
    this.#tokenizer.onToken = ({ token, value }) => this.#token(token, value);
    this.#values.onValue = ({ value, key }) => this.#take(value, key);
  }

  /** Fed line by line, and no token goes over the end of one: so a token's line is known. */
  push(text: string): StreamedRecord[] {
    this.#records = [];
    let start = 0;
    while (start < text.length) {
      const newline = text.indexOf('\n', start);
      const whole = newline < 0 ? text.length : newline + 1;
      const end = Math.min(whole, start + PIECE);
      this.#write(text.slice(start, end));
      if (newline >= 0 && end === whole) this.#line += 1;
      start = end;
    }
    return this.#records;
  }

  end(): StreamedRecord[] {
    this.#records = [];
    if (!this.#done) throw new DataError(CUT, this.#line);
    // Complains of a token that began behind the end.
    this.#tokenizer.end();
    return this.#records;
  }

  #write(text: string): void {
    this.#tokenizer.write(text);
    this.#length += text.length;
    if (this.#length > MAX_RECORD) {
      throw new DataError(
        `the record that begins here has more than ${MAX_RECORD / 1e6} million characters; is a quote or a bracket not closed?`,
        this.#start,
      );
    }
  }

  #token(token: TokenType, value: unknown): void {
    if (this.#done) throw new DataError(MORE, this.#line);
    if (this.#depth === 0) this.#list = token === TokenType.LEFT_BRACKET;
    if (this.#depth === 1) {
      this.#start = this.#line;
      this.#length = 0;
    }
    if (OPENING.includes(token)) this.#depth += 1;
    if (CLOSING.includes(token)) this.#depth -= 1;
    this.#values.write({ token, value } as Parameters<TokenParser['write']>[0]);
    this.#done = this.#depth === 0;
  }

  #take(value: unknown, key: string | number | undefined): void {
    const line = this.#start;
    if (this.#list) {
      this.#records.push({ line, value });
      return;
    }
    const id = String(key);
    if (!isObject(value)) {
      throw new DataError(
        'the file is one JSON object with texts, numbers or lists in it; expected a list of records, an object of id → record, or one JSON record a line',
        line,
        id,
      );
    }
    this.#records.push({ line, value: 'id' in value ? value : { id, ...value } });
  }

  #broken(error: Error): DataError {
    if (this.#done) return new DataError(MORE, this.#line);
    const what = /^Unexpected (.*?)(?: at (?:\w+ )?position| \(|$)/.exec(error.message)?.[1];
    // Of a character of several bytes only the first is named there.
    const named = what !== undefined && /^[ -~]*$/.test(what);
    const reason = !named ? '' : ` (unexpected ${what.toLowerCase()})`;
    return new DataError(`this is not valid JSON${reason}`, this.#line);
  }
}

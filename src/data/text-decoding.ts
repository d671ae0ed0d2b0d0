/**
 * Strict decoding of text that comes in pieces: UTF-8, or UTF-16 where a byte order mark says so.
 * Line ends become `\n`, whichever they were.
 */
import { DataError } from './data-error';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

const MARKS: readonly (readonly [Encoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];
/** The longest byte order mark. */
const MARK_BYTES = 3;

export class TextPieces {
  #encoding: Encoding | undefined;
  #decoder: InstanceType<typeof TextDecoder> | undefined;
  /** Bytes of a character, or of a byte order mark, whose rest is still to come. */
  #carried = new Uint8Array(0);
  /** A carriage return whose line feed may still come. */
  #held = '';
  #line = 1;

  /** @throws DataError with the line of the first byte that is no text */
  push(piece: Uint8Array): string {
    const bytes = joined(this.#carried, piece);
    if (this.#decoder === undefined && bytes.length < MARK_BYTES) {
      this.#carried = bytes;
      return '';
    }
    return this.#decode(bytes, false);
  }

  /** @throws DataError when the text ends inside a character */
  end(): string {
    const text = this.#decode(this.#carried, true) + this.#held.replace('\r', '\n');
    this.#held = '';
    return text;
  }

  #decode(whole: Uint8Array<ArrayBuffer>, last: boolean): string {
    let bytes = whole;
    if (this.#decoder === undefined) {
      const [encoding, mark] = MARKS.find(([, mark]) => mark.every((b, i) => bytes[i] === b)) ?? [
        'utf-8' as const,
        [],
      ];
      this.#encoding = encoding;
      this.#decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
      bytes = bytes.subarray(mark.length);
    }
    const end = last ? bytes.length : wholeCharacters(bytes, this.#encoding!);
    this.#carried = bytes.slice(end);
    return this.#counted(this.#text(bytes.subarray(0, end)));
  }

  #text(bytes: Uint8Array<ArrayBuffer>): string {
    try {
      return this.#decoder!.decode(bytes);
    } catch {
      const before = validPart(bytes, this.#encoding!);
      const { length } = (this.#held + before).match(/\r\n?|\n/g) ?? [];
      throw new DataError(
        this.#encoding === 'utf-8'
          ? 'the text is not UTF-8; save the file as UTF-8, or check that it is the right file'
          : 'the text is broken: it begins as UTF-16 and does not go on as such; save it as UTF-8',
        this.#line + (length ?? 0),
      );
    }
  }

  #counted(decoded: string): string {
    let text = this.#held + decoded;
    this.#held = '';
    if (text.endsWith('\r')) {
      text = text.slice(0, -1);
      this.#held = '\r';
    }
    if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n');
    const nul = text.indexOf('\0');
    if (nul >= 0) {
      throw new DataError(
        'this is a binary file, or UTF-16 without its byte order mark; expected a text file: CSV, JSON, or one JSON record a line',
        this.#line + newlines(text, 0, nul),
      );
    }
    this.#line += newlines(text, 0, text.length);
    return text;
  }
}

/** Line feeds in `text` from `start` up to and without `end`. */
export function newlines(text: string, start: number, end: number): number {
  let count = 0;
  for (let i = text.indexOf('\n', start); i >= 0 && i < end; i = text.indexOf('\n', i + 1)) {
    count += 1;
  }
  return count;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  if (a.length === 0 && b.buffer instanceof ArrayBuffer) return b as Uint8Array<ArrayBuffer>;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** Where the last character ends that is there in full. */
function wholeCharacters(bytes: Uint8Array, encoding: Encoding): number {
  const { length } = bytes;
  if (encoding !== 'utf-8') {
    const even = length - (length % 2);
    const high = bytes[encoding === 'utf-16le' ? even - 1 : even - 2] ?? 0;
    return high >= 0xd8 && high <= 0xdb ? even - 2 : even;
  }
  for (let back = 1; back <= Math.min(3, length); back++) {
    const byte = bytes[length - back]!;
    if ((byte & 0xc0) === 0x80) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needed > back ? length - back : length;
  }
  return length;
}

/** The text before the first byte that cannot be decoded, found by halving. */
function validPart(bytes: Uint8Array<ArrayBuffer>, encoding: Encoding): string {
  let text = '';
  let good = 0;
  let bad = bytes.length;
  while (good < bad) {
    const middle = Math.ceil((good + bad) / 2);
    try {
      const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
      text = decoder.decode(bytes.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle - 1;
    }
  }
  return text;
}

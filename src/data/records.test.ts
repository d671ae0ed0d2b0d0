import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError } from './data-error';
import { decodeText, MAX_FILE_BYTES, parseRecords } from './records';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function errorOf(read: () => unknown): DataError {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(DataError);
    return error as DataError;
  }
  throw new Error('it was read');
}

const parsed = (text: string): [line: number, value: unknown][] =>
  parseRecords(text).map(({ line, value }) => [line, value]);

describe('decoding a file', () => {
  it('gives its text, with or without a byte order mark', () => {
    expect(decodeText(bytes('{"a": "ä – 東"}'))).toBe('{"a": "ä – 東"}');
    expect(parsed(decodeText(bytes('\ufeff[1]')))).toEqual([[1, 1]]);
  });

  it('refuses a binary file and names the line of the first zero byte', () => {
    const { line, message } = errorOf(() => decodeText(bytes('one\ntwo\nthr\0ee\n\0')));
    expect(line).toBe(3);
    expect(message).toMatch(/binary/);
  });

  it('refuses text that is not UTF-8', () => {
    const latin1 = Uint8Array.of(0x7b, 0xe4, 0x7d);
    expect(errorOf(() => decodeText(latin1)).message).toMatch(/UTF-8/);
  });

  it('refuses an empty file, and one of nothing but space', () => {
    for (const text of ['', ' \r\n\t\n']) {
      expect(errorOf(() => decodeText(bytes(text))).message).toMatch(/empty/);
    }
  });

  it('refuses a file that is too large and names both sizes', () => {
    const { message } = errorOf(() => decodeText(new Uint8Array(MAX_FILE_BYTES + 100_000)));
    expect(message).toMatch(/48\.1 MB, at most 48 MB/);
  });
});

describe('JSON lines', () => {
  it('have the line they are on, blank ones counted but not read', () => {
    expect(parsed('{"a":1}\n\n  \n{"a":2}\n')).toEqual([
      [1, { a: 1 }],
      [4, { a: 2 }],
    ]);
  });

  it('may end in a carriage return and a line feed', () => {
    expect(parsed('{"a":1}\r\n\r\n{"a":2}\r\n')).toEqual([
      [1, { a: 1 }],
      [3, { a: 2 }],
    ]);
  });

  it('name the line that is broken', () => {
    for (const broken of ['{"a":2', '{a:2}', '{"a":2}}', 'nonsense']) {
      const error = errorOf(() => parseRecords(`{"a":1}\n\n${broken}\n{"a":3}`));
      expect(error.line).toBe(3);
      expect(error.message).toMatch(/^line 3: this is not valid JSON \(/);
    }
  });

  it('read back what was written', () => {
    fc.assert(
      fc.property(fc.array(fc.object(), { minLength: 1 }), (records) => {
        const texts = records.map((record) => JSON.stringify(record));
        expect(parsed(texts.join('\n'))).toEqual(
          texts.map((text, i) => [i + 1, JSON.parse(text) as unknown]),
        );
      }),
    );
  });
});

describe('a JSON array', () => {
  it('has records with the lines on which they begin', () => {
    const text = '\n[\n  {"a": 1}, {"b":\n 2},\n\n  {\n"c": [1,\n2]}\n]\n';
    expect(parsed(text)).toEqual([
      [3, { a: 1 }],
      [3, { b: 2 }],
      [6, { c: [1, 2] }],
    ]);
  });

  it('is not misled by brackets, commas, quotes and backslashes in texts', () => {
    const text = '[\n{"a": "]},[{"},\n{"b": "\\"]}"},\n{"c": "\\\\"},\n"x, y",\n[3]\n]';
    expect(parsed(text).map(([line]) => line)).toEqual([2, 3, 4, 5, 6]);
  });

  it('may be empty or hold plain values', () => {
    expect(parsed('[ ]')).toEqual([]);
    expect(parsed('[1,\n"two",\nnull]')).toEqual([
      [1, 1],
      [2, 'two'],
      [3, null],
    ]);
  });

  it('has the right line for every record, however it is indented', () => {
    const records = fc.array(fc.object({ maxDepth: 2 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(records, fc.nat(3), (values, indent) => {
        const text = `[\n${values.map((value) => JSON.stringify(value, null, indent)).join(',\n')}\n]`;
        let line = 2;
        const expected = values.map((value) => {
          const written = JSON.stringify(value, null, indent);
          const located = [line, JSON.parse(written) as unknown];
          line += written.split('\n').length;
          return located;
        });
        expect(parsed(text)).toEqual(expected);
      }),
    );
  });

  it('names the line of a missing comma or bracket, also of a control character', () => {
    const lineOf = (text: string): number | undefined => errorOf(() => parseRecords(text)).line;
    expect(lineOf('[\n{"a": 1}\n{"b": 2},\n{"c": 3}\n]')).toBe(3);
    expect(lineOf('[\n{"a": 1},\n{"b": "x\ty"},\n{"c": 3}\n]')).toBe(3);
    expect(lineOf('[\n{"a": 1},\n{"b": 2}')).toBe(3);
  });

  it('names the line of a broken element, whatever stands after it', () => {
    const lineOf = (...elements: string[]): number | undefined =>
      errorOf(() => parseRecords(`[\n${elements.join(',\n')}\n]\n`)).line;
    const good = '{"a": 1}';
    for (const broken of [
      '{a: 2}',
      '{"a": nope}',
      '{"a": 2}}',
      'nonsense',
      '{"a" 2}',
      "{'a': 2}",
    ]) {
      expect(lineOf(good, broken, good, good)).toBe(3);
      expect(lineOf(broken, good)).toBe(2);
      expect(lineOf(good, good, broken)).toBe(4);
    }
    const { message } = errorOf(() => parseRecords(`[\n${good},\n{a: 2},\n${good}\n]`));
    expect(message).toMatch(/^line 3: this is not valid JSON \([^"\n]*\)$/);
  });

  it('names a line inside an element of several lines, not the end of the file', () => {
    const text = '[\n{\n"a": 1\n},\n{\n"b": 1,\nb: 2\n},\n{\n"c": 3\n}\n]';
    const { line } = errorOf(() => parseRecords(text));
    expect(line).toBeGreaterThanOrEqual(5);
    expect(line).toBeLessThanOrEqual(7);
  });
});

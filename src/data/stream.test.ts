import { describe, expect, it } from 'vitest';
import { DataError } from './data-error';
import { bytesOf, streamOf } from './testing/pieces';
import { rowsOf, type Rows } from './testing/rows';

const read = (file: string | Uint8Array, piece?: number): Promise<Rows> =>
  rowsOf(streamOf(file, piece));

async function errorOf(file: string | Uint8Array, piece?: number): Promise<DataError> {
  try {
    await read(file, piece);
  } catch (error) {
    expect(error).toBeInstanceOf(DataError);
    return error as DataError;
  }
  throw new Error('it was read');
}

describe('CSV', () => {
  it('has a record a row, with the line on which it begins', async () => {
    expect(await read('q,a\r\nWho?,Ada\r\n\r\nWhat?,"x, y"\r\n')).toEqual([
      [2, { q: 'Who?', a: 'Ada' }],
      [4, { q: 'What?', a: 'x, y' }],
    ]);
  });

  it('may have line ends and doubled quotes in quoted fields', async () => {
    expect(await read('q,a\n"one\r\ntwo","say ""hi"""\n"",3')).toEqual([
      [2, { q: 'one\ntwo', a: 'say "hi"' }],
      [4, { q: '', a: '3' }],
    ]);
  });

  it('may be separated by semicolons, tabs or bars', async () => {
    expect(await read('q;a\n1,5;2,5\n')).toEqual([[2, { q: '1,5', a: '2,5' }]]);
    expect(await read('q\ta\nx, y; z\t2\n')).toEqual([[2, { q: 'x, y; z', a: '2' }]]);
    expect(await read('q|a\n1|2\n')).toEqual([[2, { q: '1', a: '2' }]]);
    // Rows of different lengths: the header decides.
    expect((await read('q;a;b\n1\n2;3\n4;5;6\n')).at(-1)).toEqual([4, { q: '4', a: '5', b: '6' }]);
  });

  it('may end its lines as old spreadsheets do', async () => {
    expect(await read('q,a\r1,2\r3,4\r')).toEqual([
      [2, { q: '1', a: '2' }],
      [3, { q: '3', a: '4' }],
    ]);
  });

  it('names columns that have no name, or the name of another', async () => {
    expect(await read('q,,q\n1,2,3\n')).toEqual([[2, { q: '1', 'column 2': '2', 'q (2)': '3' }]]);
  });

  it('has rows of another length told with their line, and reads on', async () => {
    expect(await read('q,a\n1\n2,3\n4,5,6\n')).toEqual([
      [2, 'line 2: the row has 1 fields, the header has 2'],
      [3, { q: '2', a: '3' }],
      [4, 'line 4: the row has 3 fields, the header has 2'],
    ]);
  });

  it('has quotes that are not doubled told', async () => {
    expect(await read('q,a\n"a "b" c",1\n2,3\n')).toEqual([
      [2, 'line 2: a quote inside a quoted field must be doubled ("")'],
      [3, { q: '2', a: '3' }],
    ]);
  });

  it('ends at a quote that is never closed, with the line of its row', async () => {
    const error = await errorOf('q,a\n1,2\n"3,4\n5,6\n');
    expect(error.message).toMatch(/^line 3: a quoted field .* never closed/);
  });

  it('is no table with one column only', async () => {
    expect((await errorOf('\nhello world\nthere\n')).message).toMatch(
      /^line 2: this is neither JSON nor a table/,
    );
  });
});

describe('JSON', () => {
  it('may be a list, on any number of lines', async () => {
    expect(await read('\n[\n{"a":1}, {"b":[1,\n{"c":"ä"}]}\n,3 ]\n')).toEqual([
      [3, { a: 1 }],
      [3, { b: [1, { c: 'ä' }] }],
      [5, 3],
    ]);
    expect(await read('[ ]')).toEqual([]);
  });

  it('may be an object of id and record, on one line or on many', async () => {
    expect(await read('{"7": {"q": "x"}, "8": {"q": "y", "id": "own"}}')).toEqual([
      [1, { id: '7', q: 'x' }],
      [1, { q: 'y', id: 'own' }],
    ]);
    expect(await read('{\n "7": {\n "q": "x"},\n"8": {"q": {"r": [{}]}}\n}\n')).toEqual([
      [2, { id: '7', q: 'x' }],
      [4, { id: '8', q: { r: [{}] } }],
    ]);
  });

  it('is not an object of anything else', async () => {
    const error = await errorOf('{\n"version": 1,\n"data": []}');
    expect([error.line, error.field]).toEqual([2, 'version']);
    expect(error.message).toMatch(/expected a list of records/);
  });

  it('that is cut off says so, with the last line', async () => {
    for (const text of ['[\n{"a":1},\n{"b":', '[\n{"a":1},\n{"b":2}', '[\n{},\n{"b":"x']) {
      expect((await errorOf(text)).message).toMatch(/^line 3: the file ends .* cut off/);
    }
    expect((await errorOf('{"x": {"a": 1},')).message).toMatch(/cut off/);
  });

  it('that is broken names the line', async () => {
    for (const broken of ['{a: 2}', '{"a": nope}', '{"a" 2}', 'nonsense', '{"a": "x\ty"}']) {
      const error = await errorOf(`[\n{"a": 1},\n${broken},\n{"a": 3}\n]`);
      expect(error.message).toMatch(/^line 3: this is not valid JSON( \(unexpected ("."|\w+)\))?$/);
    }
    expect((await errorOf('[\n{"a": 1}\n{"b": 2}\n]')).line).toBe(3);
    expect((await errorOf('[1]\n[2]\n')).message).toMatch(/^line 2: .*more text after the end/);
    expect((await errorOf('[]"x')).message).toMatch(/^line 1: .*more text after the end/);
    expect((await errorOf('[1]\nx')).message).toMatch(/^line 2: .*more text after the end/);
  });
});

describe('JSON lines', () => {
  it('have a record a line, blank ones counted', async () => {
    expect(await read('{"a":{"b":1}, "c": 2}\n\n \r\n{"a":2}')).toEqual([
      [1, { a: { b: 1 }, c: 2 }],
      [4, { a: 2 }],
    ]);
    expect(await read('{"a":1}')).toEqual([[1, { a: 1 }]]);
  });

  it('have a broken line told, and read on', async () => {
    const rows = await read('{"a":1}\n{"a":2\nnope\n{"a":3}\n{"a":');
    expect(rows.map(([line]) => line)).toEqual([1, 2, 3, 4, 5]);
    expect(rows[1]![1]).toMatch(/^line 2: this is not valid JSON \(/);
    expect(rows[2]![1]).toMatch(/^line 3: /);
    expect(rows[3]![1]).toEqual({ a: 3 });
    expect(rows[4]![1]).toMatch(/^line 5: /);
    expect((await read('{a:1}\n{"a":2}\n')).map(([line]) => line)).toEqual([1, 2]);
  });
});

describe('text', () => {
  const utf16 = (text: string, bigEndian: boolean): Uint8Array => {
    const view = new DataView(new ArrayBuffer(2 * text.length));
    [...Array(text.length).keys()].forEach((i) =>
      view.setUint16(2 * i, text.charCodeAt(i), !bigEndian),
    );
    return new Uint8Array(view.buffer);
  };

  it('may begin with a byte order mark, also of UTF-16', async () => {
    const rows: Rows = [[2, { ä: '東', b: '😀' }]];
    for (const piece of [1, 3, 1000]) {
      expect(await read('\ufeffä,b\n東,😀\n', piece)).toEqual(rows);
      expect(await read(utf16('\ufeffä\tb\r\n東\t😀\r\n', false), piece)).toEqual(rows);
      expect(await read(utf16('\ufeffä\tb\n東\t😀\n', true), piece)).toEqual(rows);
    }
  });

  it('of another encoding is refused with the line where it breaks', async () => {
    const latin1 = Uint8Array.from('a,b\r\n1,2\r\nM\xfcller,3\r\n', (c) => c.charCodeAt(0));
    for (const piece of [1, 2, 5, 1000]) {
      expect((await errorOf(latin1, piece)).message).toMatch(/^line 3: the text is not UTF-8; /);
    }
    const cut = bytesOf('a,b\n1,ä').slice(0, -1);
    expect((await errorOf(cut)).message).toMatch(/^line 2: the text is not UTF-8/);
    expect((await errorOf(utf16('\ufeffa,b\n1,\ud83d\n', false))).message).toMatch(
      /^line 2: .*UTF-16/,
    );
  });

  it('is refused when it is binary, or UTF-16 without its mark', async () => {
    expect((await errorOf('a,b\n1,\0\n')).message).toMatch(/^line 2: this is a binary file/);
    expect((await errorOf(utf16('a,b\n', false))).message).toMatch(/byte order mark/);
  });

  it('is refused when there is none', async () => {
    for (const text of ['', ' \r\n\t\n', '\ufeff']) {
      expect((await errorOf(text)).message).toMatch(/^line 1: the file is empty/);
    }
  });
});

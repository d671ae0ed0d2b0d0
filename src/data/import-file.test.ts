import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { ByteStream } from './byte-stream';
import { importFile, inspectFile, MAX_ROWS, type FileInspection } from './import-file';
import { readHotpotQa } from './hotpotqa';
import { bytesOf, streamOf } from './testing/pieces';

const repeated = <Row>(count: number, row: (i: number) => Row): Row[] =>
  Array.from({ length: count }, (_, i) => row(i));
const lines = (rows: readonly unknown[]): string =>
  rows.map((row) => JSON.stringify(row) + '\n').join('');

const hotpot = (i: number): Record<string, unknown> => ({
  _id: `q${i}`,
  question: `Who is ${i}?`,
  answer: `Ada ${i}`,
  supporting_facts: [['T', 0]],
  context: [['T', [`Sentence ${i}.`]]],
});
const pubmed = (i: number): Record<string, unknown> => ({
  QUESTION: `Does ${i} help?`,
  CONTEXTS: ['It does.', 'Or not.'],
  final_decision: ['yes', 'yes', 'no', 'maybe'][i % 4],
});

const multihop = (file: string): Promise<FileInspection> =>
  inspectFile(streamOf(file), { system: 'multihop-qa' });

describe('a file in its published form', () => {
  it('is imported as it is, whichever way it is written', async () => {
    const rows = repeated(20, hotpot);
    for (const text of [lines(rows), JSON.stringify(rows), JSON.stringify(rows, null, 2)]) {
      const file = await importFile(streamOf(text), { system: 'multihop-qa' });
      expect(file).toMatchObject({ published: true, missing: [], notes: [] });
      expect(file.format.name).toBe('hotpotqa');
      expect(file.rows.map(({ value }) => value)).toEqual(rows);
      expect(readHotpotQa(file.rows)).toHaveLength(20);
      expect(file.preview).toMatchObject({ rows: 20, usable: 20, taken: 20, problems: [] });
      expect(file.preview.split).toEqual({ train: 7, validation: 5, test: 8, seed: 0 });
    }
  });

  it('has rows that cannot be used left out, with line and field', async () => {
    const rows = repeated(15, hotpot);
    rows[2] = { ...rows[2], answer: '' };
    rows[5] = { ...rows[5], context: 'text' };
    rows[9] = { ...rows[9], _id: 'q0' };
    const file = await importFile(streamOf(lines(rows)), { system: 'multihop-qa' });
    expect(file.preview).toMatchObject({ rows: 15, usable: 12, taken: 12 });
    expect(file.preview.problems.map(({ line, field }) => [line, field])).toEqual([
      [3, 'answer'],
      [6, 'context'],
      [10, 'id'],
    ]);
    expect(file.preview.problems[2]!.message).toMatch(/"q0" stands on line 1 already/);
    expect(file.rows.map(({ line }) => line)).toEqual([1, 2, 4, 5, 7, 8, 9, 11, 12, 13, 14, 15]);
    expect(file.notes).toEqual([
      '3 of 15 rows were left out because they cannot be used; see the first (line 3: the text is empty).',
    ]);
  });

  it('may be an object of id and record, and has its classes counted', async () => {
    const file = Object.fromEntries(repeated(16, (i) => [`${1000 + i}`, pubmed(i)]));
    const { rows, preview, mapping } = await importFile(streamOf(JSON.stringify(file, null, 1)), {
      system: 'evidence-qa',
    });
    expect(rows[0]).toEqual({ line: 2, value: { id: '1000', ...pubmed(0) } });
    expect(mapping).toEqual({
      question: 'QUESTION',
      context: 'CONTEXTS',
      answer: 'final_decision',
    });
    expect(preview.classes?.classes).toEqual([
      { value: 'yes', rows: 8 },
      { value: 'no', rows: 4 },
      { value: 'maybe', rows: 4 },
    ]);
  });

  it('is refused by another system in a sentence, but shown', async () => {
    const text = lines(repeated(15, pubmed));
    const inspection = await multihop(text);
    const sentence =
      'This looks like PubMedQA; evidence-qa reads it. multihop-qa needs question, answer and context.';
    expect(inspection.refusal).toEqual({ message: sentence });
    expect(inspection.preview.examples).toHaveLength(10);
    await expect(importFile(streamOf(text), { system: 'multihop-qa' })).rejects.toThrow(sentence);
  });

  it('is taken by another system with columns that were chosen by hand', async () => {
    const mapping = { question: 'QUESTION', context: 'CONTEXTS', answer: 'final_decision' };
    const { rows, published } = await importFile(streamOf(lines(repeated(15, pubmed))), {
      system: 'multihop-qa',
      mapping,
    });
    expect(published).toBe(false);
    expect(rows[0]).toEqual({
      line: 1,
      value: { question: 'Does 0 help?', context: 'It does.\nOr not.', answer: 'yes' },
    });
  });
});

describe('a table', () => {
  const table = (header: string, row: (i: number) => string, count = 15): string =>
    [header, ...repeated(count, row)].join('\n');

  it('is mapped by the names of its columns', async () => {
    const text = table('Nr;Query;Passages;Label', (i) => `${i};Who ${i}?;"one\ntwo";Ada`);
    const { rows, format, mapping, columns } = await importFile(streamOf(text), {
      system: 'multihop-qa',
    });
    expect(format.name).toBe('plain');
    expect(columns).toEqual(['Nr', 'Query', 'Passages', 'Label']);
    expect(mapping).toEqual({ question: 'Query', answer: 'Label', context: 'Passages' });
    expect(rows[1]).toEqual({
      line: 4,
      value: { question: 'Who 1?', answer: 'Ada', context: 'one\ntwo' },
    });
  });

  it('without a column for a field is shown and says which to choose', async () => {
    const text = table('Query,Remark', (i) => `Who ${i}?,Ada`);
    const inspection = await multihop(text);
    expect(inspection.missing.map(({ field }) => field)).toEqual(['answer', 'context']);
    expect(inspection.refusal).toEqual({
      field: 'answer',
      message: 'choose the column that holds the right answer, a few words',
    });
    expect(inspection.preview).toMatchObject({ rows: 15, taken: 0, problems: [] });
    expect(inspection.preview.split).toBeUndefined();
    await expect(importFile(streamOf(text), { system: 'multihop-qa' })).rejects.toThrow(
      /^field "answer": choose the column/,
    );
  });

  it('with empty fields says on which line each is', async () => {
    const text = table(
      'question,context,answer',
      (i) => `Who ${i}?,text,${i % 5 === 0 ? '' : 'a'}`,
    );
    const { preview, refusal } = await multihop(text);
    expect(preview.usable).toBe(12);
    expect(preview.problems.map(({ line, field }) => [line, field])).toEqual([
      [2, 'answer'],
      [7, 'answer'],
      [12, 'answer'],
    ]);
    expect(refusal).toBeUndefined();
    const empty = await multihop(table('question,context,answer', () => 'Who?,text,'));
    expect(empty.refusal).toEqual({
      line: 2,
      field: 'answer',
      message: 'no row can be used; the first: the field is empty',
    });
  });

  it('has answers that a system does not know told', async () => {
    const text = table('q;context;answer', (i) => `Does ${i}?;text;${i === 3 ? 'perhaps' : 'Yes'}`);
    const { preview } = await inspectFile(streamOf(text), { system: 'evidence-qa' });
    expect([preview.rows, preview.usable]).toEqual([15, 14]);
    expect(preview.problems).toEqual([
      { line: 5, field: 'answer', message: 'expected yes, no or maybe, got "perhaps"' },
    ]);
  });

  it('with too few rows says how many are needed', async () => {
    const header = 'question,context,answer';
    const few = await multihop(table(header, () => 'a,b,c', 11));
    expect(few.refusal?.message).toMatch(/^the file has 11 rows, at least 12 are needed/);
    const none = await multihop(`${header}\n`);
    expect(none.refusal?.message).toBe('the file has no rows');
  });
});

describe('any file', () => {
  it('has the SHA-256 of its bytes', async () => {
    const text = lines(repeated(15, hotpot));
    const expected = createHash('sha256').update(bytesOf(text)).digest('hex');
    for (const piece of [7, 1000]) {
      const { contentHash } = await inspectFile(streamOf(text, piece), { system: 'multihop-qa' });
      expect(contentHash).toBe(expected);
    }
  });

  it('may be a stream of Node or of a Blob', async () => {
    const bytes = bytesOf(lines(repeated(15, hotpot)));
    const options = { system: 'multihop-qa' };
    const file = await importFile(streamOf(bytes), options);
    const node = Readable.toWeb(Readable.from([bytes.slice(0, 99), bytes.slice(99)]));
    expect(await importFile(node as ByteStream, options)).toEqual(file);
    expect(await importFile(new Blob([new Uint8Array(bytes)]).stream(), options)).toEqual(file);
  });

  it('gives a seeded sample when it is long, whatever its pieces', async () => {
    const text = lines(repeated(MAX_ROWS + 500, hotpot));
    const one = await importFile(streamOf(text), { system: 'multihop-qa' });
    const two = await importFile(streamOf(text, 999), { system: 'multihop-qa' });
    expect(two).toEqual(one);
    expect(one.preview).toMatchObject({ rows: 1500, usable: 1500, taken: 1000 });
    expect(new Set(one.rows.map(({ line }) => line)).size).toBe(1000);
    expect(one.notes).toEqual(['The file has 1500 rows; a seeded sample of 1000 was taken.']);
  });

  it('is refused where it breaks, with the line', async () => {
    const text = JSON.stringify(repeated(15, hotpot), null, 1).slice(0, -40);
    await expect(multihop(text)).rejects.toThrow(/^line \d+: .*cut off/);
    await expect(multihop('')).rejects.toThrow(/empty/);
  });

  it('is for a system that reads files', async () => {
    await expect(inspectFile(streamOf('a,b\n'), { system: 'other' })).rejects.toThrow(/"other"/);
  });

  it('can be given up', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(importFile(streamOf('a,b\n'), { system: 'next-item', signal })).rejects.toThrow(
      'enough',
    );
  });
});

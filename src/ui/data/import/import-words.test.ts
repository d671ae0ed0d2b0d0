import { describe, expect, it } from 'vitest';
import { INSPECTION } from '../../../state/testing/fake-import-client';
import {
  fieldsOf,
  formWords,
  placeOf,
  progressShare,
  progressWords,
  takenWords,
} from './import-words';

describe('what the import says', () => {
  it('names a place as far as there is one', () => {
    expect(placeOf({ message: '', line: 3, field: 'answer' })).toBe('line 3, field “answer”');
    expect(placeOf({ message: '', field: 'answer' })).toBe('field “answer”');
    expect(placeOf({ message: '' })).toBe('');
  });

  it('tells how far a file is read', () => {
    expect(progressWords({ done: 12.34e6, total: 200e6, rows: 5000 })).toBe(
      '12.3 of 200.0 MB · 5,000 rows',
    );
    expect(progressWords({ done: 1e6, rows: 1 })).toBe('1.0 MB · 1 row');
    expect(progressWords(undefined)).toBe('');
    expect(progressShare({ done: 5, total: 10, rows: 0 })).toBe(0.5);
    expect(progressShare({ done: 5, rows: 0 })).toBeUndefined();
    expect(progressShare({ done: 0, total: 0, rows: 0 })).toBeUndefined();
  });

  it('tells what a file is', () => {
    expect(formWords(INSPECTION, 'multihop-qa')).toBe(
      'A table with 3 columns: choose which column holds what multihop-qa needs.',
    );
    const format = { name: 'hotpotqa', title: 'HotpotQA', system: 'multihop-qa' } as const;
    expect(formWords({ ...INSPECTION, format, published: true }, 'multihop-qa')).toBe(
      'HotpotQA, in its published form: multihop-qa reads it as it is.',
    );
    expect(formWords({ ...INSPECTION, format }, 'evidence-qa')).toMatch(/^It looks like HotpotQA/);
  });

  it('tells how many rows are taken', () => {
    const words = (rows: number, usable: number, taken: number): string =>
      takenWords({ ...INSPECTION, preview: { ...INSPECTION.preview, rows, usable, taken } });
    expect(words(20, 20, 20)).toBe('All rows are taken.');
    expect(words(20, 19, 19)).toBe('19 rows are taken. 1 row cannot be used.');
    expect(words(3000, 2500, 1000)).toBe(
      '1,000 of 2,500 usable rows are taken, a seeded sample. 500 rows cannot be used.',
    );
  });

  it('names the fields of a column', () => {
    const { fields } = INSPECTION;
    expect([...fieldsOf({ question: 'Q', answer: 'A' }, fields)]).toEqual([
      ['Q', 'question'],
      ['A', 'answer'],
    ]);
    expect([...fieldsOf({ question: 'Q', answer: 'Q' }, fields)]).toEqual([
      ['Q', 'question, answer'],
    ]);
    expect([...fieldsOf({ question: '', other: 'x' }, fields)]).toEqual([]);
  });
});

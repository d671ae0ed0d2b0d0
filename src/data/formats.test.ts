import { describe, expect, it } from 'vitest';
import { detectFormat, mismatch } from './formats';

const HOTPOT = {
  _id: 'a',
  question: 'Who?',
  answer: 'Ada',
  supporting_facts: [['T', 0]],
  context: [['T', ['s']]],
};

describe('the form of a file', () => {
  const nameOf = (...records: unknown[]): string => detectFormat(records).name;

  it('is told by the fields of its records', () => {
    expect(nameOf(HOTPOT)).toBe('hotpotqa');
    expect(nameOf({ ...HOTPOT, context: { title: ['T'], sentences: [['s']] } })).toBe('hotpotqa');
    expect(nameOf({ id: '1', QUESTION: 'x', CONTEXTS: ['y'], final_decision: 'yes' })).toBe(
      'pubmedqa',
    );
    const hub = { pubid: 1, question: 'x', context: { contexts: ['y'] }, final_decision: 'no' };
    expect(nameOf(hub)).toBe('pubmedqa');
    expect(nameOf({ question: 'x', context: 'y', groundtruth: 'yes' })).toBe('pubmedqa');
    expect(nameOf({ query: 'x', answer_ids: '[1, 2]' })).toBe('stark');
    expect(nameOf({ question: 'x', choices: ['a', 'b'], answer: 'a' })).toBe('amazon');
  });

  it('is a plain table where nothing fits', () => {
    expect(nameOf({ question: 'x', answer: 'y', context: 'a text' })).toBe('plain');
    expect(nameOf({ question: 'x', answer: 'y' })).toBe('plain');
    expect(nameOf(1, null, [HOTPOT])).toBe('plain');
    expect(nameOf()).toBe('plain');
  });

  it('is decided by most of the first records', () => {
    expect(nameOf(HOTPOT, HOTPOT, { question: 'x' })).toBe('hotpotqa');
    expect(nameOf(HOTPOT, { question: 'x' })).toBe('plain');
  });
});

describe('a file of another data set', () => {
  it('is named, with the system it belongs to and what is needed here', () => {
    const pubmed = detectFormat([{ QUESTION: 'x', CONTEXTS: [], final_decision: 'no' }]);
    expect(mismatch(pubmed, 'multihop-qa')).toBe(
      'This looks like PubMedQA; evidence-qa reads it. multihop-qa needs question, answer and context.',
    );
    expect(mismatch(pubmed, 'verified-code')).toMatch(/verified-code needs task and tests\.$/);
    expect(mismatch(pubmed, 'evidence-qa')).toBeUndefined();
  });

  it('is not told of plain tables', () => {
    expect(mismatch(detectFormat([{ a: 1 }]), 'multihop-qa')).toBeUndefined();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decisionAccuracy, parseDecision } from './metric';

describe('the decision that a text takes', () => {
  it.each([
    ['yes', 'yes'],
    ['  "No." ', 'no'],
    ['MAYBE: it depends', 'maybe'],
    ['**Yes**, but no other study says so, maybe.', 'yes'],
    ['No doubt: yes', 'no'],
    ['The answer is yes.', 'yes'],
    ['There was no effect, so no, no and no.', 'no'],
    ['There was no effect. The answer is yes.', undefined],
    ['It fell by half.', undefined],
    ['Nothing is known; notes may be wrong.', undefined],
    ['The yes-men agreed.', undefined],
    ['', undefined],
  ])('%s', (text, decision) => {
    expect(parseDecision(text)).toBe(decision);
  });

  it('is 1 where it is expected and 0 otherwise', () => {
    expect(decisionAccuracy('Yes.', ['yes'])).toBe(1);
    expect(decisionAccuracy('Yes.', ['no'])).toBe(0);
    expect(decisionAccuracy('It fell by half.', ['yes'])).toBe(0);
    expect(decisionAccuracy('yes', [])).toBe(0);
  });

  it('is 0 or 1 for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect([0, 1]).toContain(decisionAccuracy(text, ['yes']));
      }),
    );
  });
});

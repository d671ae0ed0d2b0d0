import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestOver, exactMatch, normaliseAnswer, tokenF1 } from './metric';

describe('normalisation', () => {
  it('drops case, punctuation, articles and extra space, as the published script does', () => {
    expect(normaliseAnswer('  The  U.S. Navy,\nan "A-team"! ')).toBe('us navy ateam');
    expect(normaliseAnswer('A theatre and another')).toBe('theatre and another');
    expect(normaliseAnswer('the a an')).toBe('');
    expect(normaliseAnswer("rock'n'roll")).toBe('rocknroll');
  });

  it('drops articles only where they are whole words in any script', () => {
    expect(normaliseAnswer('São Tomé and the Île à vache')).toBe('são tomé and île à vache');
    expect(normaliseAnswer('aña éa thé aé')).toBe('aña éa thé aé');
    expect(normaliseAnswer('a_b a1 1a東 the東')).toBe('ab a1 1a東 the東');
    expect(normaliseAnswer('the–end')).toBe('–end');
    expect(exactMatch('maña', 'ma')).toBe(0);
  });

  it('keeps punctuation that is not ASCII', () => {
    expect(normaliseAnswer('1961–1989')).toBe('1961–1989');
  });

  it('changes nothing the second time', () => {
    const words = fc
      .array(fc.constantFrom('The', 'a', 'Elbe', 'U.S.', '–', 'ä', '  '))
      .map((parts) => parts.join(' '));
    fc.assert(
      fc.property(words, (text) => {
        expect(normaliseAnswer(normaliseAnswer(text))).toBe(normaliseAnswer(text));
      }),
    );
  });
});

describe('exact match', () => {
  it('is 1 for equal normalised answers and 0 otherwise', () => {
    expect(exactMatch('The Beatles', 'beatles')).toBe(1);
    expect(exactMatch('Beatles band', 'beatles')).toBe(0);
  });
});

describe('F1', () => {
  it('has the values one gets by hand', () => {
    // Without the article four words against three, three common: precision 3/4, recall 1.
    expect(tokenF1('the city of Dresden in', 'Dresden city in')).toBeCloseTo(6 / 7, 12);
    // Precision 2/3, recall 1.
    expect(tokenF1('king John Smith', 'John Smith')).toBeCloseTo(0.8, 12);
    expect(tokenF1('Smith', 'John Smith')).toBeCloseTo(2 / 3, 12);
    expect(tokenF1('Oder', 'Elbe')).toBe(0);
    expect(tokenF1('The Elbe.', 'elbe')).toBe(1);
  });

  it('counts a repeated word as often as both have it', () => {
    // One "new" of two counts: precision 1/2 · recall 1/2.
    expect(tokenF1('new new', 'new york')).toBeCloseTo(0.5, 12);
    expect(tokenF1('new york new york', 'new york')).toBeCloseTo(2 / 3, 12);
  });

  it('gives yes, no and noanswer no credit for a shared word', () => {
    expect(tokenF1('yes', 'yes')).toBe(1);
    expect(tokenF1('Yes.', 'yes')).toBe(1);
    expect(tokenF1('yes, both', 'yes')).toBe(0);
    expect(tokenF1('no', 'no man')).toBe(0);
    expect(tokenF1('noanswer', 'noanswer at all')).toBe(0);
  });

  it('is 0 for an empty answer', () => {
    for (const [prediction, gold] of [
      ['', 'Elbe'],
      ['the', 'Elbe'],
      ['Elbe', ''],
      ['', ''],
    ] as const) {
      expect(tokenF1(prediction, gold)).toBe(0);
    }
  });

  it('lies in [0, 1], is symmetric, and is 1 where the exact match is', () => {
    const answer = fc
      .array(fc.constantFrom('yes', 'the', 'red', 'Red', 'fox', '1999'), { maxLength: 4 })
      .map((words) => words.join(' '));
    fc.assert(
      fc.property(answer, answer, (a, b) => {
        const f1 = tokenF1(a, b);
        expect(f1).toBeGreaterThanOrEqual(0);
        expect(f1).toBeLessThanOrEqual(1);
        expect(tokenF1(b, a)).toBeCloseTo(f1, 12);
        if (exactMatch(a, b) === 1 && normaliseAnswer(a) !== '') expect(f1).toBe(1);
      }),
    );
  });
});

describe('the best over accepted answers', () => {
  it('takes the highest, and 0 where nothing is accepted', () => {
    const best = bestOver(tokenF1);
    expect(best('Smith', ['Ada', 'John Smith', 'Smith Jones Brown'])).toBeCloseTo(2 / 3, 12);
    expect(best('Smith', [])).toBe(0);
  });
});

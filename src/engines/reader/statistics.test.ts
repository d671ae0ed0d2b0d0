import { describe, expect, it } from 'vitest';
import { figuresDirection, intervals, pValues, significance } from './statistics';

describe('p values', () => {
  it.each([
    ['The difference was clear (p = 0.01).', [true]],
    ['The difference was small (p = 0.2).', [false]],
    ['Equal to the level (P = 0.05), below it (P < 0.05).', [false, true]],
    ['Not found (p > 0.05).', [false]],
    ['With a p value of 0.003 and another p-value of 0.3.', [true, false]],
    ['With a middle dot (p=0·04).', [true]],
    ['Not significant (p = NS).', [false]],
    ['The step 0.01 is no p value; map = 0.2 is none either.', []],
  ])('%s', (text, found) => {
    expect(pValues(text)).toEqual(found);
  });
});

describe('confidence intervals', () => {
  it.each([
    ['OR 1.8 (95% CI 1.2-2.6)', [true]],
    ['OR 1.1 (95% CI: 0.8 to 1.4)', [false]],
    ['relative risk 0.5, 95% confidence interval 0.3-0.7', [true]],
    ['a difference of 2.1 points (95% CI -0.3 to 4.5)', [false]],
    ['a difference of 2.1 points (95% CI 0.3 to 4.5)', [true]],
  ])('%s', (text, found) => {
    expect(intervals(text)).toEqual(found);
  });
});

describe('significance', () => {
  it('goes by the p values where there are any, else by the intervals', () => {
    expect(significance('OR 1.1 (95% CI 0.8-1.4; p = 0.01)')).toBe(true);
    expect(significance('OR 1.1 (95% CI 0.8-1.4)')).toBe(false);
    expect(significance('It was higher in 12 of 40.')).toBeUndefined();
  });
});

describe('figures of two groups', () => {
  const tried = (arm: string): number => (arm.includes('desks') ? 1 : 0);

  it('says which way the tried group differs, in either order', () => {
    const a =
      'Mean pain was 4.1 days a month with standing desks and 5.2 days a month with chairs.';
    const b =
      'Mean pain was 5.2 days a month with chairs and 4.1 days a month with standing desks.';
    expect([figuresDirection(a, tried), figuresDirection(b, tried)]).toEqual([-1, -1]);
    expect(figuresDirection('It was 30% with standing desks versus 20% with chairs.', tried)).toBe(
      1,
    );
  });

  it('says nothing where the groups cannot be told apart or are equal', () => {
    expect(figuresDirection('It was 4 with chairs and 5 with stools.', tried)).toBe(0);
    expect(figuresDirection('It was 4 with standing desks and 4 with stools.', tried)).toBe(0);
    expect(figuresDirection('It was 4 with standing desks.', tried)).toBe(0);
  });

  it('stays fast on odd text', () => {
    const before = performance.now();
    for (const odd of ['1 with '.repeat(3000), 'p = '.repeat(5000), '95% CI '.repeat(3000)]) {
      figuresDirection(odd, tried);
      significance(odd);
    }
    expect(performance.now() - before).toBeLessThan(2000);
  });
});

import { describe, expect, it } from 'vitest';
import { combined, leadingName, linesByName, parseScores, ranked } from './scores';

const NAMES = ['Barn owl', 'Red fox', 'Red fox cub', 'Oak'];
const scoresOf = (text: string): (number | undefined)[] => {
  const scores = parseScores(text, NAMES);
  return NAMES.map((name) => scores.get(name));
};

describe('reading scores', () => {
  it('takes a line for each candidate, and 0 where there is none', () => {
    expect(scoresOf('Red fox: 0.8\nBarn owl: 1')).toEqual([1, 0.8, 0, 0]);
  });

  it('takes the longest name that fits', () => {
    expect(scoresOf('Red fox cub: 0.4\nOakwood: 1\nOak: 0.1')).toEqual([0, 0, 0.4, 0.1]);
  });

  it.each([
    ['- **Barn owl**: 0.8'],
    ['1. Barn owl - 0.8'],
    ['* barn owl = .8'],
    ['| Barn owl | 0.8 | because it hunts 3 mice |'],
    ['"Barn owl": 0,8'],
    ['Barn owl: 80%'],
    ['Barn owl: 80 %'],
    ['Barn owl: 8/10'],
    ['Barn owl (score 0.8)'],
    ['Here are the scores:\nBarn owl: 0.8\nI hope that helps with 4 things.'],
    ['{"Barn owl": 0.8, "Red fox": 0}'],
    ['```json\n{"scores": {"Barn owl": "0.8"}}\n```'],
    ['[{"name": "Barn owl", "score": 0.8}]'],
    ['Barn owl: 0.8\nBarn owl: 0.1'],
  ])('forgives how it is written: %s', (text) => {
    expect(scoresOf(text)).toEqual([0.8, 0, 0, 0]);
  });

  it('clips to [0, 1]', () => {
    expect(scoresOf('Barn owl: 7\nRed fox: -0.5\nOak: 250%')).toEqual([1, 0, 0, 1]);
  });

  it.each(['', 'I cannot tell.', 'Barn owl: good', 'Eagle: 0.9', '{"Eagle": 1}', '[[['])(
    'fails where nothing can be read: %s',
    (text) => {
      expect(() => parseScores(text, NAMES)).toThrow(/no score.*"Barn owl: 0.8"/);
    },
  );

  it('is fast on odd text', () => {
    const start = performance.now();
    expect(() => parseScores('Barn owl'.repeat(20_000), NAMES)).toThrow();
    expect(() => parseScores(`${'- '.repeat(50_000)}x`, NAMES)).toThrow();
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('ranking', () => {
  it('weighs both scores and keeps the order of the candidates in a tie', () => {
    const relation = parseScores('Barn owl: 0.5\nRed fox: 1', NAMES);
    const text = parseScores('Barn owl: 1\nOak: 1', NAMES);
    const scores = combined(NAMES, relation, text, { relation: 2, text: 1 });
    expect(NAMES.map((name) => scores.get(name))).toEqual([2, 2, 0, 1]);
    expect(ranked(NAMES, scores)).toEqual(['Barn owl', 'Red fox', 'Oak', 'Red fox cub']);
    expect(ranked(NAMES, combined(NAMES, relation, text, { relation: 4, text: 1 }))[0]).toBe(
      'Red fox',
    );
  });

  it('makes a tie on paper a tie', () => {
    const a = parseScores('Barn owl: 0.1\nRed fox: 0.3', NAMES);
    const b = parseScores('Barn owl: 0.2\nRed fox: 0', NAMES);
    expect(ranked(NAMES, combined(NAMES, a, b, { relation: 1, text: 1 }))[0]).toBe('Barn owl');
  });

  it('finds the name at the beginning of a line and what stands behind it', () => {
    expect(leadingName('2) Red fox: eats mice', NAMES)).toEqual({
      name: 'Red fox',
      rest: ': eats mice',
    });
    expect(leadingName('a Red fox', NAMES)).toBeUndefined();
    expect(linesByName('Oak: a tree\nother', NAMES)).toEqual(new Map([['Oak', 'a tree']]));
  });
});

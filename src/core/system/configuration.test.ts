import { describe, expect, it } from 'vitest';
import { configurationHash, slotProblem, withValue } from './configuration';

describe('a configuration', () => {
  it('is copied, not changed, when a value is replaced', () => {
    const before = { a: { prompt: 'x', k: 1 }, b: { k: 2 } };
    const after = withValue(before, 'a', 'k', 5);
    expect(after).toEqual({ a: { prompt: 'x', k: 5 }, b: { k: 2 } });
    expect(before).toEqual({ a: { prompt: 'x', k: 1 }, b: { k: 2 } });
  });

  it('has a hash that is equal exactly for equal values', () => {
    const hash = configurationHash({ a: { prompt: 'x', k: 1 }, b: { k: 2 } });
    expect(configurationHash({ b: { k: 2 }, a: { k: 1, prompt: 'x' } })).toBe(hash);
    expect(configurationHash({ a: { prompt: 'x', k: 1 }, b: { k: 3 } })).not.toBe(hash);
    expect(configurationHash({ a: { prompt: 'x', k: '1' }, b: { k: 2 } })).not.toBe(hash);
  });
});

describe('a slot', () => {
  it('takes any prompt that has a text', () => {
    const slot = { kind: 'prompt', initial: 'x', directives: [] } as const;
    expect(slotProblem(slot, 'anything')).toBeUndefined();
    expect(slotProblem(slot, '  ')).toMatch(/empty/);
    expect(slotProblem(slot, 3)).toMatch(/expected a text, got number/);
  });

  it('takes a number of its grid only', () => {
    const slot = { kind: 'number', initial: 1, options: [1, 2.5] } as const;
    expect(slotProblem(slot, 2.5)).toBeUndefined();
    expect(slotProblem(slot, 2)).toBe('expected one of 1, 2.5, got 2');
    expect(slotProblem(slot, '1')).toBe('expected one of 1, 2.5, got "1"');
  });
});

import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, formatHash, parseHash, settingProblem } from './run-settings';

describe('the URL hash', () => {
  it('reads back what it writes', () => {
    const settings = { seed: 4294967295, budget: 5000 };
    expect(parseHash(formatHash(settings))).toEqual({ settings, problems: [] });
  });

  it('keeps the present value of what it does not mention', () => {
    expect(parseHash('#budget=900', { seed: 5, budget: 100 }).settings).toEqual({
      seed: 5,
      budget: 900,
    });
    expect(parseHash('#main')).toEqual({ settings: DEFAULT_SETTINGS, problems: [] });
  });

  it.each(['', '-1', '1e3', '0x10', '99999', '99', '400.5', 'NaN', '<b>', '400 ', '４００'])(
    'refuses the budget "%s" with a sentence',
    (text) => {
      const { settings, problems } = parseHash(`#budget=${encodeURIComponent(text)}`);
      expect(settings).toEqual(DEFAULT_SETTINGS);
      expect(problems).toHaveLength(1);
      expect(problems[0]).toContain('from 100 to 5000');
    },
  );

  it('refuses a seed that is too large', () => {
    expect(parseHash('#seed=4294967296').problems).toHaveLength(1);
  });
});

describe('settingProblem', () => {
  it('takes the ends of the range and nothing beyond', () => {
    expect(settingProblem('budget', 100)).toBeUndefined();
    expect(settingProblem('budget', 5000)).toBeUndefined();
    expect(settingProblem('budget', 5001)).toBeDefined();
    expect(settingProblem('seed', Number.NaN)).toBeDefined();
    expect(settingProblem('seed', 1.5)).toBeDefined();
  });
});

import { describe, expect, it } from 'vitest';
import {
  DEFAULT_SETTINGS,
  formatHash,
  parseHash,
  settingProblem,
  type RunSettings,
} from './run-settings';

describe('the URL hash', () => {
  it('reads back what it writes', () => {
    const settings: RunSettings = {
      system: 'next-item',
      seed: 4294967295,
      budget: 5000,
      mode: 'paper',
      features: 'use',
      labels: 'soft',
      adaptation: 'on-accept',
      componentChoice: 'round-robin',
      acceptance: 'sequential',
      validation: 'n16',
      test: 'n8',
    };
    expect(parseHash(formatHash(settings))).toEqual({ settings, problems: [] });
  });

  it('mentions a choice only where it differs from the default', () => {
    expect(formatHash(DEFAULT_SETTINGS)).toBe('#seed=1&budget=400');
    expect(formatHash({ ...DEFAULT_SETTINGS, mode: 'paper', labels: 'hard' })).toBe(
      '#seed=1&budget=400&mode=paper&labels=hard',
    );
  });

  it.each(['', 'fast', 'Paper', '__proto__', 'toString'])(
    'refuses the mode "%s" with a sentence',
    (text) => {
      const { settings, problems } = parseHash(`#mode=${text}`);
      expect(settings).toEqual(DEFAULT_SETTINGS);
      expect(problems).toEqual([
        "The link's mode is not usable, so default is set. Mode must be one of default, paper.",
      ]);
    },
  );

  it('keeps the present value of what it does not mention', () => {
    const present: RunSettings = { ...DEFAULT_SETTINGS, seed: 5, budget: 100, features: 'hashed' };
    expect(parseHash('#budget=900', present).settings).toEqual({ ...present, budget: 900 });
    expect(parseHash('#main')).toEqual({ settings: DEFAULT_SETTINGS, problems: [] });
  });

  it.each(['', '-1', '1e3', '0x10', '99999', '4', '400.5', 'NaN', '<b>', '400 ', '４００'])(
    'refuses the budget "%s" with a sentence',
    (text) => {
      const { settings, problems } = parseHash(`#budget=${encodeURIComponent(text)}`);
      expect(settings).toEqual(DEFAULT_SETTINGS);
      expect(problems).toHaveLength(1);
      expect(problems[0]).toContain('from 5 to 5000');
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

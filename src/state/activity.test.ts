import { describe, expect, it } from 'vitest';
import { activityWords } from './activity';

describe('an activity in words', () => {
  it('says how far, how fast and how long yet', () => {
    expect(
      activityWords({
        name: 'loading encoder',
        done: 6.975e6,
        total: 27.9e6,
        unit: 'bytes',
        elapsed: 500,
      }),
    ).toEqual({
      name: 'Loading the sentence encoder from this site',
      share: 0.25,
      amount: '7.0 of 27.9 MB',
      rate: '13.9 MB a second',
      secondsLeft: 1.5,
    });
    const { amount, rate } = activityWords({
      name: 'embedding',
      done: 1200,
      total: 12_000,
      unit: 'tokens',
      elapsed: 1000,
    });
    expect([amount, rate]).toEqual(['1,200 of 12,000 tokens', '1,200 tokens a second']);
  });

  it('tells no rate from too little', () => {
    const start = { name: 'embedding', done: 0, total: 9, unit: 'tokens', elapsed: 900 } as const;
    expect(activityWords(start).rate).toBeUndefined();
    expect(activityWords({ ...start, done: 3, elapsed: 9 }).secondsLeft).toBeUndefined();
    expect(activityWords({ ...start, total: 0 }).share).toBe(0);
  });
});

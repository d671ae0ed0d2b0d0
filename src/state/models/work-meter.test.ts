import { describe, expect, it } from 'vitest';
import { WINDOW, WorkMeter } from './work-meter';

const downloading = (bytes: number, total = 100e6) =>
  ({ phase: 'downloading', bytes, total }) as const;

describe('WorkMeter', () => {
  it('tells neither rate nor time before it has seen half a second', () => {
    const meter = new WorkMeter();
    meter.add(downloading(0), 0);
    const words = meter.add(downloading(1e6), 400);
    expect(words).toEqual({
      phase: 'downloading',
      name: 'Downloading',
      share: 0.01,
      amount: '1.0 of 100.0 MB',
    });
  });

  it('does not count what was there before a resumed download began', () => {
    const meter = new WorkMeter();
    meter.add(downloading(60e6), 0);
    const words = meter.add(downloading(70e6), 2000);
    expect(words.rate).toBe('5.0 MB a second');
    expect(words.secondsLeft).toBeCloseTo(6);
  });

  it('forgets what lies before its window', () => {
    const meter = new WorkMeter();
    meter.add(downloading(0), 0);
    meter.add(downloading(50e6), 1000);
    for (let at = 2000; at <= 1000 + WINDOW + 1000; at += 1000) {
      meter.add(downloading(50e6 + at), at);
    }
    const words = meter.add(downloading(50.1e6), 3000 + WINDOW);
    expect(words.rate).toMatch(/kB a second$/);
  });

  it('lets the rate sink while nothing comes', () => {
    const meter = new WorkMeter();
    meter.add(downloading(0), 0);
    meter.add(downloading(10e6), 1000);
    expect(meter.add(downloading(10e6), 2000).rate).toBe('5.0 MB a second');
    let words = meter.add(downloading(10e6), 3000);
    for (let at = 4000; at <= 2 * WINDOW + 4000; at += 1000) {
      words = meter.add(downloading(10e6), at);
    }
    expect(words.rate).toBe('0 kB a second');
    expect(words.secondsLeft).toBeUndefined();
  });

  it('tells the time left from shares where bytes are not known', () => {
    const meter = new WorkMeter();
    meter.add({ phase: 'compiling', share: 0.2 }, 0);
    const words = meter.add({ phase: 'compiling', share: 0.4 }, 2000);
    expect(words).toMatchObject({ name: 'Preparing the GPU', share: 0.4 });
    expect(words.secondsLeft).toBeCloseTo(6);
    expect(words.rate).toBeUndefined();
  });

  it('begins anew with each phase, and where bytes go back', () => {
    const meter = new WorkMeter();
    meter.add(downloading(0), 0);
    meter.add(downloading(90e6), 1000);
    expect(meter.add({ phase: 'loading', bytes: 0, total: 90e6 }, 2000).rate).toBeUndefined();
    meter.add(downloading(90e6), 3000);
    meter.add(downloading(1e6), 4000);
    expect(meter.add(downloading(2e6), 5000).rate).toBe('1.0 MB a second');
  });

  it('keeps a share within its bounds', () => {
    expect(new WorkMeter().add(downloading(120e6), 0).share).toBe(1);
    expect(new WorkMeter().add({ phase: 'loading' }, 0).share).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { progressOn } from './progress';

function recorded(isTTY: boolean) {
  const written: string[] = [];
  const clock = { ms: 0 };
  const progress = progressOn({ isTTY, write: (text) => written.push(text) }, () => clock.ms);
  return { written, clock, progress };
}

describe('progress', () => {
  it('rewrites one line of a terminal, ten times a second at most, and clears it', () => {
    const { written, clock, progress } = recorded(true);
    progress.show(() => 'one');
    clock.ms = 99;
    progress.show(() => {
      throw new Error('nobody asks for this line');
    });
    clock.ms = 100;
    progress.show(() => 'two');
    progress.clear();
    progress.clear();
    expect(written).toEqual(['\r\x1b[Kone', '\r\x1b[Ktwo', '\r\x1b[K']);
  });

  it('writes a line into a log every half minute, and none for what is over before', () => {
    const { written, clock, progress } = recorded(false);
    progress.show(() => 'at once');
    for (clock.ms = 10_000; clock.ms <= 70_000; clock.ms += 10_000) {
      progress.show(() => `after ${clock.ms / 1000} s`);
    }
    progress.clear();
    expect(written).toEqual(['after 30 s\n', 'after 60 s\n']);
  });
});

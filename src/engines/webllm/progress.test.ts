import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LoadProgress } from '../loaded-model';
import { loadProgress, throttled } from './progress';

const said = (text: string, progress: number, total?: number) =>
  loadProgress({ text, progress, timeElapsed: 5 }, total);

describe("WebLLM's reports of a load", () => {
  it.each([
    [
      'Fetching param cache[3/42]: 128MB fetched. 12% completed, 5 secs elapsed. It can take a while when we first visit this page to populate the cache. Later refreshes will become faster.',
      0.125,
      { phase: 'downloading', bytes: 128 * 2 ** 20, share: 0.125 },
    ],
    [
      'Loading model from cache[9/9]: 295MB loaded. 100% completed, 2 secs elapsed.',
      1,
      { phase: 'loading', bytes: 295 * 2 ** 20, share: 1 },
    ],
    [
      'Loading GPU shader modules[13/38]: 34% completed, 3 secs elapsed.',
      0.342,
      { phase: 'compiling', share: 0.342 },
    ],
    ['Finish loading on WebGPU - google', 1, { phase: 'compiling', share: 1 }],
    ['Start to fetch params', 0, undefined],
  ])('reads %j', (text, progress, expected) => {
    expect(said(text, progress)).toEqual(expected);
  });

  it('tells bytes exactly where the total is known', () => {
    const text = 'Loading model from cache[1/2]: 65MB loaded. 22% completed, 1 secs elapsed.';
    expect(said(text, 0.25, 309_011_968)).toEqual({
      phase: 'loading',
      bytes: 77_252_992,
      total: 309_011_968,
      share: 0.25,
    });
  });

  it('survives a model without weights', () => {
    const text = 'Loading model from cache[0/0]: 0MB loaded. NaN% completed, 0 secs elapsed.';
    expect(said(text, NaN)).toEqual({ phase: 'loading', bytes: 0, share: 0 });
  });

  it('knows every text of the installed package that reports one', () => {
    const source = readFileSync('node_modules/@mlc-ai/web-llm/lib/index.js', 'utf8');
    const texts = [...source.matchAll(/\btext(?::| =) "([A-Z][^"]+)"/g)].map(([, text]) => text);
    expect(new Set(texts)).toEqual(
      new Set([
        'Loading model from cache[',
        'Fetching param cache[',
        'Start to fetch params',
        'Loading GPU shader modules[',
        'Finish loading on ',
      ]),
    );
  });
});

describe('throttled reports', () => {
  it('pass on what opens a phase and what ends one, and little between', () => {
    const heard: LoadProgress[] = [];
    const report = throttled((progress) => heard.push(progress), 10_000);
    for (let bytes = 0; bytes <= 100; bytes++) report({ phase: 'downloading', bytes, total: 100 });
    for (let share = 0; share <= 1; share += 0.25) report({ phase: 'compiling', share });
    expect(heard).toEqual([
      { phase: 'downloading', bytes: 0, total: 100 },
      { phase: 'downloading', bytes: 100, total: 100 },
      { phase: 'compiling', share: 0 },
      { phase: 'compiling', share: 1 },
    ]);
  });
});

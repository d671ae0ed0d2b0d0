import { describe, expect, it } from 'vitest';
import { indexPassages, renderPassages } from './passages';

const PASSAGES = [
  { id: '1', title: 'Elbe', text: 'The Elbe is a river. It flows through Dresden.' },
  { id: '2', title: 'Oder', text: 'The Oder is a river.' },
  { id: '3', title: 'Dresden', text: 'Dresden is a city.\nIt lies on the Elbe.' },
  { id: '4', title: 'Ada Lovelace', text: 'Ada wrote programs.' },
];

describe('rendering passages', () => {
  it('writes one a line, numbered, without line ends inside', () => {
    expect(renderPassages(PASSAGES.slice(2))).toBe(
      '[1] Dresden: Dresden is a city. It lies on the Elbe.\n[2] Ada Lovelace: Ada wrote programs.',
    );
    expect(renderPassages([])).toBe('');
  });
});

describe('searching passages', () => {
  const index = indexPassages(PASSAGES);
  const titles = (keywords: string, k: number): string[] =>
    index.search(keywords, k).map(({ title }) => title);

  it('finds those that share a word, best first', () => {
    expect(titles('programs', 5)).toEqual(['Ada Lovelace']);
    expect(titles('Elbe river', 5)[0]).toBe('Elbe');
    expect(titles('elbe', 5).sort()).toEqual(['Dresden', 'Elbe']);
  });

  it('gives at most k', () => {
    expect(titles('river Dresden Ada', 10)).toHaveLength(4);
    expect(titles('river Dresden Ada', 2)).toEqual(titles('river Dresden Ada', 10).slice(0, 2));
  });

  it('gives whole passages', () => {
    expect(index.search('Oder', 1)).toEqual([PASSAGES[1]]);
    expect(index.size).toBe(4);
  });

  it('gives nothing for words that no passage has', () => {
    for (const keywords of ['zebra', '', '?!']) expect(titles(keywords, 5)).toEqual([]);
  });

  it('refuses two passages with one id', () => {
    expect(() => indexPassages([PASSAGES[0]!, PASSAGES[0]!])).toThrow(/duplicate/i);
  });
});

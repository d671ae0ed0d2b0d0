import { describe, expect, it } from 'vitest';
import { InverseDocumentFrequency, ProfileCache, textProfile } from './text-profile';

describe('a text profile', () => {
  it('has words in lower case, with inner apostrophes, hyphens and decimal points', () => {
    expect(textProfile("Ada's well-known value is 3.5, really!").words).toEqual([
      "ada's",
      'well-known',
      'value',
      'is',
      '3.5',
      'really',
    ]);
  });

  it('has pairs of neighbouring words and character trigrams of padded words', () => {
    const { bigrams, trigrams } = textProfile('Red fox red fox');
    expect([...bigrams].sort()).toEqual(['fox red', 'red fox']);
    expect([...trigrams].sort()).toEqual([' fo', ' re', 'ed ', 'fox', 'ox ', 'red']);
  });

  it('takes capitalised words for names, but not function words', () => {
    expect([...textProfile('The river Elbe, in Österreich. Who?').names].sort()).toEqual([
      'elbe',
      'österreich',
    ]);
  });

  it('counts numbers once and years from 1000 to 2099', () => {
    const { numbers, years } = textProfile(
      'In 1969, 12 and 12 and 999 and 2099 and 2100 and 10000.',
    );
    expect([...numbers].sort()).toEqual(['10000', '12', '1969', '2099', '2100', '999']);
    expect(years).toBe(2);
  });

  it('splits lines at line ends and before a sentence that starts like one', () => {
    expect(textProfile('One two. Three\n\n four.  five? "Six"').lines).toEqual([
      'One two.',
      'Three',
      'four.  five?',
      '"Six"',
    ]);
  });

  it('is empty for texts without a word', () => {
    for (const text of ['', ' \n ', '?!…']) {
      const { words, bigrams, trigrams, names, numbers, years } = textProfile(text);
      expect([words.length, bigrams.size, trigrams.size]).toEqual([0, 0, 0]);
      expect([names.size, numbers.size, years]).toEqual([0, 0, 0]);
    }
    expect(textProfile('').lines).toEqual([]);
  });

  it('reads words of other scripts', () => {
    expect(textProfile('Москва 東京').words).toEqual(['москва', '東京']);
  });
});

describe('the memory of profiles', () => {
  it('gives the identical object again', () => {
    const cache = new ProfileCache();
    expect(cache.get('some text')).toBe(cache.get('some text'));
  });

  it('forgets what was used least recently', () => {
    const cache = new ProfileCache(10);
    const first = cache.get('aaaa');
    const second = cache.get('bbbb');
    expect(cache.get('aaaa')).toBe(first);
    cache.get('cccc');
    expect(cache.get('aaaa')).toBe(first);
    expect(cache.get('bbbb')).not.toBe(second);
  });

  it('holds one text that is larger than itself', () => {
    const cache = new ProfileCache(3);
    const profile = cache.get('a long text');
    expect(cache.get('a long text')).toBe(profile);
  });
});

describe('inverse document frequency', () => {
  it('is log((N + 1) / (df + 1)) + 1', () => {
    const idf = new InverseDocumentFrequency();
    for (const text of ['red red', 'red blue', 'blue', 'red']) idf.add(textProfile(text));
    expect(idf.weight('red')).toBeCloseTo(Math.log(5 / 4) + 1, 6);
    expect(idf.weight('blue')).toBeCloseTo(Math.log(5 / 3) + 1, 6);
    expect(idf.weight('green')).toBeCloseTo(Math.log(5) + 1, 6);
  });

  it('counts function words for a tenth', () => {
    const idf = new InverseDocumentFrequency();
    expect(idf.weight('the')).toBeCloseTo(0.1, 12);
    expect(idf.weight('river')).toBe(1);
  });
});

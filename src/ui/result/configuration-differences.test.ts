import { describe, expect, it } from 'vitest';
import { SUMMARY } from '../../state/testing/fake-client';
import { configurationDifferences } from './configuration-differences';

describe('what a configuration changes', () => {
  const { components } = SUMMARY;

  it('is each value that is not the initial one, with its slot', () => {
    const { differences, total } = configurationDifferences(components, {
      searcher: { k: 3 },
      answerer: { prompt: 'Answer.' },
    });
    expect(total).toBe(2);
    expect(differences).toEqual([
      { component: 'searcher', name: 'k', slot: components[0]!.slots['k'], from: 1, to: 3 },
    ]);
  });

  it('is nothing where values are missing or initial', () => {
    expect(configurationDifferences(components, { searcher: { k: 1 } }).differences).toEqual([]);
  });
});

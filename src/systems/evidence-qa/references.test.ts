import { describe, expect, it } from 'vitest';
import { evidenceExample } from './data-set';
import type { Decision } from './metric';
import { byLastSentence, evidenceReferences } from './references';

const example = (answer: Decision, context = 'It fell.') =>
  evidenceExample(`${answer} ${context}`, 'Does it fall?', context, answer);

describe('reference scores', () => {
  it('are those of three methods that learn nothing', () => {
    const references = evidenceReferences({
      train: [example('no'), example('no', 'b'), example('yes')],
      validation: [example('maybe')],
      test: [
        example('yes', 'It did not rise. It fell.'),
        example('no', 'It fell. Then it did not fall.'),
        example('maybe', 'It fell.\nIt may fall.'),
        example('no', 'It rose.'),
      ],
    });
    // Majority "no" is right for 2 of 4; the last sentences give yes, no, maybe, yes: 3 of 4.
    expect(references).toEqual({ chance: 1 / 3, majority: 0.5, heuristic: 0.75 });
  });

  it('are unknown without test examples, and majority without train examples', () => {
    const none = { train: [], validation: [], test: [] };
    expect(evidenceReferences(none)).toEqual({ chance: null, majority: null, heuristic: null });
    expect(evidenceReferences({ ...none, test: [example('yes')] }).majority).toBeNull();
  });

  it('read the last sentence of an abstract only', () => {
    expect(byLastSentence('RESULTS: It fell.\nCONCLUSION: It failed to last.')).toBe('no');
    expect(byLastSentence('It was not so. It could be so!')).toBe('maybe');
    expect(byLastSentence('')).toBe('yes');
  });
});

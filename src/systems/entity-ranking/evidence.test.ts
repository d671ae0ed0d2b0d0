import { describe, expect, it } from 'vitest';
import { evidenceIn } from './evidence';

describe('what speaks for a candidate', () => {
  it('is the relations and sentences that share a word with the question', () => {
    expect(
      evidenceIn(
        'Which bird that lives in forests eats mice and hibernates?',
        'is a bird; lives in forest; eats seeds',
      ),
    ).toBe('is a bird; lives in forest');
    expect(evidenceIn('Which bird hibernates?', 'It is red. It goes into hibernation.')).toBe(
      'It goes into hibernation.',
    );
  });

  it('is nothing that is denied', () => {
    expect(evidenceIn('Which bird hibernates?', 'It does not hibernate.')).toBe('');
  });
});

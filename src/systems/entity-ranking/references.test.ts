import { describe, expect, it } from 'vitest';
import { rankingExample } from './data-set';
import { rankingReferences, wordOverlap } from './references';

const LION = { name: 'Lion', relations: 'eats zebras', description: 'It is loud.' };
const OWL = { name: 'Owl', relations: 'eats mice', description: 'It hunts at night.' };
const HARE = { name: 'Hare', relations: 'eats grass', description: 'It is fast.' };

describe('reference scores', () => {
  const one = (id: string, question: string, right: string) =>
    rankingExample(id, question, [LION, OWL, HARE], [right]);
  const references = rankingReferences({
    train: [one('a', '?', 'Hare'), one('b', '?', 'Hare'), one('c', '?', 'Owl')],
    validation: [],
    test: [one('x', 'Who eats mice at night?', 'Owl'), one('y', 'Who is quick?', 'Hare')],
  });

  it('have the exact chance level of one right of three', () => {
    expect(references.chance).toBeCloseTo(11 / 18, 12);
  });

  it('order by how often each was right in train', () => {
    // Hare, Owl, Lion: the owl is second, the hare first.
    expect(references.majority).toBeCloseTo(0.75, 12);
  });

  it('order by shared words, ties as given', () => {
    // The owl shares four words; "is" stands at the lion and at the hare, the lion comes first.
    expect(references.heuristic).toBeCloseTo((1 + 1 / 2) / 2, 12);
  });

  it('are unknown without test questions, and majority without train questions', () => {
    const none = { train: [], validation: [], test: [] };
    expect(rankingReferences(none)).toEqual({ chance: null, majority: null, heuristic: null });
    expect(rankingReferences({ ...none, test: [one('z', '?', 'Owl')] }).majority).toBeNull();
  });

  it('count distinct whole words', () => {
    expect(wordOverlap('Who eats eats mice?', 'It EATS mouse.')).toBeCloseTo(1 / 3, 12);
    expect(wordOverlap('?', 'x')).toBe(0);
  });
});

import { describe, expect, it } from 'vitest';
import { questionExample } from './data-set';
import { indexPassages } from './passages';
import { multihopReferences } from './references';

const index = indexPassages([
  { id: '1', title: 'Elbe', text: 'A river that flows through Dresden.' },
  { id: '2', title: 'Dresden', text: 'A city in Saxony on the Elbe with a famous church.' },
  { id: '3', title: 'Ada Lovelace', text: 'Wrote the first program.' },
]);
const q = (id: string, question: string, answer: string) => questionExample(id, question, answer);

describe('reference scores', () => {
  const references = multihopReferences(index, {
    train: [q('a', '?', 'Oder'), q('b', '?', 'Dresden'), q('c', '?', 'Dresden')],
    validation: [q('v', '?', 'Ada Lovelace')],
    test: [
      q('x', 'Which city lies on the Elbe?', 'Dresden'),
      q('y', 'Who wrote the first program?', 'Ada'),
    ],
  });

  it('have no chance level for free text', () => {
    expect(references.chance).toBeNull();
  });

  it('score the most frequent train answer on the test questions', () => {
    // "Dresden" is right for the first and wrong for the second.
    expect(references.majority).toBe(0.5);
  });

  it('score the best passage title that the question does not name', () => {
    // Dresden: 1; Ada Lovelace for Ada: precision ½, recall 1, F1 2/3.
    expect(references.heuristic).toBeCloseTo((1 + 2 / 3) / 2, 12);
  });

  it('are unknown without test questions, and majority without train questions', () => {
    const none = { train: [], validation: [], test: [] };
    expect(multihopReferences(index, none)).toEqual({
      chance: null,
      majority: null,
      heuristic: null,
    });
    const test = [q('z', 'zebra?', 'Ada')];
    expect(multihopReferences(index, { ...none, test })).toEqual({
      chance: null,
      majority: null,
      heuristic: 0,
    });
  });
});

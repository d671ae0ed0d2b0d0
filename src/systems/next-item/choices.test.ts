import { describe, expect, it } from 'vitest';
import { chosen, parseChoices, renderChoices } from './choices';
import { sessionExample } from './data-set';
import { accuracy } from './metric';

const TEXTS = [
  'Arlun tripod | photography | brand Arlun | 24 euros',
  'Bexo memory card',
  'Bexo memory card reader',
  'Dovo 3 mug',
];
const choices = parseChoices(renderChoices(TEXTS));

describe('choices', () => {
  it('are one a line, with letters, and can be read back', () => {
    expect(renderChoices(['One\nitem', 'Two'])).toBe('A) One item\nB) Two');
    expect(choices.map(({ letter }) => letter).join('')).toBe('ABCD');
    expect(choices[0]).toEqual({ letter: 'A', text: TEXTS[0], title: 'Arlun tripod' });
  });

  it.each([
    ['B', 1],
    ['b)', 1],
    ['(C)', 2],
    ['**D**', 3],
    ['Answer: A', 0],
    ['The answer is C.', 2],
    ['Option B: it fits.', 1],
    ['2', 1],
    ['4. Dovo', 3],
    ['Arlun tripod', 0],
    ['arlun TRIPOD.', 0],
    [TEXTS[0]!, 0],
    ['The customer may take Arlun tripod.', 0],
    ['I would say the Bexo memory card reader, surely.', 2],
    ['The customer may take Bexo memory card.', 1],
    ['The customer would most likely choose B.', 1],
    ['Between a tripod and a mug, the answer is **(D)**.', 3],
    ['A) Arlun tripod\nRather than Dovo 3 mug.', 0],
  ])('an answer "%s" means choice %i', (answer, place) => {
    expect(chosen(answer, choices)).toBe(place);
  });

  it.each([
    '',
    '???',
    'E',
    '7',
    'A customer may like anything.',
    'I do not know',
    'Arlun tripod or Dovo 3 mug',
    'Another tripod',
    'Either option A or option B.',
    'What they take is A thing of beauty',
  ])('an answer "%s" means none', (answer) => {
    expect(chosen(answer, choices)).toBeUndefined();
  });
});

describe('accuracy', () => {
  const example = sessionExample('x', 'viewed: Arlun tripod', TEXTS, TEXTS[1]!);

  it('is 1 for the right choice in any form and 0 for all else', () => {
    expect(accuracy(example, 'B')).toBe(1);
    expect(accuracy(example, 'Bexo memory card')).toBe(1);
    expect(accuracy(example, 'C')).toBe(0);
    expect(accuracy(example, 'no idea')).toBe(0);
  });

  it('tells apart choices that differ in their attributes only', () => {
    const alike = sessionExample('z', 'viewed: x', ['Lamp | red', 'Lamp | blue'], 'Lamp | blue');
    expect(accuracy(alike, 'B')).toBe(1);
    expect(accuracy(alike, 'A')).toBe(0);
    expect(accuracy(alike, 'I take the Lamp | blue.')).toBe(1);
    expect(accuracy(alike, 'Lamp')).toBe(0);
  });

  it('knows an expected title by the choice that has attributes beside it', () => {
    const titled = sessionExample('y', 'viewed: x', TEXTS, 'Arlun tripod');
    expect(accuracy(titled, 'A')).toBe(1);
    expect(accuracy(titled, 'D')).toBe(0);
  });
});

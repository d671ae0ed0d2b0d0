import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ask } from './fixtures';
import { itemDirectives } from './item-directives';
import { readDirections } from './prompt';

const FIELDS = {
  analysis:
    'Equips for Arlun Bexo compact camera, Dovo Elmik compact camera.\nNext: memory card, wrist strap or lens cloth.',
  profile:
    '1. B) Kemda compact camera (seen before: compact camera)\n2. A) Gilto memory card (wanted next: memory card)',
  choices: [
    'A) Gilto memory card | photography | brand Gilto | 20 euros',
    'B) Kemda compact camera | photography | brand Kemda | 220 euros',
    'C) Dovo wall poster of a compact camera | gifts | brand Dovo | 9 euros',
    'D) Munto pet bowl | pets | brand Munto | 14 euros',
  ].join('\n'),
};

const item = (prompt: string, fields: Readonly<Record<string, string>> = FIELDS): Promise<string> =>
  ask(prompt, fields, 'item');

describe('naming the next item', () => {
  it('takes what shares words with the analysis and stands high in the profile', async () => {
    expect(await item('Say which item comes next.')).toBe(
      'The customer may take Kemda compact camera.',
    );
  });

  it.each([
    ['Prefer what the analysis says is wanted next.', 'Gilto memory card'],
    ['Leave out items of a kind that was seen already.', 'Gilto memory card'],
    ['Prefer a brand that the analysis names.', 'Dovo wall poster of a compact camera'],
    ['Prefer the cheapest item. Leave out what was seen already.', 'Gilto memory card'],
    ['Trust the first item of the profile.', 'Kemda compact camera'],
  ])('%s', async (prompt, title) => {
    expect(await item(`${prompt} Write the title only.`)).toBe(title);
  });

  it('writes the answer as it is told', async () => {
    const want = 'Prefer what the analysis says is wanted next.';
    expect(await item(`${want} Answer with the letter only.`)).toBe('A');
    expect(await item(`${want} Write the letter before the title.`)).toBe('A) Gilto memory card');
    expect(await item(`${want} Answer with the letter only. Name the 2 best items.`)).toBe('A\nB');
    expect(await item(`${want} Explain why it is not another item.`)).toBe(
      'The customer may take Gilto memory card.\nRather than Kemda compact camera.',
    );
  });

  it('really reads its fields: another analysis, profile or choice, another answer', async () => {
    const want = 'Prefer what the analysis says is wanted next. Answer with the letter only.';
    expect(await item(want, { ...FIELDS, analysis: 'Next: pet bowl.' })).toBe('D');
    const only = 'Choose only among the items of the profile. Answer with the letter only.';
    expect(await item(only, { ...FIELDS, profile: '1. D) Munto pet bowl' })).toBe('D');
    expect(await item(want, { ...FIELDS, choices: 'A) pet bowl\nB) memory card' })).toBe('B');
  });

  it('copes with choices without letters and prices, and says when they are missing', async () => {
    const fields = {
      analysis: 'Next: ink.',
      profile: 'nothing',
      choices: 'Paper, white\nBlue ink',
    };
    expect(await item('Take what is needed, the cheapest. Letter only.', fields)).toBe('B');
    const { choices: _, ...without } = FIELDS;
    await expect(item('x', without)).rejects.toThrow('the field "choices" is needed');
  });
});

describe('directives for the next item', () => {
  it('are at least ten, and ITEM.md lists them', () => {
    expect(itemDirectives.length).toBeGreaterThanOrEqual(10);
    const text = readFileSync(new URL('ITEM.md', import.meta.url), 'utf8');
    const rows = [...text.matchAll(/^\| `([a-z-]+)`\s*\| ([^|]+?)\s*\| ([^|]+?)\s*\|$/gm)].map(
      ([, id, sentence, effect]) => `${id} | ${sentence} | ${effect}`,
    );
    expect(rows).toEqual(
      itemDirectives.map(({ id, sentence, effect }) => `${id} | ${sentence} | ${effect}`),
    );
  });

  it.each(itemDirectives.map(({ id, sentence }) => [id, sentence] as const))(
    '%s is recognised by its own cues only',
    (id, sentence) => {
      expect(readDirections(sentence, 'item').ids).toEqual([id]);
    },
  );

  /** Effects that only show beside other directives. */
  const BESIDE = ['', 'Answer with the letter only.', 'Prefer what is wanted next.'];

  it.each(itemDirectives.map(({ sentence }) => sentence))(
    '%s changes an answer',
    async (sentence) => {
      const others = [
        FIELDS,
        { ...FIELDS, profile: '1. D) Munto pet bowl' },
        { ...FIELDS, analysis: 'Stays with Munto: Munto compact camera.\nNext: more by Munto.' },
      ];
      const changed: boolean[] = [];
      for (const fields of others) {
        for (const beside of BESIDE) {
          changed.push(
            (await item(beside, fields)) !== (await item(`${beside} ${sentence}`, fields)),
          );
        }
      }
      expect(changed).toContain(true);
    },
  );

  it('none stands in a plain task sentence', () => {
    for (const prompt of [
      '',
      'Say which item the customer takes next.',
      'Which of these is next?',
    ]) {
      expect(readDirections(prompt, 'item').ids).toEqual([]);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { loadLanguage } from './language';
import { propositionOf } from './proposition';
import { readSentence, type Decision } from './reading';
import { readStudy } from './study';
import { VARIANTS, type Skills } from './variants';

const language = await loadLanguage();
const QUESTION = 'Do standing desks reduce back pain in office workers?';

const skills = (name: string): Skills => VARIANTS.find((variant) => variant.name === name)!.skills;
const read = (name: string, text: string, question = QUESTION): Decision | undefined =>
  readSentence(language.whole(text), propositionOf(question, language), skills(name));

describe('plain wording', () => {
  it.each([
    ['Standing desks reduced back pain.', 'yes'],
    ['Standing desks did not reduce back pain.', 'no'],
    ['There was no effect on back pain.', 'no'],
    ['Opinions were friendly.', undefined],
  ])('%s', (text, decision) => {
    expect(read('reader', text)).toBe(decision);
  });

  it('takes a null finding for a yes where no difference is what is asked', () => {
    const question = 'Are standing desks as safe as chairs?';
    expect(read('reader', 'There was no difference in injuries.', question)).toBe('yes');
    expect(read('reader', 'The groups differed in injuries.', question)).toBe('no');
  });
});

describe('what only some variants read', () => {
  it.each([
    // sentence, all-round, statistics, conclusion
    ['The reduction in back pain failed to appear.', 'yes', undefined, 'no'],
    ['Back pain was higher with standing desks.', 'yes', undefined, 'no'],
    ['Standing desks may reduce back pain.', 'yes', undefined, 'maybe'],
    ['There was no doubt that standing desks reduced back pain.', 'no', undefined, 'yes'],
    ['Contrary to reports of no effect, back pain was lower.', 'no', undefined, 'yes'],
    ['Earlier reports found less back pain.', 'yes', undefined, undefined],
    [
      'Mean back pain was 6.0 days with standing desks and 5.0 days with usual practice (p = 0.01).',
      'yes',
      'no',
      undefined,
    ],
    [
      'Mean back pain was 4.9 days with standing desks and 5.0 days with usual practice (p = 0.7).',
      'no',
      'no',
      undefined,
    ],
  ])('%s', (text, ...decisions) => {
    const names = ['reader', 'reader:statistics', 'reader:conclusion'];
    expect(names.map((name) => read(name, text))).toEqual(decisions);
  });
});

describe('an abstract', () => {
  it('is read by its labels', () => {
    const study = readStudy(
      'BACKGROUND AND AIMS: It is unclear.\nMATERIALS AND METHODS: We asked 10. All came.\nRESULTS: It fell.\nCONCLUSIONS: It works.',
      language,
    );
    expect(study.map(({ section }) => section)).toEqual([
      'background',
      'methods',
      'methods',
      'results',
      'conclusion',
    ]);
  });

  it('is read by place and words where it has no labels', () => {
    const study = readStudy(
      'Little is known of it.\nTen people took part.\nPain was lower (P<.001) in one group.',
      language,
    );
    expect(study.map(({ section }) => section)).toEqual(['background', 'methods', 'results']);
    expect(study[2]!.sentence.text).toBe('Pain was lower (P<0.001) in one group.');
  });
});

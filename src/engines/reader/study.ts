/**
 * Abstracts of studies: sentences, each with the section it stands in. Labels open a line
 * ("RESULTS: …"); where there are none, the place of the paragraph and its words tell.
 */
import type { Language, Sentence } from './language';

export type Section = 'background' | 'methods' | 'results' | 'conclusion' | 'finding';

export interface StudySentence {
  readonly sentence: Sentence;
  /** As it is written, '' where the line has none. */
  readonly label: string;
  readonly section: Section;
}

/** A line that states an answer rather than evidence; see `analysis.ts`. */
export const FINDING = 'Finding';

const LABEL = /^\s{0,8}(\p{Lu}[\p{Lu}\p{L} ,/&'-]{2,60}):\s/u;
const SECTIONS: readonly (readonly [Section, RegExp])[] = [
  ['finding', /^finding$/i],
  ['conclusion', /conclu|interpret|implication|discuss/i],
  ['results', /result|findings|outcomes? and|main outcome|^statistics$/i],
  ['background', /backg|objective|aim|purpose|introd|context|hypothes|rationale|question|goal/i],
  ['methods', /./],
];
const AIM =
  /\b(aim(ed|s)?|purpose|objective|hypothes\w+|we (asked|sought|investigated|examined|evaluated|assessed|wanted)|to (investigate|evaluate|assess|determine|examine)|unclear whether|little is known|controvers\w+)\b/i;
const FOUND =
  /\bp\s?[<>=≤≥]|\bsignifican|\d\s?%|\b(were|was) (found|observed|seen|higher|lower)|\bcorrelat/i;

export function readStudy(text: string, language: Language): StudySentence[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.flatMap((line, i): StudySentence[] => {
    const label = LABEL.exec(line)?.[1] ?? '';
    const body = wholeNumbers(label === '' ? line : line.slice(line.indexOf(':') + 1));
    const named = SECTIONS.find(([, pattern]) => label !== '' && pattern.test(label))?.[0];
    return language.sentences(body).map((sentence): StudySentence => {
      const section = named ?? guessed(sentence.text, i, lines.length);
      return { sentence, label, section };
    });
  });
}

/** "P<.001" as "P<0.001": a full stop in front of a number ends no sentence. */
function wholeNumbers(text: string): string {
  return text.replace(/(^|[\s<>=≤≥(])\.(?=\d)/g, '$10.');
}

/** The section of a paragraph without a label, the i-th of `count`. */
function guessed(text: string, i: number, count: number): Section {
  if (AIM.test(text)) return 'background';
  if (FOUND.test(text) || (count > 1 && i === count - 1)) return 'results';
  return count > 2 && i > 0 ? 'methods' : count > 1 ? 'background' : 'results';
}

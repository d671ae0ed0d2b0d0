/**
 * The directives that the reader understands: one table, as data. Each row says which tasks it
 * concerns, its canonical sentence, what it changes, and the cues by which any wording of it is
 * recognised. No language model is loaded by this module.
 */
import { analysisDirectives } from './analysis-directives';
import { answerDirectives } from './answer-directives';
import { codeDirectives } from './code-directives';
import { decisionDirectives } from './decision-directives';
import type { ReaderDirective } from './directive-row';
import { hintDirectives } from './hint-directives';
import { itemDirectives } from './item-directives';
import { keywordsDirectives } from './keywords-directives';
import { queryDirectives } from './query-directives';
import { scoreDirectives } from './score-directives';

export type { ReaderDirective, ReaderTask } from './directive-row';

export const readerDirectives: readonly ReaderDirective[] = [
  ...queryDirectives,
  ...keywordsDirectives,
  ...hintDirectives,
  ...answerDirectives,
  ...itemDirectives,
  ...analysisDirectives,
  ...decisionDirectives,
  ...scoreDirectives,
  ...codeDirectives,
];

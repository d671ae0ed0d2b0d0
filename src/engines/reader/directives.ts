/**
 * The directives that the reader understands: one table, as data. Each row says which tasks it
 * concerns, its canonical sentence, what it changes, and the cues by which any wording of it is
 * recognised. No language model is loaded by this module.
 */
import { answerDirectives } from './answer-directives';
import type { ReaderDirective } from './directive-row';
import { hintDirectives } from './hint-directives';
import { keywordsDirectives } from './keywords-directives';
import { queryDirectives } from './query-directives';

export type { ReaderDirective, ReaderTask } from './directive-row';

export const readerDirectives: readonly ReaderDirective[] = [
  ...queryDirectives,
  ...keywordsDirectives,
  ...hintDirectives,
  ...answerDirectives,
];

/** What the reader writes for each field that can be wanted of it. A new field is one row here. */
import { writeAnalysis } from './analysis';
import { answer, UNKNOWN } from './answer';
import type { Chooser } from './choice';
import { writeCode, writeFinalCode, writeTests } from './code-writers';
import { writeDecision } from './decision';
import { hint, mostShared } from './evidence';
import { writeItem } from './item';
import { keywords } from './keywords';
import type { Language } from './language';
import { firstField, needField, type ReaderRequest } from './messages';
import { parseHint, parsePassages } from './passages';
import { readDirections } from './prompt';
import { analyseQuestion } from './question';
import { writeRelationScores } from './relation-scores';
import { rewrite } from './rewrite';
import { summary } from './summary';
import { writeTextScores } from './text-scores';

/** Writes the field wanted; an empty text counts as a failure. @throws Error when a field is missing */
export type Writer = (
  request: ReaderRequest,
  language: Language,
  choose: Chooser,
  /** Name of one of the reader's variants; absent means the first. */
  model?: string,
) => string;

/** Sentences of the passages that an answer is read from when there is no hint. */
const SENTENCES_WITHOUT_HINT = 3;

export const WRITERS: Readonly<Partial<Record<string, Writer>>> = {
  query: writeQuery,
  keywords: writeKeywords,
  hint: writeHint,
  answer: writeAnswer,
  item: writeItem,
  analysis: writeAnalysis,
  decision: writeDecision,
  relation_scores: writeRelationScores,
  text_scores: writeTextScores,
  code: writeCode,
  tests: writeTests,
  final_code: writeFinalCode,
};

/** For any other field. */
export function writeSummary(request: ReaderRequest, language: Language, choose: Chooser): string {
  const all = [...request.fields.values()].join('\n');
  if (all.trim() === '') throw new Error('reader: there is no field to read');
  return summary(all, language, readDirections(request.prompt, 'summary'), choose) || all;
}

function writeQuery(request: ReaderRequest, language: Language, choose: Chooser): string {
  const question = analyseQuestion(needField(request, 'question', 'query'), language);
  return rewrite(question, readDirections(request.prompt, 'query'), choose);
}

function writeKeywords(request: ReaderRequest, language: Language, choose: Chooser): string {
  const question = analyseQuestion(needField(request, 'query', 'question'), language);
  return keywords(question, readDirections(request.prompt, 'keywords'), choose);
}

function writeHint(request: ReaderRequest, language: Language, choose: Chooser): string {
  const question = analyseQuestion(needField(request, 'question', 'query'), language);
  if (request.fields.get('passages') === '') return UNKNOWN;
  const passages = parsePassages(needField(request, 'passages'), language);
  return hint(question, passages, readDirections(request.prompt, 'hint'), choose) || UNKNOWN;
}

function writeAnswer(request: ReaderRequest, language: Language, choose: Chooser): string {
  const question = analyseQuestion(needField(request, 'question', 'query'), language);
  const directions = readDirections(request.prompt, 'answer');
  const given = firstField(request, 'hint');
  if (given !== undefined) {
    return answer(question, parseHint(given, language), directions, choose);
  }
  const empty = request.fields.has('hint') || request.fields.get('passages') === '';
  if (empty && firstField(request, 'passages') === undefined) return UNKNOWN;
  const passages = parsePassages(needField(request, 'passages', 'hint'), language);
  const lines = mostShared(question, passages, directions, choose, SENTENCES_WITHOUT_HINT);
  return answer(question, lines, directions, choose);
}

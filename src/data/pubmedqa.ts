/**
 * PubMedQA as it is published (Jin et al. 2019): the authors' object of PMID → record (`QUESTION`,
 * `CONTEXTS`, `LABELS`, `final_decision`), the form of data-set hubs (`question`, `context.contexts`,
 * `context.labels`), JSON lines (`question`, `context`, `groundtruth`), and tables with `question`,
 * `context` and `answer`. The long answer is the conclusion itself and is never read.
 */
import { DataError } from './data-error';
import type { LocatedRecord } from './records';
import { withUniqueIds } from './unique-ids';
import { isObject, valueAt } from './values';

export type PubMedDecision = 'yes' | 'no' | 'maybe';

export interface PubMedQuestion {
  readonly id: string;
  readonly question: string;
  /** Paragraphs of the abstract, one a line, each behind its label where it has one. */
  readonly context: string;
  readonly answer: PubMedDecision;
}

const IDS = ['id', 'pubid', 'pmid', 'PMID', 'key', 'index'];
const QUESTIONS = ['QUESTION', 'question'];
const CONTEXTS = ['CONTEXTS', 'context.contexts', 'contexts', 'context'];
const LABELS = ['LABELS', 'context.labels', 'labels'];
const ANSWERS = ['final_decision', 'groundtruth', 'answer'];
const DECISIONS: readonly string[] = ['yes', 'no', 'maybe'];

/** @throws DataError that names the line and the field */
export function readPubmedQa(records: readonly LocatedRecord[]): PubMedQuestion[] {
  const rows = records
    .flatMap(unfolded)
    .map(({ value, line }) => ({ ...readPubmedRow(value, line), line }));
  return withUniqueIds(rows).map(({ line: _, ...question }) => question);
}

/** A record that is itself an object of PMID → record, as a file on one line is. */
function unfolded({ value, line }: LocatedRecord): LocatedRecord[] {
  if (!isObject(value)) return [{ value, line }];
  const inner = Object.entries(value);
  const folded = inner.length > 0 && inner.every(([, row]) => isObject(row) && 'QUESTION' in row);
  if (!folded) return [{ value, line }];
  return inner.map(([id, row]) => ({ value: { id, ...(row as object) }, line }));
}

/** @throws DataError that names the line and the field */
export function readPubmedRow(value: unknown, line: number): PubMedQuestion {
  if (!isObject(value)) {
    throw new DataError(
      `expected an object with question, context and answer, got ${kindOf(value)}`,
      line,
    );
  }
  const answer = text(found(value, ANSWERS, line), line).toLowerCase();
  if (!DECISIONS.includes(answer)) {
    throw new DataError(
      `expected yes, no or maybe, got "${answer.slice(0, 40)}"`,
      line,
      found(value, ANSWERS, line).name,
    );
  }
  return {
    id: idOf(value, line),
    question: text(found(value, QUESTIONS, line), line),
    context: contextOf(value, line),
    answer: answer as PubMedDecision,
  };
}

interface Found {
  readonly name: string;
  readonly value: unknown;
}

/** The first of the fields that the record has. @throws DataError that names them all */
function found(record: object, names: readonly string[], line: number): Found {
  for (const name of names) {
    const value = valueAt(record, name);
    if (value !== undefined) return { name, value };
  }
  const others = names.slice(0, -1).map((name) => `"${name}"`);
  throw new DataError(`the field is missing (or ${others.join(', ')})`, line, names.at(-1));
}

function text({ name, value }: Found, line: number): string {
  if (typeof value !== 'string') {
    throw new DataError(`expected a text, got ${kindOf(value)}`, line, name);
  }
  const plain = oneLine(value);
  if (plain === '') throw new DataError('the text is empty', line, name);
  return plain;
}

function idOf(record: object, line: number): string {
  const name = IDS.find((field) => valueAt(record, field) !== undefined);
  if (name === undefined) return `line ${line}`;
  const value = valueAt(record, name);
  return typeof value === 'number' ? String(value) : text({ name, value }, line);
}

function contextOf(record: object, line: number): string {
  const { name, value } = found(record, CONTEXTS, line);
  const paragraphs = Array.isArray(value) ? (value as unknown[]) : [value];
  if (!paragraphs.every((paragraph) => typeof paragraph === 'string')) {
    throw new DataError('expected a text or a list of texts', line, name);
  }
  const labels = LABELS.map((field) => valueAt(record, field)).find(Array.isArray) ?? [];
  const labelled = labels.length === paragraphs.length;
  const lines = paragraphs.flatMap((paragraph, i) =>
    // A text of several lines keeps them; a paragraph of a list is one.
    (Array.isArray(value) ? [paragraph] : paragraph.split('\n')).flatMap((part) => {
      const plain = oneLine(part);
      if (plain === '') return [];
      return [labelled ? `${oneLine(String(labels[i]))}: ${plain}` : plain];
    }),
  );
  if (lines.length === 0) throw new DataError('the text is empty', line, name);
  return lines.join('\n');
}

function oneLine(value: string): string {
  return value.replace(/\s+/g, ' ').trim();
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

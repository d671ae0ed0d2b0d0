/**
 * Amazon sessions as they are published with Optimas (arXiv 2507.03041): rows of `question` (what
 * happened so far), `choices` (a JSON or Python list, or separated text) and `answer` (the text, the
 * letter or the number of the right choice).
 */
import { parseChoiceList } from './amazon-choices';
import { DataError } from './data-error';
import type { LocatedRecord } from './records';
import { withUniqueIds } from './unique-ids';
import { isObject, textOf } from './values';

export interface AmazonSession {
  readonly id: string;
  readonly question: string;
  /** At least two, all different. */
  readonly choices: readonly string[];
  /** The right one of the choices. */
  readonly answer: string;
}

interface Row {
  readonly line: number;
  readonly id: string;
  readonly question: string;
  readonly choices: readonly string[];
  readonly answer: string;
}

/** Letters end here. */
const MOST_CHOICES = 26;

/** @throws DataError that names the line and the field */
export function readAmazon(records: readonly LocatedRecord[]): AmazonSession[] {
  const rows = withUniqueIds(records.map(readRow));
  const first = firstNumber(rows);
  return rows.map((row) => {
    const { id, question, choices } = row;
    return { id, question, choices, answer: rightChoice(row, first) };
  });
}

function readRow({ value, line }: LocatedRecord): Row {
  if (!isObject(value)) {
    throw new DataError('expected a row with question, choices and answer', line);
  }
  const id = value['id'] ?? value['_id'];
  return {
    line,
    id: id === undefined || id === null || id === '' ? `line ${line}` : textOf(id),
    question: filled(value, 'question', line),
    choices: readChoices(value, line),
    answer: filled(value, 'answer', line),
  };
}

function filled(row: Readonly<Record<string, unknown>>, field: string, line: number): string {
  const value = row[field];
  if (value === undefined) throw new DataError('the field is missing', line, field);
  const text = textOf(value).trim();
  if (text === '') throw new DataError('the text is empty', line, field);
  return text;
}

function readChoices(row: Readonly<Record<string, unknown>>, line: number): string[] {
  const value = row['choices'];
  const problem = (message: string): DataError => new DataError(message, line, 'choices');
  const list = Array.isArray(value)
    ? value.map((choice) => textOf(choice))
    : parseChoiceList(filled(row, 'choices', line));
  const choices = list.map((choice) => choice.replace(/\s+/g, ' ').trim());
  const empty = choices.findIndex((choice) => choice === '');
  if (empty >= 0) throw problem(`choice ${empty + 1} is empty`);
  if (choices.length < 2) {
    throw problem(
      `expected at least two choices, got ${choices.length}; write them as a list, or one a line`,
    );
  }
  if (choices.length > MOST_CHOICES) {
    throw problem(`expected at most ${MOST_CHOICES} choices, got ${choices.length}`);
  }
  const double = choices.find((choice, i) => choices.findIndex((c) => same(c, choice)) !== i);
  if (double !== undefined) throw problem(`the choice "${cut(double)}" stands there twice`);
  return choices;
}

/**
 * Whether the file counts choices from 0 or from 1: an answer 0 says the one, an answer as large as
 * the number of choices the other. Where none does, it is 0, as in the published file.
 */
function firstNumber(rows: readonly Row[]): 0 | 1 {
  const numbered = rows.filter(
    ({ answer, choices }) => isNumber(answer) && !named(answer, choices),
  );
  if (numbered.some(({ answer }) => Number(answer) === 0)) return 0;
  return numbered.some(({ answer, choices }) => Number(answer) === choices.length) ? 1 : 0;
}

function rightChoice({ answer, choices, line }: Row, first: 0 | 1): string {
  const text = named(answer, choices);
  if (text !== undefined) return text;
  const letter = /^\(?([A-Za-z])[).:]?$/.exec(answer)?.[1];
  const place =
    letter !== undefined
      ? letter.toUpperCase().charCodeAt(0) - 'A'.charCodeAt(0)
      : isNumber(answer)
        ? Number(answer) - first
        : -1;
  const choice = choices[place];
  if (choice === undefined) {
    throw new DataError(
      `"${cut(answer)}" is none of the ${choices.length} choices; expected the text, the letter or the number of one`,
      line,
      'answer',
    );
  }
  return choice;
}

/** The choice with this text. */
function named(answer: string, choices: readonly string[]): string | undefined {
  return choices.find((choice) => same(choice, answer));
}

function isNumber(text: string): boolean {
  return /^\d{1,3}(\.0+)?$/.test(text);
}

function same(one: string, other: string): boolean {
  const plain = (text: string): string => text.replace(/\s+/g, ' ').trim().toLowerCase();
  return plain(one) === plain(other);
}

function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

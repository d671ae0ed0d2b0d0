/**
 * HotpotQA as it is published (Yang et al. 2018): the JSON array of the authors (`_id`, context as
 * `[title, sentences]` pairs), JSON lines with `id`, and the column form of data-set hubs (context
 * as `{title: [], sentences: []}`).
 */
import * as v from 'valibot';
import { DataError } from './data-error';
import type { LocatedRecord } from './records';
import { withUniqueIds } from './unique-ids';

export interface HotpotQuestion {
  readonly id: string;
  readonly question: string;
  readonly answer: string;
  readonly context: readonly Paragraph[];
}

export interface Paragraph {
  readonly title: string;
  readonly sentences: readonly string[];
}

const PARAGRAPH = 'expected a list of [title, [sentences]]';
const filled = v.pipe(v.string(), v.trim(), v.nonEmpty('the text is empty'));
const pairs = v.pipe(
  v.array(v.tuple([v.string(PARAGRAPH), v.array(v.string(PARAGRAPH), PARAGRAPH)], PARAGRAPH)),
  v.transform((list) => list.map(([title, sentences]): Paragraph => ({ title, sentences }))),
);
const columns = v.pipe(
  v.object(
    { title: v.array(v.string(), PARAGRAPH), sentences: v.array(v.array(v.string()), PARAGRAPH) },
    PARAGRAPH,
  ),
  v.check(
    ({ title, sentences }) => title.length === sentences.length,
    'titles and sentences differ in number',
  ),
  v.transform(({ title, sentences }) =>
    title.map((name, i): Paragraph => ({ title: name, sentences: sentences[i]! })),
  ),
);
const texts = { question: filled, answer: filled };
const NOTHING = 'there is no paragraph to read';
// One schema a form: a union of the forms would blur what is wrong.
const rowOfPairs = v.object({ ...texts, context: v.pipe(pairs, v.minLength(1, NOTHING)) });
const rowOfColumns = v.object({ ...texts, context: v.pipe(columns, v.minLength(1, NOTHING)) });

/** @throws DataError that names the line and the field */
export function readHotpotQa(records: readonly LocatedRecord[]): HotpotQuestion[] {
  const rows = records.map(({ value, line }) => ({ ...readHotpotRow(value, line), line }));
  return withUniqueIds(rows).map(({ line: _, ...question }) => question);
}

/** @throws DataError that names the line and the field */
export function readHotpotRow(value: unknown, line: number): HotpotQuestion {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new DataError(
      `expected an object with question, answer and context, got ${kindOf(value)}`,
      line,
    );
  }
  const fields = value as Record<string, unknown>;
  const id = fields['_id'] ?? fields['id'];
  if (id === undefined) throw new DataError('the field is missing (or "_id")', line, 'id');
  if (typeof id === 'string' && id.trim() === '')
    throw new DataError('the text is empty', line, 'id');
  if (typeof id !== 'string' && typeof id !== 'number') {
    throw new DataError(`expected a text, got ${kindOf(id)}`, line, 'id');
  }
  const parsed = v.safeParse(Array.isArray(fields['context']) ? rowOfPairs : rowOfColumns, fields);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const name = String(issue.path?.[0]?.key ?? 'row');
    throw new DataError(
      fields[name] === undefined
        ? 'the field is missing'
        : issue.type === 'string'
          ? `expected a text, got ${kindOf(issue.input)}`
          : issue.message,
      line,
      name,
    );
  }
  return { id: String(id), ...parsed.output };
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

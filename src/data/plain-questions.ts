/** Questions of a table whose columns were mapped: their context is text, one passage a line. */
import { DataError } from './data-error';
import type { HotpotQuestion, Paragraph } from './hotpotqa';
import type { LocatedRecord } from './records';
import { isObject, textOf } from './values';

/** Words that stand in for a title. */
const TITLE_WORDS = 8;

/**
 * The rows of an import by a mapping, for multihop-qa. A question is named by its line.
 * @throws DataError that names the line and the field
 */
export function readPlainQuestions(rows: readonly LocatedRecord[]): HotpotQuestion[] {
  return rows.map(({ value, line }) => {
    const text = (field: string): string => {
      const own = isObject(value) ? textOf(value[field]) : '';
      if (own === '') throw new DataError('the field is empty', line, field);
      return own;
    };
    return {
      id: `line ${line}`,
      question: text('question'),
      answer: text('answer'),
      context: text('context').split('\n').flatMap(paragraphOf),
    };
  });
}

/** `Title: text`, or a text whose first words have to serve as its title. */
function paragraphOf(text: string): Paragraph[] {
  const [, own, rest] = /^\s*([^:.]{1,80}): +(\S.*)$/.exec(text) ?? [];
  if (own !== undefined && rest !== undefined) return [{ title: own, sentences: [rest.trim()] }];
  const words = text.trim().split(/\s+/);
  if (words[0] === '') return [];
  const title = words.slice(0, TITLE_WORDS).join(' ');
  return [{ title: words.length > TITLE_WORDS ? `${title}…` : title, sentences: [text.trim()] }];
}

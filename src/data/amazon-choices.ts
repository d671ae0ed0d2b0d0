/** A list of choices inside a cell of a table: JSON, a Python or NumPy list, or separated text. */

/** Between choices, the first that occurs; a comma is none, as titles have commas. */
const SEPARATORS = [/\r?\n/, /\s*\|\s*/, /\s*;\s*/, /\t/];

/** `A)`, `(b)`, `3.`, `-` before a choice. */
const LABEL = /^\s*(?:\(?(?:[A-Za-z]|\d{1,2})[).:]|[-*•])\s+/;

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** The choices as they stand there, in order; a text without any separator is one choice. */
export function parseChoiceList(text: string): string[] {
  const cell = text.trim();
  if (/^[[(]/.test(cell) && /[\])]$/.test(cell)) {
    const list = jsonList(cell) ?? pythonList(cell);
    if (list !== undefined) return list;
  }
  const separator = SEPARATORS.find((between) => between.test(cell));
  const parts = separator === undefined ? [cell] : cell.split(separator);
  const choices = parts.map((part) => part.trim()).filter((part) => part !== '');
  return choices.every((choice) => LABEL.test(choice))
    ? choices.map((choice) => choice.replace(LABEL, ''))
    : choices;
}

function jsonList(cell: string): string[] | undefined {
  try {
    const value = JSON.parse(cell) as unknown;
    return Array.isArray(value) ? value.map((item) => String(item)) : undefined;
  } catch {
    return undefined;
  }
}

/** Quoted texts between brackets, parted by commas or, as NumPy prints them, by space alone. */
function pythonList(cell: string): string[] | undefined {
  const items: string[] = [];
  const end = cell.length - 1;
  for (let i = 1; i < end;) {
    const quote = cell[i]!;
    if (/[\s,]/.test(quote)) {
      i += 1;
      continue;
    }
    if (quote !== "'" && quote !== '"') return undefined;
    let item = '';
    for (i += 1; i < end && cell[i] !== quote; i++) {
      if (cell[i] === '\\') {
        i += 1;
        item += ESCAPES[cell[i]!] ?? cell[i]!;
      } else item += cell[i]!;
    }
    if (cell[i] !== quote || i >= end) return undefined;
    items.push(item);
    i += 1;
  }
  return items;
}

/** Text files of JSON records: a JSON array or one record a line, each with the line it is on. */
import { DataError } from './data-error';

export interface LocatedRecord {
  /** 1-based line on which the record begins. */
  readonly line: number;
  readonly value: unknown;
}

/** Larger files are refused: they and their index would not fit into a page's memory. */
export const MAX_FILE_BYTES = 48_000_000;

/**
 * Decodes and checks a file before anything is parsed.
 * @throws DataError when it is empty, too large, binary or not UTF-8
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes.length > MAX_FILE_BYTES) {
    throw new DataError(
      `the file has ${(bytes.length / 1e6).toFixed(1)} MB, at most ${MAX_FILE_BYTES / 1e6} MB can be read; take a part of it, a few hundred questions are plenty`,
    );
  }
  const nul = bytes.indexOf(0);
  if (nul >= 0) {
    throw new DataError(
      'this is a binary file, expected a text file with JSON or one JSON record a line',
      lineAt(bytes, nul),
    );
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new DataError(
      'the file is not valid UTF-8 text; save it as UTF-8, or check that it is the right file',
    );
  }
  if (text.trim() === '') {
    throw new DataError('the file is empty, expected JSON or one JSON record a line', 1);
  }
  return text;
}

function lineAt(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let i = 0; i < offset; i++) if (bytes[i] === 10) line += 1;
  return line;
}

/** @throws DataError that names the line of the first broken record */
export function parseRecords(text: string): LocatedRecord[] {
  return text.trimStart().startsWith('[') ? parseArray(text) : parseLines(text);
}

function parseLines(text: string): LocatedRecord[] {
  return text.split('\n').flatMap((content, i): LocatedRecord[] => {
    if (content.trim() === '') return [];
    try {
      return [{ line: i + 1, value: JSON.parse(content) as unknown }];
    } catch (error) {
      throw new DataError(`this is not valid JSON (${parserMessage(error)})`, i + 1);
    }
  });
}

function parseArray(text: string): LocatedRecord[] {
  const elements = arrayElements(text);
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch (error) {
    // Engines differ in whether and how they say where; the first element that does not stand on
    // its own is the place.
    for (const { start, end, line } of elements) {
      const problem = problemOf(text.slice(start, end));
      if (problem === undefined) continue;
      throw new DataError(
        `this is not valid JSON (${parserMessage(problem)})`,
        line - 1 + lineOfOffset(text.slice(start, end), offsetIn(problem)),
      );
    }
    throw new DataError(
      `this is not valid JSON (${parserMessage(error)})`,
      lineOfOffset(text, text.trimEnd().length),
    );
  }
  return (values as unknown[]).map((value, i) => ({ line: elements[i]?.line ?? 1, value }));
}

function problemOf(json: string): unknown {
  try {
    JSON.parse(json);
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Where the engine says an element is broken; its beginning where it does not say. */
function offsetIn(error: unknown): number {
  const position = /position (\d+)/.exec(error instanceof Error ? error.message : '');
  return position === null ? 0 : Number(position[1]);
}

/** The engine's reason without its quotation of the text and its offsets. */
export function parserMessage(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message
    .replace(/, *\.{0,3}"[\s\S]*" *\.{0,3} is not valid JSON/, '')
    .replace(/ (in JSON )?at (position|line)[\s\S]*/, '')
    .replace(/^JSON\.parse: /, '');
}

function lineOfOffset(text: string, offset: number): number {
  let line = 1;
  for (let i = text.indexOf('\n'); i >= 0 && i < offset; i = text.indexOf('\n', i + 1)) line += 1;
  return line;
}

interface ElementPlace {
  readonly line: number;
  readonly start: number;
  /** Offset behind the element. */
  readonly end: number;
}

/** Where the elements of a top-level array stand; of a broken one as far as brackets tell. */
function arrayElements(text: string): ElementPlace[] {
  const elements: ElementPlace[] = [];
  let depth = 0;
  let line = 1;
  let inText = false;
  let open: Omit<ElementPlace, 'end'> | undefined;
  const close = (end: number): void => {
    if (open !== undefined) elements.push({ ...open, end });
    open = undefined;
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (c === '\n') line += 1;
    if (inText) {
      if (c === '\\') i += 1;
      else if (c === '"') inText = false;
      continue;
    }
    if (depth === 1 && c === ',' && open === undefined) elements.push({ line, start: i, end: i });
    if (depth === 1 && (c === ',' || c === ']')) close(i);
    else if (depth === 1 && open === undefined && c > ' ') open = { line, start: i };
    if (c === '"') inText = true;
    else if (c === '[' || c === '{') depth += 1;
    else if (c === ']' || c === '}') depth -= 1;
  }
  close(text.length);
  return elements;
}

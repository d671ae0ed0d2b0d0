/**
 * The request inside chat messages: the prompt, the named fields and the field wanted.
 * Promises linear time on any text and an error that names what is missing.
 */
import type { ChatMessage } from '../../core/system/chat-model';

export interface ReaderRequest {
  /** The text of the system messages: a task sentence and any number of directives. */
  readonly prompt: string;
  readonly fields: ReadonlyMap<string, string>;
  /** Name of the field to write. */
  readonly wanted: string;
}

const FIELD_START = /^\s{0,8}([a-z][a-z0-9_]{0,39})\s{0,2}:/;
const WANTED =
  /^\s{0,8}write the field\s{0,4}:?\s{0,4}["'`]?([A-Za-z][\w-]{0,39})["'`]?[\s.]{0,8}$/i;

/** @throws Error when there is no user message or when it does not name the field wanted. */
export function parseRequest(messages: readonly ChatMessage[]): ReaderRequest {
  const prompt = messages
    .filter((message) => message.role === 'system')
    .map((message) => message.content)
    .join('\n\n');
  const user = messages.findLast((message) => message.role === 'user');
  if (user === undefined) throw new Error('reader: there is no user message');
  const lines = user.content.split(/\r\n|\r|\n/);
  while (lines.length > 0 && lines[lines.length - 1]!.trim() === '') lines.pop();
  const last = lines.pop() ?? '';
  // A longer line cannot name a field; the test keeps the pattern away from huge lines.
  const wanted = last.length <= 120 ? WANTED.exec(last)?.[1] : undefined;
  if (wanted === undefined) {
    throw new Error('reader: the user message must end with a line "Write the field: <name>"');
  }
  return { prompt, fields: parseFields(lines), wanted: wanted.toLowerCase() };
}

/** Blocks that begin with `name:` start a field; any other block continues the one before it. */
function parseFields(lines: readonly string[]): Map<string, string> {
  const parts = new Map<string, string[]>();
  let current: string[] | undefined;
  let afterBlank = true;
  for (const line of lines) {
    if (line.trim() === '') {
      afterBlank = true;
      current?.push('');
      continue;
    }
    const start = afterBlank ? FIELD_START.exec(line) : null;
    if (start !== null) {
      current = [line.slice(start[0].length)];
      parts.set(start[1]!, current);
    } else {
      current?.push(line);
    }
    afterBlank = false;
  }
  const fields = new Map<string, string>();
  for (const [name, values] of parts) fields.set(name, values.join('\n').trim());
  return fields;
}

/** The first of the named fields that has a value. */
export function firstField(
  request: ReaderRequest,
  ...names: readonly string[]
): string | undefined {
  for (const name of names) {
    const value = request.fields.get(name);
    if (value !== undefined && value !== '') return value;
  }
  return undefined;
}

/** Like `firstField`. @throws Error that names the missing fields. */
export function needField(request: ReaderRequest, ...names: readonly string[]): string {
  const value = firstField(request, ...names);
  if (value === undefined) {
    const list = names.map((name) => `"${name}"`).join(' or ');
    throw new Error(`reader: to write "${request.wanted}" the field ${list} is needed`);
  }
  return value;
}

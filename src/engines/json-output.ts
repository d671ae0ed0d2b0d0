/**
 * JSON out of a model's text: read as it stands, taken out of a code fence or from between
 * sentences, or repaired; then held against the schema. The text may be anything at all, so what is
 * read is bounded in length, depth and number of values before anything walks through it.
 */
import { jsonrepair } from 'jsonrepair';
import { canonicalJson } from '../core/random/hash';
import { ModelError, type ChatAnswer } from '../core/system/chat-model';
import { brokenParts, jsonParts } from './json-output-parts';
import { schemaFault, type JsonSchema } from './json-output-schema';

/** Longest text that is read, in characters (UTF-16 units). */
const LONGEST = 1 << 18;

/**
 * Longest text that is repaired: repair takes time in the square of some broken texts' length, a
 * second at this one and 40 s at four times of it (Node 20 on a busy machine, November 2026).
 */
const LONGEST_REPAIRED = 1 << 12;

/** Deepest nesting and most values: a schema's `uniqueItems` takes their square. */
const DEEPEST = 100;
const MOST_VALUES = 10_000;

/**
 * The first value in `text` that `schema` allows, as JSON with sorted keys and no spaces, so that
 * equal values are equal texts.
 *
 * @param finishReason an answer that was cut off is not repaired: closing its brackets would make a
 *   whole answer out of half a one
 * @throws ModelError `not-json` when there is no such value, `bad-request` for a broken schema
 */
export function jsonOutput(
  text: string,
  schema: JsonSchema,
  finishReason: ChatAnswer['finishReason'] = 'stop',
): string {
  if (text.length > LONGEST) throw notJson('it is too long to be read as such', finishReason);
  let fault: string | undefined;
  for (const { value } of valuesIn(text, finishReason === 'stop')) {
    const canonical = canonicalOf(value);
    if (canonical === undefined) {
      fault ??= 'it is nested too deeply or holds too many values';
      continue;
    }
    // Read again, for what JSON has no word for: 1e999 is read as a number and written as null.
    const wrong = schemaFault(JSON.parse(canonical), schema);
    if (wrong === undefined) return canonical;
    fault ??= wrong;
  }
  throw notJson(fault ?? 'no JSON stands in it', finishReason);
}

interface Read {
  readonly value: unknown;
}

/** What stands in the text; only if none of it will do, what it may have been meant to say. */
function* valuesIn(text: string, repair: boolean): Generator<Read> {
  for (const part of jsonParts(text)) yield* read(part);
  if (!repair) return;
  for (const part of brokenParts(text)) {
    if (part.length > LONGEST_REPAIRED) continue;
    let repaired;
    try {
      repaired = jsonrepair(part);
    } catch {
      // Beyond repair, or nested deeper than the stack.
      continue;
    }
    yield* read(repaired);
  }
}

function* read(part: string): Generator<Read> {
  let value: unknown;
  try {
    value = JSON.parse(part);
  } catch {
    return;
  }
  yield { value };
}

function canonicalOf(value: unknown): string | undefined {
  return isBounded(value) ? canonicalJson(value) : undefined;
}

/** Level by level, because recursion is what this is to protect. */
function isBounded(root: unknown): boolean {
  let level = [root];
  let values = 0;
  for (let depth = 0; level.length > 0; depth++) {
    values += level.length;
    if (depth > DEEPEST || values > MOST_VALUES) return false;
    level = level.flatMap((value) =>
      value !== null && typeof value === 'object' ? Object.values(value) : [],
    );
  }
  return true;
}

function notJson(fault: string, finishReason: ChatAnswer['finishReason']): ModelError {
  return finishReason === 'stop'
    ? new ModelError(
        'not-json',
        `The model's answer is not the JSON that was asked for: ${fault}.`,
        'Say in the prompt which fields are wanted, or take a model that keeps to a form better.',
        false,
      )
    : new ModelError(
        'not-json',
        `The model's answer was cut off before its JSON was whole: ${fault}.`,
        'Allow more tokens for the answer.',
        false,
      );
}

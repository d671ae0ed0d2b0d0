/** Where JSON may stand in a model's text: whole, in a code fence, or between sentences. */

/** Values with other text between them that are tried at most. */
const MOST_SPANS = 20;

const FENCE = /```[^\n`]*\n([\s\S]*?)(?:```|$)/;

/**
 * Parts of `text` that may be JSON as they stand, likeliest first: the text, what a code fence
 * holds, and every object or array that is closed. An object inside an open one is none of them.
 */
export function jsonParts(text: string): string[] {
  return [text, ...fenced(text), ...closedSpans(text)];
}

/** Parts that may be JSON once they are repaired, in their order, each from its first bracket on. */
export function brokenParts(text: string): string[] {
  const [inside] = fenced(text);
  return [...new Set([inside ?? '', text].flatMap(fromBrackets))];
}

function fenced(text: string): string[] {
  const inside = FENCE.exec(text)?.[1];
  return inside === undefined ? [] : [inside];
}

/** From the first brace, and from the first bracket, to the last that closes its kind. */
function fromBrackets(text: string): string[] {
  return ['{}', '[]']
    .map(([open, close]) => ({ from: text.indexOf(open!), to: text.lastIndexOf(close!) }))
    .filter(({ from }) => from >= 0)
    .sort((a, b) => a.from - b.from)
    .map(({ from, to }) => (to > from ? text.slice(from, to + 1) : text.slice(from)));
}

/** Objects and arrays whose brackets match, read in one pass; quotes count inside of them only. */
function closedSpans(text: string): string[] {
  const spans: string[] = [];
  const closers: string[] = [];
  let start = 0;
  let inString = false;
  for (let i = 0; i < text.length && spans.length < MOST_SPANS; i++) {
    const character = text[i]!;
    if (inString) {
      if (character === '\\') i++;
      else if (character === '"') inString = false;
    } else if (character === '{' || character === '[') {
      if (closers.length === 0) start = i;
      closers.push(character === '{' ? '}' : ']');
    } else if (closers.length > 0) {
      if (character === '"') inString = true;
      else if (character === closers.at(-1)) {
        closers.pop();
        if (closers.length === 0) spans.push(text.slice(start, i + 1));
      } else if (character === '}' || character === ']') closers.length = 0;
    }
  }
  return spans;
}

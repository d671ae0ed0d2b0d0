/** What language models write around programs and tests, taken off. */

const FENCE = /```[ \t]*([\w+-]*)[^\n]*\n([\s\S]*?)(?:```|$)/g;
const JAVASCRIPT = new Set(['', 'js', 'javascript', 'ts', 'typescript', 'mjs', 'node']);

/** The fenced blocks of JavaScript one after the other, or the text itself where there is none. */
export function programOf(text: string): string {
  const blocks = [...text.matchAll(FENCE)]
    .filter(([, language]) => JAVASCRIPT.has(language!.toLowerCase()))
    .map(([, , code]) => code!.trim());
  return blocks.length === 0 ? text.trim() : blocks.join('\n');
}

/** One test a line; comments and blank lines are none. */
export function testsOf(text: string): string[] {
  return programOf(text)
    .split(/\r\n|\r|\n/)
    .map((line) =>
      line
        .trim()
        .replace(/^[-*]\s+|^\d+[.)]\s+/, '')
        .replace(/;+\s*$/, ''),
    )
    .filter((line) => line !== '' && !/^(\/\/|\/\*|\*|#)/.test(line));
}

/** A name that a task gives to its function: the first one that stands before a bracket. */
export function functionName(task: string): string | undefined {
  return /(?<![\w$.])([A-Za-z_$][\w$]*)\(/.exec(task)?.[1];
}

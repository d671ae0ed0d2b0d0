/** The metric of evidence-qa: whether a text decides as expected. Any text is scored, none throws. */
export const DECISIONS = ['yes', 'no', 'maybe'] as const;
export type Decision = (typeof DECISIONS)[number];

const WORD = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu;

/**
 * The decision that a text takes: its first word where that is yes, no or maybe; otherwise the one
 * of the three that occurs as a whole word, if exactly one does; otherwise undefined. Case and
 * punctuation do not matter.
 */
export function parseDecision(text: string): Decision | undefined {
  const words = (text.match(WORD) ?? []).map((word) => word.toLowerCase());
  const isDecision = (word: string | undefined): word is Decision =>
    (DECISIONS as readonly (string | undefined)[]).includes(word);
  if (isDecision(words[0])) return words[0];
  const said = new Set(words.filter(isDecision));
  return said.size === 1 ? [...said][0] : undefined;
}

/** 1 where the text decides as expected, else 0. @param expected accepted decisions */
export function decisionAccuracy(text: string, expected: readonly string[]): number {
  const decision = parseDecision(text);
  return decision !== undefined && expected.includes(decision) ? 1 : 0;
}

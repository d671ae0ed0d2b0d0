/** What speaks for a candidate: the relations and sentences that share a word with the question. */

const WORD = /[\p{L}\p{N}]+/gu;
const DENIAL = /\b(?:not|no|never|cannot|without)\b/i;

/** Function words, and verbs of relations, which match only together with what follows them. */
const SMALL = new Set(
  (
    'a an the and or of in on at by for from to with its it is are has have can that this which who ' +
    'what name eat eats eaten live lives grow grows found pollinated used'
  ).split(' '),
);

/** Letters that words of one family share: "hibernates", "hibernation". */
const FAMILY = 5;

const roots = (text: string): Set<string> =>
  new Set(
    (text.toLowerCase().match(WORD) ?? [])
      .filter((word) => !SMALL.has(word))
      .map((word) => word.replace(/s$/, '').slice(0, FAMILY)),
  );

/**
 * @param text relations separated by semicolons, or sentences
 * @returns its parts that share a word's family with the question and deny nothing, in their order
 */
export function evidenceIn(question: string, text: string): string {
  const asked = roots(question);
  return text
    .split(/;\s*|(?<=[.!?])\s+/)
    .filter((part) => !DENIAL.test(part) && [...roots(part)].some((root) => asked.has(root)))
    .join('; ');
}

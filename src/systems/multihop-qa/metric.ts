/**
 * Answer metrics with HotpotQA's normalisation (Yang et al. 2018, after SQuAD, Rajpurkar et al.
 * 2016): lower case, no punctuation, no articles, single spaces.
 */

/** Whole words only; `\b` would see a word's end before an accented letter. */
const ARTICLES = /(?<![\p{L}\p{N}_])(a|an|the)(?![\p{L}\p{N}_])/gu;
/** ASCII punctuation, as in the published evaluation script. */
const PUNCTUATION = /[!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]/g;

export function normaliseAnswer(text: string): string {
  return text
    .toLowerCase()
    .replace(PUNCTUATION, '')
    .replace(ARTICLES, ' ')
    .split(/\s+/)
    .filter((word) => word !== '')
    .join(' ');
}

export function exactMatch(prediction: string, gold: string): number {
  return normaliseAnswer(prediction) === normaliseAnswer(gold) ? 1 : 0;
}

/** Answers that are right or wrong as a whole: no credit for sharing a word. */
const CLOSED_ANSWERS: ReadonlySet<string> = new Set(['yes', 'no', 'noanswer']);

/** F1 of the bags of normalised words, in [0, 1]. */
export function tokenF1(prediction: string, gold: string): number {
  const predicted = normaliseAnswer(prediction);
  const expected = normaliseAnswer(gold);
  if ((CLOSED_ANSWERS.has(predicted) || CLOSED_ANSWERS.has(expected)) && predicted !== expected) {
    return 0;
  }
  const predictedWords = predicted.split(' ').filter((word) => word !== '');
  const left = new Map<string, number>();
  const expectedWords = expected.split(' ').filter((word) => word !== '');
  for (const word of expectedWords) left.set(word, (left.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of predictedWords) {
    const count = left.get(word) ?? 0;
    if (count > 0) {
      common += 1;
      left.set(word, count - 1);
    }
  }
  if (common === 0) return 0;
  const precision = common / predictedWords.length;
  const recall = common / expectedWords.length;
  return (2 * precision * recall) / (precision + recall);
}

/** Best value of a metric over the accepted answers. */
export function bestOver(
  metric: (prediction: string, gold: string) => number,
): (prediction: string, golds: readonly string[]) => number {
  return (prediction, golds) => Math.max(0, ...golds.map((gold) => metric(prediction, gold)));
}

/** Any field that has no task of its own: the most central sentences of all the other fields. */
import type { Chooser } from './choice';
import type { Language } from './language';
import type { Directions } from './prompt';

const DEFAULT_COUNT = 2;

/** Empty only when the text has no words. */
export function summary(
  text: string,
  language: Language,
  directions: Directions,
  choose: Chooser,
): string {
  const sentences = language.sentences(text);
  const frequency = new Map<string, number>();
  for (const { roots } of sentences) {
    for (const root of roots) frequency.set(root, (frequency.get(root) ?? 0) + 1);
  }
  const order = sentences.map((_, index) => index);
  const centrality = (index: number): number => {
    const { roots } = sentences[index]!;
    let sum = 0;
    for (const root of roots) sum += frequency.get(root)!;
    return roots.size === 0 ? 0 : sum / (roots.size + 3) - 0.05 * index;
  };
  const chosen = choose
    .ranked(order, centrality)
    .slice(0, directions.number('max-sentences') ?? DEFAULT_COUNT)
    .sort((a, b) => a - b);
  const whole = chosen.map((index) => sentences[index]!.text).join(' ');
  const limit = directions.number('max-words');
  return limit === undefined ? whole : whole.split(' ').slice(0, limit).join(' ');
}

/** Pairs of sentences in which one passage names the other: the two steps of a question. */
import type { Chooser } from './choice';
import type { Sentence } from './language';
import { mentionOf } from './names';
import type { Passage } from './passages';
import type { Question } from './question';

/** A sentence of a passage with its scores for a question. */
export interface Item {
  readonly sentence: Sentence;
  readonly passage: number;
  readonly order: number;
  /** Weight of shared words and of whatever the directives prefer. */
  readonly score: number;
  readonly kind: number;
  /** Question roots in the sentence, and in its title. */
  readonly shared: ReadonlyMap<string, number>;
}

/**
 * The two sentences of different passages that together share most with the question, where one
 * names the passage of the other. The first is the one that the question's own names lead to.
 */
export function linkedPair(
  question: Question,
  passages: readonly Passage[],
  items: readonly Item[],
  choose: Chooser,
): Item[] {
  const named = passages.map(({ title }) => mentionOf(question.text, title));
  // The best sentences of each passage are enough: a weak one is never half of the best pair.
  const likely = passages.flatMap((_, passage) =>
    items
      .filter((item) => item.passage === passage)
      .sort((a, b) => total(b) - total(a) || a.order - b.order)
      .slice(0, 6),
  );
  const names = likely.map(({ sentence }) =>
    passages.map(({ title }) => mentionOf(sentence.text, title)),
  );
  const pairs: { first: Item; second: Item; score: number }[] = [];
  for (let i = 0; i < likely.length; i++) {
    const a = likely[i]!;
    for (let j = 0; j < likely.length; j++) {
      const b = likely[j]!;
      if (a.passage === b.passage) continue;
      const link = Math.max(names[i]![b.passage]!, 0.8 * names[j]![a.passage]!);
      if (link === 0) continue;
      // What the question does not name must be reached through the other sentence.
      const bridge = named[b.passage] === 0 ? 1.5 : 0;
      const anchor = named[a.passage]! > 0 || sharesName(question, a.sentence) ? 2.5 : 0;
      let score = 2 * link + bridge + anchor + coverage(question, a, b) + b.kind;
      score += 0.2 * (a.score - total(a) - a.kind + b.score - total(b) - b.kind);
      pairs.push({ first: a, second: b, score });
    }
  }
  const best = choose.best(pairs, (pair) => pair.score);
  if (best === undefined) {
    return choose.ranked(items, (item) => item.score).slice(0, 2);
  }
  return [best.first, best.second];
}

/**
 * Weight of the question's words in the two sentences together. Words of the asked clause belong
 * into the second, words of the description into the first.
 */
function coverage(question: Question, first: Item, second: Item): number {
  let sum = 0;
  for (const [root, weight] of question.weights) {
    const outer = weight >= 1;
    const a = (first.shared.get(root) ?? 0) * (outer ? 0.4 : 0.8);
    const b = (second.shared.get(root) ?? 0) * (outer ? 2 : 0.4);
    sum += Math.max(a, b);
  }
  return sum;
}

function total(item: Item): number {
  let sum = 0;
  for (const value of item.shared.values()) sum += value;
  return sum;
}

function sharesName(question: Question, sentence: Sentence): boolean {
  return question.names.some((name) => mentionOf(sentence.text, name.text) > 0);
}

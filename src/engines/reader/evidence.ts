/**
 * The task `hint`: sentences of the passages that bear on the question. By default the openings of
 * the first passages; directives choose by shared words, by names that lead from one passage to
 * another, and so on.
 */
import { wordsOf } from './candidates';
import type { Chooser } from './choice';
import { hasKind } from './kinds';
import type { Sentence } from './language';
import { linkedPair, type Item } from './linking';
import { mentionOf, namesIn, plainTitle } from './names';
import type { Passage } from './passages';
import type { Directions } from './prompt';
import type { Question } from './question';

const DEFAULT_COUNT = 2;

/** Sentences as lines of text; never empty when there is a passage with a sentence. */
export function hint(
  question: Question,
  passages: readonly Passage[],
  directions: Directions,
  choose: Chooser,
): string {
  const items = scored(question, passages, directions);
  if (directions.has('titles-only')) return titles(passages, items, directions);
  const count = directions.number('max-sentences') ?? directions.number('most-shared');
  const chosen = select(question, passages, items, directions, choose, count ?? DEFAULT_COUNT);
  if (directions.has('best-last')) chosen.sort((a, b) => a.score - b.score || a.order - b.order);
  const lines = chosen.map(({ sentence, passage }) => {
    const title = passages[passage]!.title;
    const text = directions.has('few-words') ? contentWords(sentence) : sentence.text;
    return directions.has('write-titles') && title !== '' ? `${title}: ${text}` : text;
  });
  return lines.join('\n');
}

/** The sentences that share most with the question, for an answer without a hint. */
export function mostShared(
  question: Question,
  passages: readonly Passage[],
  directions: Directions,
  choose: Chooser,
  count: number,
): { sentence: Sentence; subject: string }[] {
  const items = scored(question, passages, directions);
  return choose
    .ranked(items, (item) => item.score)
    .slice(0, count)
    .map(({ sentence, passage }) => ({ sentence, subject: plainTitle(passages[passage]!.title) }));
}

function scored(question: Question, passages: readonly Passage[], directions: Directions): Item[] {
  const sentences = passages.flatMap((passage) => passage.sentences);
  const frequency = new Map<string, number>();
  for (const { roots } of sentences) {
    for (const root of question.weights.keys()) {
      if (roots.has(root)) frequency.set(root, (frequency.get(root) ?? 0) + 1);
    }
  }
  const weight = (root: string): number =>
    Math.log(1 + sentences.length / (frequency.get(root) ?? 0.5));
  const items: Item[] = [];
  passages.forEach((passage, index) => {
    const named = mentionOf(question.text, passage.title);
    for (const sentence of passage.sentences) {
      const shared = new Map<string, number>();
      let score = 0;
      for (const root of question.weights.keys()) {
        if (!sentence.roots.has(root)) continue;
        shared.set(root, weight(root));
        score += weight(root);
      }
      if (directions.has('named-passages') && named > 0) score += 4 * named;
      const kind =
        directions.has('kind-sentences') && hasKind(sentence, question) ? kindWeight(question) : 0;
      score += kind;
      items.push({ sentence, passage: index, order: items.length, score, kind, shared });
    }
  });
  if (!directions.has('skip-unrelated')) return items;
  const related = new Set(items.filter((item) => item.shared.size > 0).map((item) => item.passage));
  const left = items.filter((item) => related.has(item.passage));
  return left.length > 0 ? left : items;
}

/** A year or a number is rarer in a sentence than a name, and says more when it is asked for. */
function kindWeight(question: Question): number {
  const { kind } = question;
  return kind === 'year' || kind === 'date' || kind === 'number' || kind === 'nationality'
    ? 4
    : 0.8;
}

function select(
  question: Question,
  passages: readonly Passage[],
  items: readonly Item[],
  directions: Directions,
  choose: Chooser,
  count: number,
): Item[] {
  const compared = directions.has('each-compared')
    ? oneForEach(question, passages, items, choose)
    : [];
  if (compared.length > 0) return filled(compared, items, choose, count);
  if (directions.has('follow-names')) {
    const pair = linkedPair(question, passages, items, choose);
    // More about where the names led, before anything else.
    const further = (item: Item): number =>
      item.passage === pair[1]?.passage ? 4 : item.passage === pair[0]?.passage ? 0 : -2;
    return filled(pair, items, choose, count, further);
  }
  if (directions.has('most-shared')) {
    return choose.ranked(items, (item) => item.score).slice(0, count);
  }
  if (directions.has('whole-passage')) {
    const best = choose.best(items, (item) => item.score);
    return items.filter((item) => item.passage === best?.passage);
  }
  const openings = items.filter((item, i) => items[i - 1]?.passage !== item.passage);
  const limit = directions.has('lead') ? Math.max(count, passages.length) : count;
  const prefers = directions.has('named-passages') || directions.has('kind-sentences');
  const rank = (item: Item, index: number): number => (prefers ? item.score : 0) - 0.5 * index;
  const shown = directions.number('max-sentences') ?? limit;
  return choose.ranked(openings, rank).slice(0, shown);
}

/** More sentences after the chosen ones, up to the count, by the words they share. */
function filled(
  chosen: readonly Item[],
  items: readonly Item[],
  choose: Chooser,
  count: number,
  bonus: (item: Item) => number = () => 0,
): Item[] {
  const rest = items.filter((item) => !chosen.includes(item));
  const more = choose
    .ranked(rest, (item) => item.score + bonus(item))
    .slice(0, Math.max(0, count - chosen.length));
  return [...chosen.slice(0, Math.max(1, count)), ...more];
}

function oneForEach(
  question: Question,
  passages: readonly Passage[],
  items: readonly Item[],
  choose: Chooser,
): Item[] {
  if (question.comparison === undefined) return [];
  const chosen: Item[] = [];
  const byYear = question.comparison.quantity !== undefined;
  for (const option of question.comparison.options) {
    const about = items.filter((item) => isAbout(passages[item.passage]!, item, option));
    const named = rootsOf(question, option);
    const best = choose.best(about, (item) => {
      const { title } = passages[item.passage]!;
      const own = 3 * Math.max(mentionOf(title, option), mentionOf(option, title));
      const value = byYear && /\d/.test(item.sentence.text) ? 3 : 0;
      // The name of the option is in every such sentence; what is said of it decides.
      let said = 0;
      for (const [root, weight] of item.shared) if (!named.has(root)) said += weight;
      return said + own + value;
    });
    if (best !== undefined && !chosen.includes(best)) chosen.push(best);
  }
  return chosen;
}

function rootsOf(question: Question, option: string): Set<string> {
  const words = new Set(wordsOf(option));
  const tokens = question.sentence.tokens.filter((token) => words.has(token.lower));
  return new Set(tokens.map((token) => token.root));
}

function isAbout(passage: Passage, item: Item, option: string): boolean {
  return mentionOf(passage.title, option) > 0 || mentionOf(option, passage.title) === 1
    ? true
    : mentionOf(item.sentence.text, option) === 1;
}

function titles(
  passages: readonly Passage[],
  items: readonly Item[],
  directions: Directions,
): string {
  const left = [...new Set(items.map((item) => item.passage))];
  const shown = left
    .map((passage) => passages[passage]!.title)
    .filter((title) => title !== '')
    .slice(0, directions.number('max-sentences') ?? left.length);
  return shown.length > 0 ? shown.join('\n') : (items[0]?.sentence.text ?? '');
}

/** The words that a telegram would keep: names and the first content words. */
function contentWords(sentence: Sentence): string {
  const inName = new Set<number>();
  for (const name of namesIn(sentence)) for (let i = name.first; i < name.last; i++) inName.add(i);
  const words = sentence.tokens.filter((token, i) => inName.has(i) || token.content);
  const text = words.slice(0, 8).map((token) => token.text);
  return text.length > 0 ? text.join(' ') : sentence.text;
}

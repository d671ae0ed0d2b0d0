/** Choosing among scored things: the best at temperature 0, a sample above it. */
import { randomStream } from '../../core/random/stream';
import type { ChatMessage, ChatParameters } from '../../core/system/chat-model';

export interface Chooser {
  /** Items from best to worst; ties keep their order. */
  ranked<T>(items: readonly T[], score: (item: T, index: number) => number): T[];
  best<T>(items: readonly T[], score: (item: T, index: number) => number): T | undefined;
}

/**
 * Gumbel noise ∝ temperature on every score makes the best one a draw from their softmax. Its
 * stream depends on the seed and on the messages, so that equal calls draw alike.
 */
export function chooserOf(
  messages: readonly ChatMessage[],
  { temperature = 0, seed = 0 }: ChatParameters,
): Chooser {
  const noisy = temperature > 0 && Number.isFinite(temperature);
  const random = noisy
    ? randomStream('reader', seed, ...messages.map((message) => message.content))
    : undefined;
  const noise = (): number =>
    random === undefined
      ? 0
      : -temperature * Math.log(-Math.log((random.uniform() + 1e-12) / (1 + 2e-12)));
  const ranked: Chooser['ranked'] = (items, score) =>
    items
      .map((item, index) => ({ item, index, score: score(item, index) + noise() }))
      .sort((a, b) => b.score - a.score || a.index - b.index)
      .map((entry) => entry.item);
  return { ranked, best: (items, score) => ranked(items, score)[0] };
}

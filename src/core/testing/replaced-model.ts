/** Models of which one takes the place of the other during a run. */
import type { ChatModel } from '../system/chat-model';
import { wordModel } from './word-system';

export const STUTTERER = 'stutterer';

/** A worse model: it says every word twice. */
export function stutterer(deterministic = true): ChatModel {
  const words = wordModel(deterministic);
  return {
    id: STUTTERER,
    deterministic,
    async complete(...call) {
      const answer = await words.complete(...call);
      const text = answer.text.replace(/\S+/g, '$& $&');
      return { ...answer, text, model: STUTTERER };
    },
  };
}

/** The word model for so many calls, the stutterer from then on. */
export function replacedAfter(calls: number, deterministic = true): ChatModel {
  const [first, second] = [wordModel(deterministic), stutterer(deterministic)];
  let asked = 0;
  return {
    id: first.id,
    deterministic,
    complete: (...call) => (asked++ < calls ? first : second).complete(...call),
  };
}

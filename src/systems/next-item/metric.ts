/** Accuracy: whether an answer, as a language model writes it, means the right choice. */
import type { Example } from '../../core/system/compound-system';
import { chosen, parseChoices, type Choice } from './choices';

/** 1 where the answer means the expected choice, else 0; see `chosen` for what an answer may be. */
export function accuracy(example: Example, answer: string): number {
  const choices = parseChoices(example.inputs['choices']!);
  const place = chosen(answer, choices);
  if (place === undefined) return 0;
  return example.expected.some((right) => placeOf(right, choices) === place) ? 1 : 0;
}

/** The choice with this text, or the only one with this title. */
function placeOf(right: string, choices: readonly Choice[]): number | undefined {
  const exact = choices.findIndex(({ text }) => text === right);
  if (exact >= 0) return exact;
  const titled = choices.flatMap(({ title }, i) => (title === right ? [i] : []));
  return titled.length === 1 ? titled[0] : undefined;
}

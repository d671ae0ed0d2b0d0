/** Two prompts side by side, line by line: prompts are edited by whole lines. */
import { diffArrays } from 'diff';

export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

export function promptDiff(from: string, to: string): DiffLine[] {
  // Arrays of lines, not texts: a text diff takes a last line without a line end for another one.
  return diffArrays(from.split('\n'), to.split('\n')).flatMap(({ value, added, removed }) =>
    value.map((text): DiffLine => ({
      kind: added ? 'added' : removed ? 'removed' : 'same',
      text,
    })),
  );
}

/** What became of a proposed change, in a word. */
import type { Change } from '../../core/run/run-event';

export type Outcome = 'accepted' | 'rejected' | 'no candidate';

export function outcome(change: Pick<Change, 'accepted' | 'validation'>): Outcome {
  if (change.accepted) return 'accepted';
  return change.validation === undefined ? 'no candidate' : 'rejected';
}

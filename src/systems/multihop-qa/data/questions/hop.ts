import { cap } from '../text';

/** A step from one passage to the next: ways to speak of `to` without naming it. */
export interface Hop {
  relation: string;
  from: string;
  to: string;
  /** `novelist`, `museum`: stands after "that" when `to` is taken up again. */
  noun: string;
  /** Definite phrases for `to`. */
  phrases: string[];
  /** Clauses that end in an indefinite phrase for `to`. */
  leads: string[];
}

/** A hop from a place or thing whose wording needs nothing but the names. */
export function simple(
  relation: string,
  from: string,
  to: string | undefined,
  noun: string,
  phrases: string[],
  leads: string[],
): Hop[] {
  return to === undefined ? [] : [{ relation, from, to, noun, phrases, leads: leads.map(cap) }];
}

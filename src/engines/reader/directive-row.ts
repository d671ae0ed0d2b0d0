/** The shape of a directive, and the cue words that several directives share. Data only. */

export type ReaderTask =
  | 'query'
  | 'keywords'
  | 'hint'
  | 'answer'
  | 'item'
  | 'analysis'
  | 'decision'
  | 'summary'
  | 'relation_scores'
  | 'text_scores'
  | 'code'
  | 'tests'
  | 'final_code';

export interface ReaderDirective {
  readonly id: string;
  readonly tasks: readonly ReaderTask[];
  /** The wording shown to people; any wording with the same cues does the same. */
  readonly sentence: string;
  readonly effect: string;
  /** Directives of one group exclude each other: the later one in the prompt wins. */
  readonly group?: string;
  /**
   * Every inner list needs one of its cues in the clause. A cue is a word (its plural counts too),
   * several words in a row, or the beginning of a word when it ends with `~`.
   */
  readonly cues: readonly (readonly string[])[];
  /** Cues that keep the directive from being recognised. */
  readonly without?: readonly string[];
  /**
   * What "do not", "never", "avoid" or "without" in the clause does: `off` (the default) withdraws
   * the directive, `needed` makes it, `ignored` changes nothing.
   */
  readonly negation?: 'off' | 'needed' | 'ignored';
  /** The directive that a negated wording asks for instead. */
  readonly opposite?: string;
  /** Takes a number; a clause without one means `absent`, or is not recognised where it is null. */
  readonly number?: { readonly absent: number | null };
}

export const LIMIT = [
  'at most',
  'more than',
  'up to',
  'maximum',
  'limit~',
  'fewer than',
  'less than',
  'only',
];
export const KEEP = ['keep~', 'preserve~', 'retain~', 'include~', 'contain~', 'leave in'];
export const DROP = [
  'drop~',
  'leave out',
  'leave~',
  'omit~',
  'remov~',
  'exclud~',
  'delet~',
  'skip~',
];
export const NAMES = ['name', 'named', 'proper noun', 'entity', 'entities'];
export const KINDS = ['kind', 'type', 'sort', 'category'];
export const ADD = ['add~', 'includ~', 'say~', 'state~', 'mention~', 'append~', 'name~', 'write~'];
export const QUOTE = [
  'quot~',
  'copy',
  'pick~',
  'choose',
  'select~',
  'extract~',
  'take',
  'use',
  'give',
];
export const RELATED = [
  'related',
  'synonym~',
  'same family',
  'other form',
  'word famil~',
  'variant~',
];

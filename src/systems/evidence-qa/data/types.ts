/** Rows and tables of the invented studies. */

export type Decision = 'yes' | 'no' | 'maybe';
export type Split = 'train' | 'validation' | 'test';

/** Where the deciding evidence of an abstract stands, and what it says. */
export type Kind =
  | 'numbers-yes'
  | 'numbers-null'
  | 'numbers-opposite'
  | 'numbers-mixed'
  | 'wording-yes'
  | 'wording-null'
  | 'wording-opposite'
  | 'buried-yes'
  | 'buried-no'
  | 'hedged';

export interface Row {
  readonly id: string;
  readonly question: string;
  /** Labelled sections, one a line. */
  readonly context: string;
  readonly answer: Decision;
  readonly kind: Kind;
  readonly split: Split;
}

/** What is tried: a noun phrase in lower case. */
export interface Measure {
  readonly name: string;
  readonly plural: boolean;
}

/** What is measured: a singular noun phrase with the range of its usual mean. */
export interface Outcome {
  readonly name: string;
  readonly unit: string;
  /** The change that people hope for. */
  readonly hoped: 'down' | 'up';
  readonly low: number;
  readonly high: number;
}

export interface Field {
  readonly measures: readonly Measure[];
  readonly outcomes: readonly Outcome[];
  readonly groups: readonly string[];
}

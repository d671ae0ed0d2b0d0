/** Reference scores on the test examples, beside which every result is shown; null: makes no sense. */
export interface References {
  readonly chance: number | null;
  readonly majority: number | null;
  readonly heuristic: number | null;
}

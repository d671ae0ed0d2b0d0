/** How a programming task is described: the programs of its pool are written from the description. */

/** What a program may return, and what its entries are. */
export type Value = number | string | boolean | null | readonly Value[];

export type SourceId = 'numbers' | 'words' | 'text' | 'records' | 'dictionary';

/** One step of a task: what it is called, how it is programmed, and what it computes. */
export interface Operation<Computed> {
  readonly id: string;
  /** Kind of the entries it takes, and of those it gives where it differs. */
  readonly takes: 'number' | 'word' | 'any';
  readonly gives?: 'number' | 'word';
  /** As the task says it; `n` is its parameter as people write it. */
  phrase(n: Parameter): string;
  readonly parameters?: readonly Parameter[];
  /** JavaScript. @param x the entry, or for an aggregate the list */
  code(x: string, n: Parameter): string;
  /** The same with a mistake that is often made; absent where none is typical. */
  wrong?(x: string, n: Parameter): string;
  compute(x: never, n: Parameter): Computed;
}

export type Parameter = number | string;

export type RuleId = 'type' | 'skip' | 'first' | 'lower' | 'spaces' | 'empty' | 'cap' | 'round';

/** Rules by id, with the value each of them names: what is returned, or how many. */
export type Rules = Readonly<Partial<Record<RuleId, Value>>>;

export interface TaskSpec {
  readonly name: string;
  readonly parameter: string;
  readonly source: SourceId;
  readonly filter: string;
  readonly filterBy: Parameter;
  readonly map: string;
  readonly aggregate: string;
  readonly by: Parameter;
  readonly rules: Rules;
}

/** One program of a pool. Without any of the mistakes it is right. */
export interface Variant {
  readonly style: 'loop' | 'methods';
  readonly comments?: true;
  /** Rules that are forgotten. */
  readonly without?: readonly RuleId[];
  /** Rules that end in an exception where the task names a value. */
  readonly throws?: readonly RuleId[];
  /** The step that is programmed wrongly. */
  readonly wrong?: 'filter' | 'aggregate';
  /** The step that is forgotten. */
  readonly forgets?: 'filter' | 'map';
  /** Another name than the task's. */
  readonly name?: string;
  /** Prints the result where it should return it. */
  readonly prints?: true;
}

/** A call and what it gives, both as JavaScript. */
export type Case = readonly [call: string, expected: string];

/** A row of `tasks.json`. */
export interface TaskRow {
  readonly id: string;
  readonly split: string;
  readonly spec: TaskSpec;
  readonly pool: readonly Variant[];
  readonly examples: readonly Case[];
  readonly hidden: readonly Case[];
}

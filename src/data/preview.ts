/** What is shown of a file before it is used: plain data, so that it can cross to the page. */
import type { DataError } from './data-error';
import type { LocatedRecord } from './records';
import { SPLIT_SEED, splitSizes } from './split';
import { textOf, valueAt } from './values';

export const MAX_EXAMPLES = 10;
export const MAX_PROBLEMS = 50;
/** Characters of one cell. */
export const MAX_CELL = 300;
/** More different values are no classes. */
const MAX_CLASSES = 12;
/** Columns in the table of examples. */
const MAX_SHOWN = 12;

export interface RowProblem {
  readonly message: string;
  /** 1-based line of the file. */
  readonly line?: number;
  readonly field?: string;
}

export interface ClassCount {
  readonly value: string;
  readonly rows: number;
}

export interface ClassBalance {
  readonly field: string;
  /** Rows over all classes. */
  readonly rows: number;
  /** The most frequent first. */
  readonly classes: readonly ClassCount[];
}

export interface ExampleRow {
  readonly line: number;
  /** One for each shown column. */
  readonly cells: readonly string[];
}

export interface SplitSizes {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  readonly seed: number;
}

export interface DataPreview {
  /** Rows of the file, those with problems too. */
  readonly rows: number;
  /** Rows that can be used. */
  readonly usable: number;
  /** Rows that are used: all that can be, or a seeded sample of them. */
  readonly taken: number;
  /** Columns of the examples. */
  readonly shown: readonly string[];
  /** The first rows of the file. */
  readonly examples: readonly ExampleRow[];
  /** The first of them, in the file's order. */
  readonly problems: readonly RowProblem[];
  /** Problems besides those. */
  readonly moreProblems: number;
  /** Absent when there are too few rows to split. */
  readonly split?: SplitSizes;
  /** Present when a field that classes are told by has few different values. */
  readonly classes?: ClassBalance;
}

export function problemOf({ problem: message, line, field }: DataError): RowProblem {
  return { message, ...(line !== undefined && { line }), ...(field !== undefined && { field }) };
}

/** Collects what a preview shows, row by row; holds nothing of the other rows. */
export class PreviewBuilder {
  #rows = 0;
  #usable = 0;
  readonly #problems: RowProblem[] = [];
  #moreProblems = 0;
  readonly #examples: LocatedRecord[] = [];
  readonly #classField: string | undefined;
  #classes: Map<string, number> | undefined = new Map();

  /** @param classField the field whose values may be classes */
  constructor(classField: string | undefined) {
    this.#classField = classField;
  }

  get usable(): number {
    return this.#usable;
  }

  problem(error: DataError): void {
    this.#rows += 1;
    if (this.#problems.length < MAX_PROBLEMS) this.#problems.push(problemOf(error));
    else this.#moreProblems += 1;
  }

  /** @param label the value of the class field */
  row(label: string | undefined): void {
    this.#rows += 1;
    this.#usable += 1;
    if (this.#classes === undefined || label === undefined) return;
    const rows = this.#classes.get(label);
    if (rows === undefined && this.#classes.size === MAX_CLASSES) this.#classes = undefined;
    // Cut by JSON, so that a short text does not keep the long one alive that it was cut from.
    else this.#classes.set(rows === undefined ? detached(label) : label, (rows ?? 0) + 1);
  }

  example(record: LocatedRecord): void {
    if (this.#examples.length < MAX_EXAMPLES) this.#examples.push(detached(record));
  }

  build(taken: number, columns: readonly string[]): DataPreview {
    const shown = columns.slice(0, MAX_SHOWN);
    const sizes = splitSizes(taken);
    const classes = this.#balance();
    return {
      rows: this.#rows,
      usable: this.#usable,
      taken,
      shown,
      examples: this.#examples.map(({ line, value }) => ({
        line,
        cells: shown.map((path) => clipped(textOf(valueAt(value, path)))),
      })),
      problems: this.#problems,
      moreProblems: this.#moreProblems,
      ...(sizes && { split: { ...sizes, seed: SPLIT_SEED } }),
      ...(classes && { classes }),
    };
  }

  #balance(): ClassBalance | undefined {
    const entries = [...(this.#classes ?? [])].map(([value, rows]) => ({ value, rows }));
    const rows = entries.reduce((sum, entry) => sum + entry.rows, 0);
    // Values that hardly ever come twice are answers, not classes.
    if (this.#classField === undefined || rows === 0 || rows < 2 * entries.length) return undefined;
    const classes = entries
      .map(({ value, rows }) => ({ value: clipped(value), rows }))
      .sort((a, b) => b.rows - a.rows);
    return { field: this.#classField, rows, classes };
  }
}

function clipped(text: string): string {
  if (text.length <= MAX_CELL) return text;
  // Not between the halves of a character.
  return `${text.slice(0, MAX_CELL).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** A copy that shares no memory with the text it was parsed from. */
export function detached<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

import { describe, expect, it } from 'vitest';
import { DataError } from './data-error';
import { ProgressMeter } from './import-progress';
import { MAX_PROBLEMS, PreviewBuilder } from './preview';
import { Reservoir } from './sample';

describe('a preview', () => {
  it('shows the first ten rows, with long texts cut', () => {
    const builder = new PreviewBuilder(undefined);
    for (let i = 0; i < 12; i++) {
      builder.example({ line: i + 2, value: { a: 'x'.repeat(298 + i), b: { c: [i, 'y'] } } });
      builder.row(undefined);
    }
    const { examples, shown, rows, usable } = builder.build(12, ['a', 'b.c']);
    expect([rows, usable, examples.length]).toEqual([12, 12, 10]);
    expect(shown).toEqual(['a', 'b.c']);
    expect(examples[2]).toEqual({ line: 4, cells: ['x'.repeat(300), '2\ny'] });
    expect(examples[3]!.cells[0]).toBe(`${'x'.repeat(300)}…`);
  });

  it('cuts no character in half', () => {
    const builder = new PreviewBuilder(undefined);
    builder.example({ line: 1, value: { a: `${'x'.repeat(299)}😀!` } });
    expect(builder.build(1, ['a']).examples[0]!.cells[0]).toBe(`${'x'.repeat(299)}…`);
  });

  it('keeps the first fifty problems and counts the others', () => {
    const builder = new PreviewBuilder(undefined);
    builder.row(undefined);
    for (let i = 0; i < MAX_PROBLEMS + 7; i++) builder.problem(new DataError('bad', i + 1, 'a'));
    const { problems, moreProblems, rows, usable } = builder.build(1, []);
    expect(problems).toHaveLength(50);
    expect(problems[49]).toEqual({ message: 'bad', line: 50, field: 'a' });
    expect([moreProblems, rows, usable]).toEqual([7, 58, 1]);
  });

  it('has the sizes of the split of what is taken, if that can be split', () => {
    expect(new PreviewBuilder(undefined).build(60, []).split).toEqual({
      train: 21,
      validation: 15,
      test: 24,
      seed: 0,
    });
    expect(new PreviewBuilder(undefined).build(11, []).split).toBeUndefined();
  });

  it('counts classes, the most frequent first', () => {
    const builder = new PreviewBuilder('answer');
    for (const value of ['no', 'yes', 'yes', 'no', 'yes', 'maybe']) builder.row(value);
    expect(builder.build(6, []).classes).toEqual({
      field: 'answer',
      rows: 6,
      classes: [
        { value: 'yes', rows: 3 },
        { value: 'no', rows: 2 },
        { value: 'maybe', rows: 1 },
      ],
    });
  });

  it('has no classes where values are many, or hardly come twice', () => {
    const balanceOf = (values: readonly string[]): unknown => {
      const builder = new PreviewBuilder('answer');
      for (const value of values) builder.row(value);
      return builder.build(values.length, []).classes;
    };
    const numbers = (count: number): string[] => Array.from({ length: count }, (_, i) => `${i}`);
    const twice = (count: number): string[] => [...numbers(count), ...numbers(count)];
    expect(balanceOf(twice(12))).toBeDefined();
    expect(balanceOf(twice(13))).toBeUndefined();
    expect(balanceOf(numbers(6))).toBeUndefined();
    expect(balanceOf([])).toBeUndefined();
  });

  it('can be sent to a page', () => {
    const builder = new PreviewBuilder('answer');
    builder.row('yes');
    builder.row('yes');
    builder.problem(new DataError('bad', 1));
    const preview = builder.build(2, ['a']);
    expect(structuredClone(preview)).toEqual(preview);
  });
});

describe('a sample', () => {
  const sample = (length: number, size: number, seed: number): number[] => {
    const reservoir = new Reservoir<number>(size, seed);
    for (let i = 0; i < length; i++) reservoir.offer(() => i);
    return reservoir.items();
  };

  it('is everything, in order, up to its size', () => {
    expect(sample(5, 5, 0)).toEqual([0, 1, 2, 3, 4]);
    expect(sample(0, 5, 0)).toEqual([]);
  });

  it('is in order, without doubles, the same for the same seed and another for another', () => {
    const some = sample(500, 50, 1);
    expect(new Set(some).size).toBe(50);
    expect(some).toEqual([...some].sort((a, b) => a - b));
    expect(sample(500, 50, 1)).toEqual(some);
    expect(sample(500, 50, 2)).not.toEqual(some);
  });

  it('takes every place equally often', () => {
    const hits = Array<number>(20).fill(0);
    for (let seed = 0; seed < 2000; seed++) for (const i of sample(20, 5, seed)) hits[i]! += 1;
    // Binomial, n = 2000, p = 1/4: mean 500, standard deviation 19.4; five of them either way.
    for (const count of hits) expect(Math.abs(count - 500)).toBeLessThan(97);
  });

  it('makes nothing of what it does not keep', () => {
    let made = 0;
    const reservoir = new Reservoir<number>(10, 0);
    for (let i = 0; i < 10_000; i++) reservoir.offer(() => (made += 1));
    // About 10 (1 + ln 1000) = 79.
    expect(made).toBeLessThan(150);
  });
});

describe('progress', () => {
  it('is told at most ten times a second', () => {
    let now = 0;
    const told: unknown[] = [];
    const meter = new ProgressMeter(
      1000,
      (progress) => told.push(progress),
      () => now,
    );
    for (now = 0; now < 1000; now += 10) {
      meter.bytes(10);
      meter.rows(now / 10);
    }
    expect(told).toHaveLength(9);
    expect(told[0]).toEqual({ done: 110, total: 1000, rows: 10 });
  });
});

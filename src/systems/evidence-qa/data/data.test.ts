import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildRows, toLines } from './build';
import { FIELDS } from './fields';
import { figures } from './figures';
import { ANSWERS } from './study';
import type { Row, Split } from './types';
import { randomStream } from '../../../core/random/stream';

const text = readFileSync(new URL('studies.json', import.meta.url), 'utf8');
const rows = JSON.parse(text) as Row[];
const of = (split: Split): Row[] => rows.filter((row) => row.split === split);

describe('the invented studies', () => {
  it('are what the build makes', () => {
    expect(text).toBe(toLines(buildRows()));
  });

  it('are enough in every part, and small', () => {
    expect(of('train').length).toBeGreaterThanOrEqual(100);
    expect(of('validation').length).toBeGreaterThanOrEqual(80);
    expect(of('test').length).toBeGreaterThanOrEqual(200);
    expect(text.length).toBeLessThan(400_000);
  });

  it.each(['train', 'validation', 'test'] as const)(
    'are half yes, a third no and the rest maybe: %s',
    (split) => {
      const share = (answer: string): number =>
        of(split).filter((row) => row.answer === answer).length / of(split).length;
      expect(share('yes')).toBeCloseTo(0.5, 1);
      expect(share('no')).toBeCloseTo(0.35, 1);
      expect(share('maybe')).toBeCloseTo(0.15, 1);
    },
  );

  it('have unique ids and questions, answered as their kind says', () => {
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    expect(new Set(rows.map(({ question }) => question)).size).toBe(rows.length);
    for (const { answer, kind } of rows) expect(answer).toBe(ANSWERS[kind]);
  });

  it('keep all studies of one thing in one part', () => {
    const names = FIELDS.flatMap(({ measures }) => measures.map(({ name }) => name));
    for (const name of names) {
      const own = rows.filter(({ context }) => context.includes(`assigned to ${name} or`));
      expect(own.length, name).toBe(6);
      expect(new Set(own.map(({ split }) => split)).size, name).toBe(1);
    }
  });

  it('have labelled sections on lines of their own', () => {
    for (const { context, id } of rows) {
      const labels = context.split('\n').map((line) => /^([A-Z]+): \S/.exec(line)?.[1]);
      expect(labels.slice(0, 3), id).toEqual(['BACKGROUND', 'METHODS', 'RESULTS']);
      expect(['CONCLUSION', undefined], id).toContain(labels[3]);
    }
  });
});

describe('figures', () => {
  const outcome = FIELDS[0]!.outcomes[0]!;

  it('agree with what was found', () => {
    for (let seed = 0; seed < 50; seed++) {
      for (const higher of [true, false]) {
        const line = figures('x', outcome, { higher, significant: true }, randomStream(seed));
        const [own, usual] = ['x', 'usual practice'].map((arm) =>
          Number(new RegExp(`([\\d.]+) days a month with ${arm}`).exec(line)![1]),
        );
        expect(own! > usual!, line).toBe(higher);
        expect(Number(/p [=<] ([\d.]+)\)/.exec(line)![1]), line).toBeLessThan(0.05);
      }
    }
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Product, SessionRow } from '../data-set';
import { shippedSessions } from '../data-set';
import { kindIn, KINDS } from '../kinds';
import { toLines } from './build';
import { makeCatalogue } from './catalogue';
import { makeSessions, SIZES } from './sessions';

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
const products = JSON.parse(read('catalogue.json')) as Product[];
const rows = JSON.parse(read('sessions.json')) as SessionRow[];
const catalogue = makeCatalogue();
const byId = new Map(catalogue.map((item) => [item.id, item]));

describe('next-item data', () => {
  it('are what the build makes', () => {
    expect(read('sessions.json')).toBe(toLines(makeSessions(catalogue)));
    expect(products).toEqual(
      catalogue.map(({ id, title, category, brand, price }) => ({
        id,
        title,
        category,
        brand,
        price,
      })),
    );
  });

  it('have a catalogue of distinct products whose kinds are found in their titles', () => {
    expect(products.length).toBeGreaterThanOrEqual(150);
    expect(new Set(products.map(({ title }) => title)).size).toBe(products.length);
    for (const { title, kind } of catalogue) if (kind) expect(kindIn(title)).toEqual(kind);
    expect(new Set(KINDS.map(({ name }) => name)).size).toBe(KINDS.length);
  });

  it('have the sizes and balanced positions', () => {
    for (const [split, size] of Object.entries(SIZES)) {
      const own = rows.filter((row) => row.split === split);
      expect(own).toHaveLength(size);
      for (const place of [0, 1, 2, 3]) {
        expect(own.filter(({ choices, answer }) => choices[place] === answer)).toHaveLength(
          size / 4,
        );
      }
    }
  });

  it('have sessions of three to six events and four different choices', () => {
    for (const { id, events, choices, answer } of rows) {
      expect(events.length, id).toBeGreaterThanOrEqual(3);
      expect(events.length, id).toBeLessThanOrEqual(6);
      expect(new Set(choices).size, id).toBe(4);
      expect(choices).toContain(answer);
      for (const [, item] of events) expect(choices, id).not.toContain(item);
    }
  });

  it('want what goes with something seen, or what is of the same brand', () => {
    for (const { id, intent, events, answer } of rows) {
      const right = byId.get(answer)!;
      const seen = events.map(([, item]) => byId.get(item)!);
      if (intent === 'brand') {
        expect(new Set([...seen, right].map(({ brand }) => brand)).size, id).toBe(1);
      } else {
        const family = seen.filter(({ kind }) => kind!.family === right.kind!.family);
        expect(family.length, id).toBeGreaterThanOrEqual(2);
        expect(
          family.map(({ kind }) => kind!.name),
          id,
        ).not.toContain(right.kind!.name);
      }
    }
  });

  it('repeat no session, in whatever split', () => {
    const keys = rows.map(({ events }) =>
      events
        .map(([, item]) => item)
        .sort()
        .join(' '),
    );
    expect(new Set(keys).size).toBe(rows.length);
  });

  it('are read as examples with the right title expected', async () => {
    const { splits, counts, name } = await shippedSessions();
    expect([name, counts]).toEqual(['shipped', { products: products.length }]);
    for (const { inputs, expected } of Object.values(splits).flat()) {
      expect(inputs['choices']).toContain(`) ${expected[0]} | `);
      expect(inputs['session']!.split('\n').length).toBeGreaterThanOrEqual(3);
    }
  });
});

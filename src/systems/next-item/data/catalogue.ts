/** A catalogue of invented products. No brand or series is meant to be a real one. */
import { pick, randomStream, shuffled } from '../../../core/random/stream';
import type { Product } from '../data-set';
import { KINDS, type Kind } from '../kinds';

export interface Item extends Product {
  /** Absent of souvenirs, which are of no use for anything. */
  readonly kind?: Kind;
  /** Of a souvenir: the name of the kind that it shows. */
  readonly shows?: string;
}

export const SEED = 'next-item data 1';

const BRANDS =
  'Nordavel Quorrin Velthis Tamikoro Brinsel Oskettan Felmarin Hestrelle Pravello Zindral Kovarel Ostrine'.split(
    ' ',
  );
const SERIES =
  'Arlun Bexo Cintra-7 Dovo Elmik Farro Gilto Hyra Ipsen-3 Jolvo Kemda Lirro Munto Neska Orbil Purro'.split(
    ' ',
  );
const SOUVENIRS = [
  'wall poster of',
  'mug printed with',
  'jigsaw showing',
  'key ring shaped like',
  'fridge magnet of',
  'T-shirt printed with',
];

/** Cheap, usual and dear. */
const LEVELS = [0.6, 1, 1.7];
const MAIN_PRODUCTS = 4;
const ACCESSORY_PRODUCTS = 3;
const SOUVENIRS_A_KIND = 2;

export function makeCatalogue(): Item[] {
  const items: Item[] = [];
  const add = (item: Omit<Item, 'id'>): void => {
    items.push({ id: `p${String(items.length + 1).padStart(3, '0')}`, ...item });
  };
  for (const kind of KINDS) {
    const random = randomStream(SEED, 'kind', kind.name);
    const count = kind.name === kind.family ? MAIN_PRODUCTS : ACCESSORY_PRODUCTS;
    const brands = shuffled(BRANDS, random);
    const series = shuffled(SERIES, random);
    for (let i = 0; i < count; i++) {
      add({
        title: `${brands[i]} ${series[i]} ${kind.name}`,
        category: kind.category,
        brand: brands[i]!,
        price: priced(kind.price * pick(LEVELS, random), random.uniform()),
        kind,
      });
    }
    for (let i = 0; i < SOUVENIRS_A_KIND; i++) {
      add({
        title: `${brands[count + i]} ${pick(SOUVENIRS, random)} ${withArticle(kind.name)}`,
        category: 'gifts',
        brand: brands[count + i]!,
        price: priced(12, random.uniform()),
        shows: kind.name,
      });
    }
  }
  return items;
}

/** Whole euros, up to a tenth more or less. */
function priced(price: number, draw: number): number {
  return Math.max(2, Math.round(price * (0.9 + 0.2 * draw)));
}

function withArticle(name: string): string {
  return `${/^[aeiou]/i.test(name) && !name.startsWith('USB') ? 'an' : 'a'} ${name}`;
}

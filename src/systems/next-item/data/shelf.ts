/** The catalogue by kind, brand and family. */
import type { Kind } from '../kinds';
import type { Item } from './catalogue';

export class Shelf {
  readonly families: readonly string[];
  readonly brands: readonly string[];

  constructor(readonly items: readonly Item[]) {
    this.families = [...new Set(items.flatMap(({ kind }) => (kind ? [kind.family] : [])))];
    this.brands = [...new Set(items.map((item) => item.brand))];
  }

  kind(name: string): Kind {
    return this.of(name)[0]!.kind!;
  }

  of(kind: string): Item[] {
    return this.items.filter((item) => item.kind?.name === kind);
  }

  showing(kind: string): Item[] {
    return this.items.filter((item) => item.shows === kind);
  }

  byBrand(brand: string): Item[] {
    return this.items.filter((item) => item.brand === brand && item.kind !== undefined);
  }
}

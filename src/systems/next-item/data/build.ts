/**
 * Makes the catalogue and the sessions of next-item from `kinds.json`.
 * `npx tsx src/systems/next-item/data/build.ts` writes `catalogue.json` and `sessions.json`.
 */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeCatalogue } from './catalogue';
import { makeSessions } from './sessions';

/** One record a line, so that a small change shows as a change of few lines. */
export function toLines(records: readonly object[]): string {
  return `[\n${records.map((record) => JSON.stringify(record)).join(',\n')}\n]\n`;
}

const here = fileURLToPath(import.meta.url);
if (process.argv[1] === here) {
  const catalogue = makeCatalogue();
  const sessions = makeSessions(catalogue);
  // What an item is stays in its title: the kinds are for the build alone.
  const products = catalogue.map(({ id, title, category, brand, price }) => ({
    id,
    title,
    category,
    brand,
    price,
  }));
  writeFileSync(join(dirname(here), 'catalogue.json'), toLines(products));
  writeFileSync(join(dirname(here), 'sessions.json'), toLines(sessions));
  console.log(`${products.length} products, ${sessions.length} sessions`);
}

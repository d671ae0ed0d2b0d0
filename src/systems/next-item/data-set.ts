/** What next-item runs on: sessions with choices, in three disjoint parts. */
import type { Example } from '../../core/system/compound-system';
import type { SystemData } from '../system-module';
import { BESIDE, renderChoices } from './choices';

export type SessionData = SystemData;

/** A product of the shipped catalogue. */
export interface Product {
  readonly id: string;
  readonly title: string;
  readonly category: string;
  readonly brand: string;
  /** Euros. */
  readonly price: number;
}

export type Action = 'viewed' | 'bought';

/** A shipped session, by the ids of its products. */
export interface SessionRow {
  readonly id: string;
  readonly split: string;
  /** What it was made to be about; nothing but tests and people read it. */
  readonly intent: string;
  readonly events: readonly (readonly [action: string, product: string])[];
  readonly choices: readonly string[];
  readonly answer: string;
}

/**
 * @param session the events as text, one a line
 * @param choices their texts, in the order in which they are shown
 * @param answer the right one of them
 */
export function sessionExample(
  id: string,
  session: string,
  choices: readonly string[],
  answer: string,
): Example {
  return { id, inputs: { session, choices: renderChoices(choices) }, expected: [answer] };
}

/** A product as people and language models read it. */
export function renderProduct({ title, category, brand, price }: Product): string {
  return [title, category, `brand ${brand}`, `${price} euros`].join(BESIDE);
}

/** The example of a shipped row. @throws Error when it names a product that is not there */
export function rowExample(row: SessionRow, products: ReadonlyMap<string, Product>): Example {
  const product = (id: string): Product => {
    const found = products.get(id);
    if (found === undefined) throw new Error(`session ${row.id}: there is no product ${id}`);
    return found;
  };
  return sessionExample(
    row.id,
    row.events
      .map(([action, id], i) => `${i + 1}. ${action}: ${renderProduct(product(id))}`)
      .join('\n'),
    row.choices.map((id) => renderProduct(product(id))),
    product(row.answer).title,
  );
}

/** The sessions that come with the project, see `data/README.md`. */
export async function shippedSessions(): Promise<SessionData> {
  const [{ default: products }, { default: rows }] = await Promise.all([
    import('./data/catalogue.json'),
    import('./data/sessions.json'),
  ]);
  const byId = new Map(products.map((product) => [product.id, product]));
  const part = (split: string): Example[] =>
    (rows as unknown as SessionRow[])
      .filter((row) => row.split === split)
      .map((row) => rowExample(row, byId));
  return {
    name: 'shipped',
    splits: { train: part('train'), validation: part('validation'), test: part('test') },
    notes: [],
    counts: { products: products.length },
  };
}

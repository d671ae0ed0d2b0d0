/** The knowledge base: entities with typed relations and a description, made from `facts/*.txt`. */
import { pick, randomStream, shuffled } from '../../../core/random/stream';
import { ANIMAL_TRAITS, PLANT_TRAITS, type Trait } from './traits';

export interface Fact {
  /** One of `COLUMNS`. */
  readonly verb: string;
  readonly objects: readonly string[];
}

export interface Thing {
  readonly name: string;
  readonly realm: 'animal' | 'plant';
  readonly kind: string;
  readonly facts: readonly Fact[];
  readonly traits: readonly string[];
  readonly without: readonly string[];
  readonly looks: string;
}

export const traitsOf = (realm: Thing['realm']): Readonly<Record<string, Trait>> =>
  realm === 'animal' ? ANIMAL_TRAITS : PLANT_TRAITS;

const COLUMNS = {
  animal: ['lives in', 'is found in', 'eats', 'is eaten by'],
  plant: ['grows in', 'is found in', 'is pollinated by', 'is eaten by', 'is used for'],
} as const;

const list = (cell: string): string[] =>
  cell === 'none' || cell.trim() === '' ? [] : cell.split(',').map((item) => item.trim());

/** @throws Error that names the row when a row is broken, a name is used twice or a trait is unknown */
export function readThings(realm: Thing['realm'], table: string): Thing[] {
  const seen = new Set<string>();
  return table
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const cells = line.split('|').map((cell) => cell.trim());
      const verbs = COLUMNS[realm];
      if (cells.length !== verbs.length + 5) throw new Error(`wrong number of cells: ${line}`);
      const [name, kind] = cells as [string, string];
      if (seen.has(name)) throw new Error(`${name} stands twice in the table`);
      seen.add(name);
      const rest = cells.slice(2 + verbs.length) as [string, string, string];
      const known = traitsOf(realm);
      const [traits, without] = [list(rest[0]), list(rest[1])];
      for (const key of [...traits, ...without]) {
        if (!(key in known)) throw new Error(`${name} has the unknown trait "${key}"`);
      }
      return {
        name,
        realm,
        kind,
        facts: verbs
          .map((verb, i): Fact => ({ verb, objects: list(cells[i + 2]!) }))
          .filter(({ objects }) => objects.length > 0),
        traits,
        without: without.filter((key) => !traits.includes(key)),
        looks: rest[2],
      };
    });
}

const article = (noun: string): string => (/^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`);

/** `is an animal, a mammal; lives in forest, town; …` */
export function relationsText(thing: Thing): string {
  return [
    `is ${article(thing.realm)}, ${article(thing.kind)}`,
    ...thing.facts.map(({ verb, objects }) => `${verb} ${objects.join(', ')}`),
  ].join('; ');
}

/** What it looks like, its traits and what it is not; wordings and order are seeded by its name. */
export function descriptionText(thing: Thing, seed: number): string {
  const random = randomStream(seed, 'description', thing.name);
  const known = traitsOf(thing.realm);
  const sentences = [
    ...thing.traits.map((key) => pick(known[key]!.says, random)),
    ...thing.without.map((key) => pick(known[key]!.denies, random)),
  ];
  return [thing.looks, ...shuffled(sentences, random)].join(' ');
}

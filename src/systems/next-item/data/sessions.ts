/** Sessions over the catalogue: somebody wants something, and looks at other things on the way. */
import { pick, randomStream, shuffled, type RandomStream } from '../../../core/random/stream';
import type { Action, SessionRow } from '../data-set';
import { SEED, type Item } from './catalogue';
import { Shelf } from './shelf';

export const SIZES = { train: 120, validation: 80, test: 200 } as const;

/** Share of the sessions that end with something else than what they are about. */
const ASIDE_LAST = 0.5;

type Event = readonly [Action, Item];

interface Draft {
  readonly events: readonly Event[];
  readonly right: Item;
  readonly wrong: readonly Item[];
}

type Intent = (shelf: Shelf, random: RandomStream) => Draft | undefined;

/** What kinds of sessions there are, by how many of twenty. */
const INTENTS: Readonly<Record<string, readonly [share: number, make: Intent]>> = {
  equip: [11, equip],
  project: [6, project],
  brand: [3, brand],
};

export function makeSessions(catalogue: readonly Item[]): SessionRow[] {
  const shelf = new Shelf(catalogue);
  const cycle = Object.entries(INTENTS).flatMap(([intent, [share]]) =>
    Array<string>(share).fill(intent),
  );
  const seen = new Set<string>();
  return Object.entries(SIZES).flatMap(([split, size]) => {
    const order = randomStream(SEED, 'order', split);
    const intents = Array.from({ length: size }, (_, i) => cycle[i % cycle.length]!);
    const places = shuffled(
      Array.from({ length: size }, (_, i) => i % 4),
      order,
    );
    return shuffled(intents, order).map((intent, i): SessionRow => {
      const { draft, random } = distinct(intent, shelf, seen, `${split} ${i}`);
      const choices = shuffled(draft.wrong, random);
      choices.splice(places[i]!, 0, draft.right);
      return {
        id: `${split}-${String(i + 1).padStart(3, '0')}`,
        split,
        intent,
        events: draft.events.map(([action, item]) => [action, item.id]),
        choices: choices.map(({ id }) => id),
        answer: draft.right.id,
      };
    });
  });
}

/** No two sessions, in whatever split, want the same item after looking at the same things. */
function distinct(
  intent: string,
  shelf: Shelf,
  seen: Set<string>,
  name: string,
): { draft: Draft; random: RandomStream } {
  for (let attempt = 0; attempt < 1000; attempt++) {
    const random = randomStream(SEED, name, attempt);
    const draft = INTENTS[intent]![1](shelf, random);
    if (draft === undefined) continue;
    const own = draft.events.filter(([, { kind }]) => kind?.family === draft.right.kind!.family);
    const key = [...own.map(([, { id }]) => id).sort(), draft.right.id].join(' ');
    const other = draft.events
      .map(([, { id }]) => id)
      .sort()
      .join(' ');
    if (seen.has(key) && own.length > 0) continue;
    if (seen.has(other)) continue;
    if (own.length > 0) seen.add(key);
    seen.add(other);
    return { draft, random };
  }
  throw new Error(`no new session could be made for ${name}`);
}

/** Looks at things of one kind, buys one: next comes what it needs. */
function equip(shelf: Shelf, random: RandomStream): Draft | undefined {
  const family = pick(shelf.families, random);
  const main = shelf.kind(family);
  const looked = shuffled(shelf.of(main.name), random);
  const count = 2 + random.below(2);
  const own = looked
    .slice(0, count)
    .map((item, i): Event => [
      i === count - 1 && random.uniform() < 0.8 ? 'bought' : 'viewed',
      item,
    ]);
  const others = aside(shelf, random, [family], 1 + random.below(2));
  const events = mixed(own, others, random);
  const right = pick(shelf.of(pick(main.with, random)), random);
  const alike = looked[count];
  const souvenir = pick(shelf.showing(main.name), random);
  const decoy = accessoryOf(shelf, near(others, right)[1], random);
  if (alike === undefined || decoy === undefined) return undefined;
  return { events, right, wrong: [alike, souvenir, decoy] };
}

/** Has two of the things that a project needs: next comes the third. */
function project(shelf: Shelf, random: RandomStream): Draft | undefined {
  const family = pick(shelf.families, random);
  const [a, b, c] = shuffled(shelf.kind(family).with, random);
  const own = [a!, b!].map((name): Event => [
    random.uniform() < 0.8 ? 'bought' : 'viewed',
    pick(shelf.of(name), random),
  ]);
  const others = aside(shelf, random, [family], 1 + random.below(2));
  const events = mixed(own, others, random);
  const right = pick(shelf.of(c!), random);
  const alike = shelf.of(b!).find((item) => item !== own[1]![1]);
  const souvenir = pick(shelf.showing(pick([a!, b!], random)), random);
  const decoy = accessoryOf(shelf, near(others, right)[1], random);
  if (alike === undefined || decoy === undefined) return undefined;
  return { events, right, wrong: [alike, souvenir, decoy] };
}

/** Keeps to one brand, whatever the thing: next comes something else of that brand. */
function brand(shelf: Shelf, random: RandomStream): Draft | undefined {
  const name = pick(shelf.brands, random);
  const own: Item[] = [];
  for (const item of shuffled(shelf.byBrand(name), random)) {
    if (own.every((other) => other.category !== item.category)) own.push(item);
  }
  const count = 3 + random.below(3);
  const [right, ...rest] = own;
  const looked = rest.slice(0, count);
  if (right === undefined || looked.length < count) return undefined;
  const events = looked.map((item): Event => [random.uniform() < 0.3 ? 'bought' : 'viewed', item]);
  const foreign = (items: readonly Item[]): Item | undefined =>
    shuffled(items, random).find((item) => item.brand !== name);
  const [x, y, z] = shuffled(looked, random);
  const alike = foreign(shelf.of(x!.kind!.name));
  const souvenir = foreign(shelf.showing(y!.kind!.name));
  const decoy = foreign(shelf.of(pick(z!.kind!.with, random)));
  if (alike === undefined || souvenir === undefined || decoy === undefined) return undefined;
  return { events, right, wrong: [alike, souvenir, decoy] };
}

/**
 * Things of other families, one each, mostly only looked at. The first family is of the same
 * category as the session's own: the category alone must not give the next item away.
 */
function aside(
  shelf: Shelf,
  random: RandomStream,
  [own]: readonly [string],
  count: number,
): Event[] {
  const { category } = shelf.kind(own);
  const families = shuffled(shelf.families, random).filter((family) => family !== own);
  const same = families.find((family) => shelf.kind(family).category === category)!;
  const drawn = [same, ...families.filter((family) => family !== same)].slice(0, count);
  return shuffled(drawn, random).map((family): Event => {
    const main = shelf.kind(family);
    const kind = random.uniform() < 0.7 ? family : pick(main.with, random);
    return [random.uniform() < 0.25 ? 'bought' : 'viewed', pick(shelf.of(kind), random)];
  });
}

/** The event whose item is of the category of `right`. */
function near(events: readonly Event[], right: Item): Event {
  return events.find(([, { category }]) => category === right.category)!;
}

/** Both in their own order, one among the other. */
function mixed(own: readonly Event[], others: readonly Event[], random: RandomStream): Event[] {
  const fromOthers = shuffled(
    [...own.map(() => false), ...others.slice(1).map(() => true)],
    random,
  );
  // Most people end with something else than what they came for.
  const at = random.uniform() < ASIDE_LAST ? fromOthers.length : random.below(own.length);
  fromOthers.splice(at, 0, true);
  const [left, right] = [[...own], [...others]];
  return fromOthers.map((other) => (other ? right : left).shift()!);
}

function accessoryOf(shelf: Shelf, item: Item, random: RandomStream): Item | undefined {
  return pick(shelf.of(pick(item.kind!.with, random)), random);
}

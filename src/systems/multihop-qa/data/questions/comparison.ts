import { madeBy, makerNoun, yearVerb } from '../forms/works';
import { hash, ref } from '../text';
import type { AnswerKind, Draft, Work } from '../types';
import type { World } from '../world';

/** One thing that can be compared: its passage, its name in a sentence and the value. */
interface Item {
  title: string;
  name: string;
  value: string | number;
  /** Only items of the same group are compared. */
  group: string;
}

type Wording = (a: string, b: string, group: string) => string;

/** All pairs within a group in hash order, each entity in at most `most` of those kept. */
function pairs(
  key: string,
  items: Item[],
  fits: (a: Item, b: Item) => boolean,
  want: number,
  most: number,
): [Item, Item][] {
  const all: [Item, Item][] = [];
  for (const [i, a] of items.entries())
    for (const b of items.slice(i + 1))
      if (a.group === b.group && fits(a, b))
        all.push(hash(`${key}${a.title}${b.title}`) % 2 ? [a, b] : [b, a]);
  const rank = ([a, b]: [Item, Item]): number => hash(`${key}|${a.title}|${b.title}`);
  all.sort((x, y) => rank(x) - rank(y));
  const used = new Map<string, number>();
  const kept: [Item, Item][] = [];
  for (const [a, b] of all) {
    if (kept.length >= want) break;
    if ((used.get(a.title) ?? 0) >= most || (used.get(b.title) ?? 0) >= most) continue;
    kept.push([a, b]);
    for (const x of [a, b]) used.set(x.title, (used.get(x.title) ?? 0) + 1);
  }
  return kept;
}

/** "Which of A and B ..." questions: the answer is the item with the smaller or larger value. */
function which(
  relation: string,
  kind: AnswerKind,
  items: Item[],
  gap: (a: number, b: number) => boolean,
  larger: boolean,
  want: number,
  wordings: Wording[],
): Draft[] {
  const num = (x: Item): number => Number(x.value);
  return pairs(relation, items, (a, b) => gap(num(a), num(b)), want, 2).map(([a, b], i) => ({
    question: wordings[i % wordings.length]?.(a.name, b.name, a.group) ?? '',
    answer: (num(a) > num(b) === larger ? a : b).title,
    type: 'comparison',
    supporting: [a.title, b.title],
    kind,
    relation,
  }));
}

/** Yes/no questions on whether two values agree, as many with yes as with no. */
function same(relation: string, items: Item[], each: number, wordings: Wording[]): Draft[] {
  const make = (agree: boolean): Draft[] =>
    pairs(
      `${relation}${agree}`,
      items,
      (a, b) => (a.value === b.value) === agree,
      each,
      agree ? 2 : 1,
    ).map(([a, b], i) => ({
      question: wordings[i % wordings.length]?.(a.name, b.name, a.group) ?? '',
      answer: agree ? 'yes' : 'no',
      type: 'comparison',
      supporting: [a.title, b.title],
      kind: 'yesno',
      relation,
    }));
  return [...make(true), ...make(false)];
}

const apart =
  (n: number) =>
  (a: number, b: number): boolean =>
    Math.abs(a - b) >= n;
const clearly = (a: number, b: number): boolean => Math.max(a, b) / Math.min(a, b) >= 1.15;

/** Makes all comparison questions. */
export function comparisonDrafts(world: World): Draft[] {
  const { people, works, cities, countries, rivers, mountains, institutions, elements, space } =
    world.facts;
  const group = (role: string): string =>
    ['novelist', 'writer', 'poet', 'playwright'].includes(role) ? 'writer' : role;
  const lives = (field: 'born' | 'died'): Item[] =>
    people.flatMap((p) => {
      const value = p[field];
      return value === undefined
        ? []
        : [{ title: p.name, name: p.name, value, group: group(p.role) }];
    });
  const verb = (w: Work): string => yearVerb(w.kind);
  const dated: Item[] = works.flatMap((w) =>
    w.year === undefined ? [] : [{ title: w.title, name: w.title, value: w.year, group: verb(w) }],
  );
  const made: Item[] = works
    .filter((w) => world.person.has(w.by))
    .map((w) => ({
      title: w.title,
      name: w.title,
      value: w.by,
      group: `${madeBy(w.kind)}/${makerNoun(w)}`,
    }));
  const born: Item[] = people
    .filter((p) => p.country !== undefined && p.now !== true)
    .map((p) => ({ title: p.name, name: p.name, value: p.country ?? '', group: group(p.role) }));
  const held: Item[] = works.flatMap((w) =>
    w.held ? [{ title: w.title, name: w.title, value: w.held, group: w.kind }] : [],
  );
  const flows = rivers.flatMap((r) =>
    r.mouth ? [{ title: r.name, name: `the ${r.name}`, value: r.mouth, group: '' }] : [],
  );
  const moons = space.flatMap((s) =>
    s.of ? [{ title: s.name, name: s.name, value: s.of, group: '' }] : [],
  );
  const plain = (
    xs: { name: string; the?: boolean }[],
    value: (i: number) => string | number | undefined,
  ): Item[] =>
    xs.flatMap((x, i) => {
      const v = value(i);
      return v === undefined ? [] : [{ title: x.name, name: ref(x), value: v, group: '' }];
    });
  const universities = institutions.filter((i) => i.type === 'university');
  const half = (g: string): [string, string] => [g.split('/')[0] ?? '', g.split('/')[1] ?? ''];

  return [
    ...which('born earlier', 'person', lives('born'), apart(3), false, 14, [
      (a, b, g) => `Which ${g} was born earlier, ${a} or ${b}?`,
      (a, b) => `Who was born first, ${a} or ${b}?`,
      (a, b) => `Of ${a} and ${b}, who came into the world first?`,
    ]),
    ...which('died later', 'person', lives('died'), apart(3), true, 8, [
      (a, b) => `Who died later, ${a} or ${b}?`,
      (a, b, g) => `Which ${g} lived until the later year, ${a} or ${b}?`,
    ]),
    ...which('earlier work', 'other', dated, apart(2), false, 14, [
      (a, b, g) => `Which was ${g} earlier, ${a} or ${b}?`,
      (a, b, g) => `Of ${a} and ${b}, which was ${g} in the earlier year?`,
      (a, b) => `Which of the two is older, ${a} or ${b}?`,
    ]),
    ...which(
      'higher mountain',
      'place',
      plain(mountains, (i) => mountains[i]?.m),
      apart(50),
      true,
      9,
      [
        (a, b) => `Which mountain is higher, ${a} or ${b}?`,
        (a, b) => `Of ${a} and ${b}, which rises to the greater height?`,
      ],
    ),
    ...which(
      'longer river',
      'place',
      rivers.map((r) => ({ title: r.name, name: `the ${r.name}`, value: r.km, group: '' })),
      clearly,
      true,
      9,
      [
        (a, b) => `Which river is longer, ${a} or ${b}?`,
        (a, b) => `Of ${a} and ${b}, which has the longer course?`,
      ],
    ),
    ...which(
      'older university',
      'other',
      plain(universities, (i) => universities[i]?.year),
      apart(3),
      false,
      6,
      [
        (a, b) => `Which university was founded earlier, ${a} or ${b}?`,
        (a, b) => `Which is older, ${a} or ${b}?`,
      ],
    ),
    ...which(
      'atomic number',
      'other',
      plain(elements, (i) => elements[i]?.number),
      apart(1),
      true,
      6,
      [
        (a, b) =>
          `Which element has the higher atomic number, ${a.toLowerCase()} or ${b.toLowerCase()}?`,
        (a, b) =>
          `Of ${a.toLowerCase()} and ${b.toLowerCase()}, which stands later in the periodic table?`,
      ],
    ),
    ...same('same creator', made, 8, [
      (a, b, g) => `Were ${a} and ${b} ${half(g)[0]} by the same ${half(g)[1]}?`,
      (a, b, g) => `Are ${a} and ${b} both the work of one ${half(g)[1]}?`,
      (a, b, g) => `Do ${a} and ${b} have the same ${half(g)[1]}?`,
    ]),
    ...same('same native country', born, 8, [
      (a, b) => `Were ${a} and ${b} born in the same country?`,
      (a, b) => `Do ${a} and ${b} share a country of birth?`,
      (a, b) => `Did ${a} and ${b} come from the same native country?`,
    ]),
    ...same('same museum', held, 5, [
      (a, b) => `Are ${a} and ${b} held by the same museum?`,
      (a, b) => `Can ${a} and ${b} be seen in one and the same museum?`,
    ]),
    ...same(
      'same country',
      cities.map((c) => ({ title: c.name, name: c.name, value: c.country, group: '' })),
      4,
      [
        (a, b) => `Are ${a} and ${b} in the same country?`,
        (a, b) => `Do ${a} and ${b} lie in one country?`,
      ],
    ),
    ...same(
      'same currency',
      plain(countries, (i) => countries[i]?.currency),
      4,
      [
        (a, b) => `Do ${a} and ${b} use the same currency?`,
        (a, b) => `Is the currency of ${a} the same as that of ${b}?`,
      ],
    ),
    ...same('same planet', moons, 3, [
      (a, b) => `Are ${a} and ${b} moons of the same planet?`,
      (a, b) => `Do the moons ${a} and ${b} circle the same planet?`,
    ]),
    ...same('same mouth', flows, 3, [
      (a, b) => `Do ${a} and ${b} flow into the same body of water?`,
      (a, b) => `Is the body of water at the mouth of ${a} the same as at the mouth of ${b}?`,
    ]),
  ];
}
